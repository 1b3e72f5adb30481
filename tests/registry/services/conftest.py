"""A proposed match and its people, for the services about matches, questions and trust."""

import pytest

from registry.storage.database import RegistrySession
from tests.factories.matches import Pair, make_pair


@pytest.fixture
def pair(session: RegistrySession) -> Pair:
    return make_pair()
