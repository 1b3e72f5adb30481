import pytest

from search.index.memory import memory_index
from tests.search.index.contract import KEY, SearchIndexContract


class TestMemoryIndex(SearchIndexContract):
    @pytest.fixture
    def index(self):
        return memory_index(KEY)
