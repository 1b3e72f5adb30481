"""The command line as a test uses it: inside this process, over the data folder of the test."""

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from registry.cli import main
from registry.config import Settings


@pytest.fixture
def run_command(settings: Settings) -> Callable[..., Result]:
    """Run a command with the settings of this test; `environment` adds to them."""

    def run(*arguments: str, environment: dict[str, str] | None = None, **options: Any) -> Result:
        names = {
            "REGISTRY_DATA_DIR": str(settings.data_dir),
            "REGISTRY_MASTER_KEY_FILE": str(settings.master_key_file),
            "REGISTRY_KEY_STORE_FILE": None,
            "REGISTRY_DATABASE_URL": None,
            "REGISTRY_HOME_COUNTRIES": None,
        }
        return CliRunner().invoke(main, arguments, env=names | (environment or {}), **options)

    return run
