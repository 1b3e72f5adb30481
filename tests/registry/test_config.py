"""Settings as they are printed: what could open the database is not among it."""

from registry.config import Settings


def test_printed_settings_hold_no_password_of_the_database(tmp_path):
    settings = Settings.from_env(
        {
            "REGISTRY_DATA_DIR": str(tmp_path),
            "REGISTRY_DATABASE_URL": "postgresql://registry:open-sesame@db.example/registry",
        }
    )
    assert "open-sesame" in settings.database_url
    assert "open-sesame" not in f"{settings} {settings!r}"
