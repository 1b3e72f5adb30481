"""Migrations: in step with the models, there and back again with data in the tables."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from registry.storage.database import make_engine
from registry.storage.migrate import MIGRATIONS, is_migrated, migrate
from registry.storage.tables import metadata
from tests.factories import NeedFactory, OfferFactory


@pytest.mark.check
def test_models_and_migrations_are_in_step(parts):
    with parts.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, metadata) == []


def test_a_new_database_is_not_migrated_until_it_is(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'new.db'}")
    assert not is_migrated(engine)
    migrate(engine)
    assert is_migrated(engine)
    migrate(engine)
    engine.dispose()


def test_it_goes_down_and_up_again_with_data(session, parts):
    NeedFactory.create()
    OfferFactory.create()
    session.close()
    engine = parts.database.engine.execution_options(writes=True)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")

    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM need")).scalar_one() == 1
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    assert not is_migrated(engine)

    migrate(engine)
    assert is_migrated(engine)
    assert set(inspect(engine).get_table_names()) == {"alembic_version", *metadata.tables}
