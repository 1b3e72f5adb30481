"""What tests of the day's count share."""

from collections.abc import Callable

import pytest

from registry.app.parts import Parts
from registry.jobs.reach import DAY_FILE, count_day
from registry.storage.database import RegistrySession


@pytest.fixture
def count_again(parts: Parts, session: RegistrySession) -> Callable[[], None]:
    """Count as the worker does, even twice on one day; what the test did is committed first."""

    def count() -> None:
        session.commit()
        (parts.settings.data_dir / DAY_FILE).unlink(missing_ok=True)
        assert count_day(parts.database, lambda: None)

    return count
