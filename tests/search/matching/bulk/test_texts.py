"""Texts compared many at once are as close as each pair of them compared alone."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.matching.affinity import LONGEST_TEXT, TellingWords, affinity, read_words
from search.matching.bulk.steps import STEPS
from search.matching.bulk.texts import NO_TEXT, TextBook

TERMS = st.sampled_from([f"t{number}" for number in range(8)])
WORDS = st.dictionaries(
    st.lists(TERMS, min_size=1, max_size=3, unique=True).map(tuple), st.integers(1, 7), max_size=8
)
TRADE = [
    "rent office offices camera cameras lawyer",
    "арэнда арэнду офіса юрыст псіхолаг мікрафон",
    "аренда офиса юрист психолог микрофоны",
    "wynajem biura biuro prawnik psycholog",
    "biuro nuoma teisininkas mikrofonas",
    "e-mail e-mails 10 000 support",
]
SENTENCES = st.lists(st.sampled_from(" ".join(TRADE).split()), max_size=14).map(" ".join)


def telling(letters):
    terms = frozenset(term for word in letters for term in word)
    return TellingWords(letters, terms) if letters else None


TEXTS = st.lists(WORDS.map(telling) | SENTENCES.map(read_words), min_size=1, max_size=6)


def book_of(needs, offers):
    book = TextBook()
    for position, words in enumerate(needs):
        book.needs.put(position, words)
    for position, words in enumerate(offers):
        book.offers.put(position, words)
    return book


def compared(book, needs, offers):
    return book.compare(np.arange(len(needs)), np.arange(len(offers))).tolist()


def one_by_one(needs, offers):
    return [[in_steps(affinity(need, offer)) for offer in offers] for need in needs]


def in_steps(found):
    return NO_TEXT if found is None else round(found * STEPS)


@given(TEXTS, TEXTS)
def test_all_pairs_at_once_are_as_close_as_each_alone(needs, offers):
    assert compared(book_of(needs, offers), needs, offers) == one_by_one(needs, offers)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 4), WORDS.map(telling)), max_size=40))
def test_a_text_can_be_replaced_and_removed_any_number_of_times(changes):
    held = {True: [None] * 5, False: [None] * 5}
    book = TextBook()
    for is_need, position, words in changes:
        held[is_need][position] = words
        (book.needs if is_need else book.offers).put(position, words)
    assert compared(book, *held.values()) == one_by_one(*held.values())


@given(TEXTS, TEXTS, st.integers(1, 8))
def test_the_closest_offers_are_those_of_a_sorted_list(needs, offers, k):
    book = book_of(needs, offers)
    places, values = book.closest_offers(np.arange(len(needs)), np.arange(len(offers)), k)
    for row, need in enumerate(needs):
        found = [(-in_steps(affinity(need, each)), place) for place, each in enumerate(offers)]
        best = sorted(each for each in found if each[0] < 0)[:k]
        filled = [(place, -value) for value, place in best] + [(-1, NO_TEXT)] * (k - len(best))
        assert list(zip(places[row], values[row], strict=True)) == filled


def test_many_needs_are_compared_in_several_goes(monkeypatch):
    monkeypatch.setattr("search.matching.bulk.texts._NEEDS_AT_ONCE", 2)
    needs = [telling({("a",): letters}) for letters in range(1, 6)]
    book = book_of(needs, [telling({("a",): 7}), telling({("b",): 7})])
    places, values = book.closest_offers(np.arange(5), np.arange(2), 2)
    assert places.tolist() == [[0, -1]] * 5
    assert values.tolist() == [[each[0], NO_TEXT] for each in one_by_one(needs, [needs[4]])]
    assert (places.dtype, values.dtype) == (np.int64, np.int16)


def test_nobody_is_close_to_nothing():
    book = TextBook()
    none = np.arange(0)
    assert book.closest_offers(none, none, 3)[0].shape == (0, 3)
    assert book.compare(none, np.arange(2)).shape == (0, 2)
    assert book.compare(np.arange(2), np.arange(2)).tolist() == [[NO_TEXT] * 2] * 2


def test_the_longest_text_can_be_compared():
    longest = " ".join(f"w{number:05d}x" for number in range(LONGEST_TEXT // 8))
    words = read_words(longest, "en")
    assert compared(book_of([words], [words]), [1], [1]) == one_by_one([words], [words])


def test_what_is_replaced_for_ever_takes_no_more_room():
    book = TextBook()
    for number in range(3000):
        book.needs.put(0, telling({(f"t{number}", f"u{number}"): 5, ("rent",): 4}))
    side = book.needs
    assert len(side._words) <= 4
    assert len(side._terms) <= 6
    assert len(side._words_of_texts._pool) <= 2048
