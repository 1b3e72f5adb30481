import pytest

from search.index.memory import memory_index
from tests.search.index.contract import SearchIndexContract
from tests.search.index.documents import KEY


class TestMemoryIndex(SearchIndexContract):
    @pytest.fixture
    def index(self):
        return memory_index(KEY)
