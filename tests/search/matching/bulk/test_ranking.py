"""All pairs at once get the outcome, the score, the confidence and the order of each alone."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.codes import Measure, PairOutcome
from search.eligibility.bulk.tables import MET, OPEN, Day
from search.eligibility.catalogue import optional_rules
from search.eligibility.pair import Pair, Settings
from search.eligibility.reading import read_line
from search.eligibility.rule import facts
from search.eligibility.words import Words
from search.matching.affinity import affinity, read_words
from search.matching.bulk.book import Book
from search.matching.bulk.candidates import Answering, Candidates
from search.matching.bulk.ranking import Ranking
from search.matching.bulk.scoring import measure_all
from search.matching.bulk.steps import STEPS
from search.matching.pairing import examine
from search.matching.part import KNOWN, Measured, Part, Prospect, not_known
from search.matching.proposals import Proposal, rank
from search.matching.score import load_parts
from search.matching.weights import load_weights
from search.money import Money, Rate
from tests.search.matching.bulk.registries import ON, Chance
from tests.search.matching.changes.nearly import NEED, OFFER, ORGANISATION

HOME = Settings(home_countries=frozenset({"BY"}))
OF_A_PROGRAMME = replace(
    load_weights(),
    version="trial",
    of_parts={code: place * 1.5 for place, code in enumerate(load_parts())},
    channel_safety=dict.fromkeys(load_weights().channel_safety, 0.3),
)
SEEDS = st.integers(0, 2**32)


class Both:
    """The same needs and offers in a book and in plain dictionaries."""

    def __init__(self, seed=0, needs=0, offers=0):
        self.chance, self.book = Chance(seed), Book(HOME)
        self.needs, self.offers, self.named = {}, {}, 0
        for _ in range(needs):
            self.add_need()
        for _ in range(offers):
            self.add_offer()

    def name(self):
        self.named += 1
        return f"{self.chance.random.randint(0, 999)}-{self.named}"

    def add_need(self, name=None, *facts):
        name, (need, organisation, words) = name or self.name(), facts or self.draw_need()
        place = self.book.add_need(name, need, organisation, words)
        self.needs[place] = (name, need, organisation, words)
        return place

    def add_offer(self, name=None, *facts):
        name, (offer, words, terms) = name or self.name(), facts or self.draw_offer()
        place = self.book.add_offer(name, offer, words, **terms)
        self.offers[place] = (name, offer, words, terms)
        return place

    def draw_need(self):
        return self.chance.need(), self.chance.organisation(), self.draw_words()

    def draw_offer(self):
        terms = {
            "weights": self.chance.one((None, None, OF_A_PROGRAMME)),
            "left_out": frozenset(self.chance.mostly_none(sorted(optional_rules()))),
        }
        return self.chance.offer(), self.draw_words(), terms

    def draw_words(self):
        text = self.chance.text()
        return read_words(text) if text else None

    def one_by_one(self, needs, offers):
        """Return the pairs of these places as the engine of one pair ranks them."""
        ranked = rank(self._examine(need, offer) for need in needs for offer in offers)
        return [
            (each.need_id, each.offer_id, each.pairing.outcome, score.value, score.confidence)
            for each in ranked
            for score in [each.pairing.score]
        ]

    def _examine(self, need, offer):
        name, facts, organisation, words = self.needs[need]
        offer_name, given_facts, offered, terms = self.offers[offer]
        pair = Pair(facts, organisation, given_facts, ON, HOME)
        return Proposal(name, offer_name, examine(pair, affinity(words, offered), **terms))

    def plain(self, ranked):
        """Return ranked pairs as (need, offer, outcome, score, confidence)."""
        columns = (ranked.needs, ranked.offers, ranked.outcomes, ranked.scores, ranked.confidences)
        rows = zip(*(column.ravel().tolist() for column in columns), strict=True)
        return [
            (
                self.book.need_ids[need],
                self.book.offer_ids[offer],
                PairOutcome.NEEDS_INFORMATION if outcome == OPEN else PairOutcome.ELIGIBLE,
                score / STEPS,
                confidence / STEPS,
            )
            for need, offer, outcome, score, confidence in rows
            if need >= 0
        ]

    def check(self, ranking):
        for offer in self.offers:
            assert self.plain(ranking.rank_needs(offer)) == self.one_by_one(self.needs, [offer])
        for need in self.needs:
            assert self.plain(ranking.rank_offers(need)) == self.one_by_one([need], self.offers)


def fitting():
    """Return an empty registry, and a need and an offer that can be added and fit each other."""
    for seed in range(100):
        both = Both(seed)
        need, offer = both.draw_need(), both.draw_offer()
        pair = Pair(*need[:2], offer[0], ON, HOME)
        if examine(pair).outcome is not PairOutcome.NOT_ELIGIBLE:
            return both, need, offer
    raise AssertionError("No random pair fits; see registries.py.")


@given(SEEDS)
@settings(max_examples=40)
def test_every_pair_has_the_outcome_score_confidence_and_rank_that_it_has_alone(seed):
    both = Both(seed, needs=8, offers=8)
    both.check(Ranking(both.book, ON))


@pytest.mark.slow
@given(SEEDS)
@settings(max_examples=1000)
def test_very_many_pairs_have_what_they_have_alone(seed):
    both = Both(seed, needs=8, offers=8)
    both.check(Ranking(both.book, ON))


@given(SEEDS, st.integers(1, 6))
@settings(max_examples=25)
def test_the_best_of_all_pairs_are_the_best_of_every_need(seed, k):
    both = Both(seed, needs=7, offers=5)
    ranking = Ranking(both.book, ON)
    best = [both.one_by_one([need], both.offers)[:k] for need in sorted(both.needs)]
    ranked = ranking.rank_all(k)
    assert both.plain(ranked) == [each for row in best for each in row]
    assert ranked.scores.shape == (7, k)
    assert (ranked.outcomes.dtype, ranked.scores.dtype) == (np.int8, np.int64)


def test_registries_of_these_tests_hold_pairs_of_every_kind():
    both = Both(1, needs=60, offers=60)
    found = both.one_by_one(both.needs, both.offers)
    outcomes = [outcome for _, _, outcome, _, _ in found]
    assert outcomes.count(PairOutcome.ELIGIBLE) > 40
    assert outcomes.count(PairOutcome.NEEDS_INFORMATION) > 300


@given(SEEDS)
@settings(max_examples=25)
def test_a_book_that_changed_ranks_like_one_that_was_always_so(seed):
    both = Both(seed, needs=5, offers=5)
    ranking, chance = Ranking(both.book, ON), both.chance
    both.check(ranking)
    for place in chance.some(both.needs):
        if chance.random.random() < 0.5:
            need, organisation, words = both.draw_need()
            both.book.replace_need(place, need, organisation, words)
            both.needs[place] = (both.needs[place][0], need, organisation, words)
        else:
            both.book.remove_need(place)
            del both.needs[place]
    for place in chance.some(both.offers):
        if chance.random.random() < 0.5:
            offer, words, terms = both.draw_offer()
            both.book.replace_offer(place, offer, words, **terms)
            both.offers[place] = (both.offers[place][0], offer, words, terms)
        else:
            both.book.remove_offer(place)
            del both.offers[place]
    both.add_need()
    both.add_offer()
    both.check(ranking)


def test_equal_pairs_are_ordered_by_identifier_not_by_place():
    both, need, offer = fitting()
    names = ["c", "a", "d", "b"]
    for name in names:
        both.add_need(name, *need)
        both.add_offer(name, *offer)
    ranking = Ranking(both.book, ON)
    ordered = sorted(names)
    assert [each[0] for each in both.plain(ranking.rank_needs(0))] == ordered
    assert [each[1] for each in both.plain(ranking.rank_offers(0))] == ordered
    assert [each[0] for each in both.plain(ranking.rank_needs(0, k=2))] == ordered[:2]
    assert [each[1] for each in both.plain(ranking.rank_all(2))] == ordered[:2] * 4


def test_texts_rank_and_never_decide():
    both, mute = Both(5, needs=12, offers=6), Book(HOME)
    for _, need, organisation, _ in both.needs.values():
        mute.add_need("n", need, organisation)
    for _, offer, _, terms in both.offers.values():
        mute.add_offer("f", offer, **terms)
    with_text, without = Ranking(both.book, ON), Ranking(mute, ON)
    scores = {True: [], False: []}
    for offer in both.offers:
        told, untold = with_text.rank_needs(offer), without.rank_needs(offer)
        assert outcomes_by_need(told) == outcomes_by_need(untold)
        scores[True] += told.scores.tolist()
        scores[False] += untold.scores.tolist()
    assert sorted(scores[True]) != sorted(scores[False])


def outcomes_by_need(ranked):
    return dict(zip(ranked.needs.tolist(), ranked.outcomes.tolist(), strict=True))


def test_weights_handed_in_count_where_an_offer_has_none_of_its_own():
    both, need, (offer, words, _) = fitting()
    both.add_need("N", *need)
    plain = both.add_offer("F", offer, words, {"weights": None})
    own = both.add_offer("G", offer, words, {"weights": OF_A_PROGRAMME})
    ranking = Ranking(both.book, ON, weights=OF_A_PROGRAMME)
    assert ranking.rank_needs(plain).scores.tolist() == ranking.rank_needs(own).scores.tolist()
    of_the_house = Ranking(both.book, ON)
    assert of_the_house.rank_needs(plain).scores.tolist() != (
        of_the_house.rank_needs(own).scores.tolist()
    )


def test_more_offers_are_ranked_than_there_is_room_for_at_first():
    both, need, (offer, words, _) = fitting()
    both.add_need("N", *need)
    for number in range(66):
        own = OF_A_PROGRAMME if number == 64 else None
        both.add_offer(f"{number:02}", offer, words, {"weights": own})
    ranked = both.plain(Ranking(both.book, ON).rank_offers(0))
    assert {each[1] for each in ranked} == {f"{number:02}" for number in range(66)}
    assert len({each[3] for each in ranked if each[1] != "64"}) == 1


def test_rates_handed_in_are_those_that_amounts_are_compared_at():
    in_roubles = {"amount_requested": {"amount": "3500.00", "currency": "BYN"}}
    plain = {**NEED, **in_roubles, "category": "security.digital"}
    record = {name: plain[name] for name in plain if name not in ("minimum_useful", "breakdown")}
    need, organisation, offer, on = read_line(
        {"need": record, "organisation": ORGANISATION, "offer": OFFER, "on": "2026-05-04"}
    )
    book, rate = Book(HOME), Rate("BYN", on, Decimal("3.5"), "a bank")
    book.add_need("N", need, organisation)
    book.add_offer("F", offer)
    with_rate = Ranking(book, on, replace(HOME, entered_rates=(rate,)))
    assert Ranking(book, on).rank_offers(0).outcomes.tolist() == [OPEN]
    assert with_rate.rank_offers(0).outcomes.tolist() == [MET]


def test_amounts_that_are_too_large_for_a_column_are_measured_one_by_one():
    both, (need, organisation, words), (offer, offered, terms) = fitting()
    asks = replace(
        need,
        category="security.digital",
        amount_requested=Money(10**16 + 2, "EUR"),
        asks_for=(Measure.MONEY,),
        minimum_useful=None,
        funded_amount=None,
        breakdown={},
        quantity=None,
    )
    gives = replace(
        offer,
        budget=Money(3 * 10**15 + 1, "EUR"),
        budget_left=None,
        min_award=None,
        max_award=None,
        max_months=None,
        categories=(),
        excluded_categories=(),
        category_caps={},
    )
    both.add_need("N", asks, organisation, words)
    both.add_offer("F", gives, offered, terms)
    both.check(Ranking(both.book, ON))
    assert both.one_by_one([0], [0])


def test_all_needs_are_ranked_in_several_goes(monkeypatch):
    both = Both(11, needs=10, offers=4)
    at_once = Ranking(both.book, ON).rank_all(3)
    monkeypatch.setattr("search.matching.bulk.ranking.NEEDS_AT_ONCE", 3)
    in_goes = Ranking(both.book, ON).rank_all(3)
    for name in ("needs", "offers", "outcomes", "scores", "confidences"):
        assert np.array_equal(getattr(at_once, name), getattr(in_goes, name))


def test_nothing_is_ranked_where_nothing_stands():
    both = Both()
    ranking = Ranking(both.book, ON)
    assert ranking.rank_all(4).needs.shape == (0, 4)
    offer = both.add_offer()
    assert ranking.rank_all(4).needs.shape == (0, 4)
    assert len(ranking.rank_needs(offer).needs) == 0
    both.book.remove_offer(offer)
    need = both.add_need()
    assert len(ranking.rank_offers(need).needs) == 0
    assert ranking.rank_all(4).needs.tolist() == [[-1] * 4]
    with pytest.raises(KeyError):
        ranking.rank_needs(offer)
    with pytest.raises(KeyError):
        ranking.rank_offers(need + 1)


def test_more_answers_than_are_kept_are_found_anew(monkeypatch):
    monkeypatch.setattr("search.matching.bulk.answers.MOST_KEPT", 0)
    both = Both(13, needs=6, offers=6)
    both.check(Ranking(both.book, ON))


def test_a_new_part_is_measured_for_many_by_its_own_file_alone():
    part = Part(
        code="brevity",
        label=Words(en="Brevity", be="Сцісласць", ru="Краткость"),
        measure=lambda prospect: (
            not_known()
            if prospect.pair.need.months_covered is None
            else Measured(1 / (1 + prospect.pair.need.months_covered), "months")
        ),
        sentences={},
        reads=facts("need.months_covered offer.max_months"),
    )
    both = Both(17, needs=20, offers=3)
    weights, answering = load_weights(), Answering(both.book, Day(ON, HOME))
    needs, offers = np.repeat(list(both.needs), 3), np.tile(list(both.offers), 20)
    many = Candidates(answering, weights, needs, offers, np.zeros(60, np.int16))
    values, kinds = measure_all(answering, part, many, weights)
    for entry, (need, offer) in enumerate(zip(needs.tolist(), offers.tolist(), strict=True)):
        pair = Pair(*both.needs[need][1:3], both.offers[offer][1], ON, HOME)
        alone = part.measure(Prospect.of_facts(pair, weights))
        assert values[entry] / STEPS == alone.value
        assert bool(kinds[entry] == KNOWN) is alone.known
