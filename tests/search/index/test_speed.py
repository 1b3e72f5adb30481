import pytest

from bench.search_index import measure


@pytest.mark.slow
def test_a_search_takes_at_most_a_third_longer_than_raw_whoosh():
    assert measure(documents=2_000)["search_p95_ratio"] <= 1.3
