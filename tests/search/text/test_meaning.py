"""How many needs are found by queries in other languages, through the real index."""

from itertools import permutations

import pytest

from search.index.protocol import Kind, Query
from search.index.whoosh_engine import whoosh_index
from search.text import analysis
from search.text.languages import LANGUAGES
from search.text.vocabulary.concepts import Meant
from tests.search.index.documents import KEY
from tests.search.text.asked_across import FEWEST_NEEDS, read_asked, read_misspelt, read_needs

SHOWN = 10


def filled_index(folder):
    index = whoosh_index(folder, KEY)
    index.rebuild(each.document(number) for number, each in enumerate(read_needs()))
    return index


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return filled_index(tmp_path_factory.mktemp("meaning") / "index")


def missed(index, asked):
    """The queries whose need is not among the first hits; their language is not told."""
    numbers = {each.title: number for number, each in enumerate(reversed(read_needs()))}
    last = len(read_needs()) - 1

    def is_found(each):
        page = index.search(Query(Kind.NEED, each.query, limit=SHOWN))
        return last - numbers[each.title] in [int(hit.id, 16) for hit in page.hits]

    return [each for each in asked if not is_found(each)]


def recall(index, asked):
    return 1 - len(missed(index, asked)) / len(asked)


def show(line):
    print(line)  # noqa: T201 - pytest -s shows what was reached, not only that it sufficed


def tuned_on():
    return [each for each in read_asked() if not each.held_out]


def held_out():
    return [each for each in read_asked() if each.held_out]


def test_the_set_is_large_and_asks_from_every_language_for_every_other():
    pairs = {(each.language, each.written_in) for each in read_asked()}
    assert pairs == set(permutations(LANGUAGES, 2))
    assert len(read_asked()) >= 120
    assert len(held_out()) >= 40
    assert len(read_needs()) >= FEWEST_NEEDS


@pytest.mark.parametrize("asked", [tuned_on, held_out])
def test_a_query_in_another_language_finds_its_need(index, asked):
    found = recall(index, asked())
    show(f"recall@{SHOWN} {asked.__name__}: {found:.3f} of {len(asked())}")
    assert found >= 0.9, [(each.query, each.title) for each in missed(index, asked())]


def test_without_concepts_hardly_any_is_found(tmp_path, monkeypatch):
    monkeypatch.setattr(analysis, "find_concepts", lambda tokens, language: Meant())
    found = recall(filled_index(tmp_path / "index"), read_asked())
    show(f"recall@{SHOWN} of words alone: {found:.3f}")
    assert found <= 0.3


def test_slips_and_acronyms_find_their_need(index):
    found = recall(index, read_misspelt())
    show(f"recall@{SHOWN} of slips and acronyms: {found:.3f} of {len(read_misspelt())}")
    assert found >= 0.9, [(each.query, each.title) for each in missed(index, read_misspelt())]
