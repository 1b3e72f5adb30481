import pytest

from search.index.whoosh_engine import whoosh_index
from tests.search.index.contract import KEY, SearchIndexContract


class TestWhooshIndex(SearchIndexContract):
    @pytest.fixture
    def index(self, tmp_path):
        index = whoosh_index(tmp_path / "index", KEY)
        index.clear()
        return index
