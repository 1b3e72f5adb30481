"""What is asked of two keys is asked once, however the sides grow."""

from collections import Counter

import numpy as np

from search.eligibility.bulk.columns import KeyColumn
from search.matching.bulk.answers import AnswerTable


class Asked:
    """A table whose answer is the product of two bearers, and how often it was asked."""

    def __init__(self):
        self.asking, self.giving = (KeyColumn(lambda place: place % 50) for _ in range(2))
        self.count = Counter()
        self.table = AnswerTable(self.asking, self.giving, self.answer)

    def answer(self, need, offer):
        self.count[need, offer] += 1
        return need * offer

    def grow(self, needs, offers):
        for place in range(needs):
            self.asking.put(place, place % 50)
        for place in range(offers):
            self.giving.put(place, place % 50)

    def check(self, needs, offers):
        pairs = [(need, offer) for need in range(needs) for offer in range(offers)]
        found = self.table.read(*np.array(pairs).T)
        assert found.tolist() == [(need % 50) * (offer % 50) for need, offer in pairs]


def test_answers_are_kept_while_both_sides_grow():
    asked = Asked()
    for needs, offers in ((2, 2), (2, 9), (30, 9), (45, 70), (120, 80)):
        asked.grow(needs, offers)
        asked.check(needs, offers)
    assert set(asked.count.values()) == {1}
    assert len(asked.count) == 50 * 50


def test_only_what_occurs_is_asked():
    asked = Asked()
    asked.grow(20, 20)
    asked.table.read(np.array([3, 3, 4]), np.array([5, 5, 6]))
    assert asked.count == {(3, 5): 1, (4, 6): 1}
