"""Proposals are ranked the same way every time, and nothing that a rule refuses is proposed."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from search.codes import PairOutcome
from search.eligibility.award import Bound
from search.eligibility.engine import Settings, Waiver
from search.eligibility.pair import Pair
from search.eligibility.reading import read_line, read_need, read_offer, read_organisation
from search.matching.pairing import Pairing, examine
from search.matching.proposals import NeedEntry, OfferEntry, propose_needs, propose_offers
from search.matching.score import score_pair
from search.matching.weights import Weights, load_weights
from search.money import Money, Rate
from tests.search.eligibility import pairs, records
from tests.search.eligibility.records import euros

ON = date(2026, 5, 4)
OPEN = {"donor_vetting": "verified", "publicity_required": "none"}


def need_entry(name, affinity=None, **changes):
    need = read_need(records.need(**changes))
    return NeedEntry(name, need, read_organisation(records.organisation()), affinity)


def offer_entry(name, affinity=None, waivers=(), **changes):
    return OfferEntry(name, read_offer(records.offer(**{**OPEN, **changes})), affinity, waivers)


def offered(need, *offers, **settings):
    return [each.offer_id for each in propose_offers(need, offers, ON, **settings)]


def test_eligible_offers_come_before_open_ones_whatever_their_score():
    best = offer_entry("open", 1.0, donor_vetting=None, flexibility="unrestricted")
    worst = offer_entry("eligible", 0.0, flexibility="project")
    assert offered(need_entry("N"), best, worst) == ["eligible", "open"]


def test_refused_offers_are_not_proposed():
    assert offered(need_entry("N"), offer_entry("closed", status="closed")) == []


def test_better_offers_come_first_and_equal_ones_by_their_name():
    offers = [
        offer_entry("b"),
        offer_entry("c"),
        offer_entry("a"),
        offer_entry("z", flexibility="unrestricted"),
    ]
    assert offered(need_entry("N"), *offers) == ["z", "a", "b", "c"]
    assert offered(need_entry("N"), *reversed(offers)) == ["z", "a", "b", "c"]


def test_equal_needs_are_ordered_by_their_name():
    needs = [need_entry(name) for name in ("b", "c", "a")]
    for entries in (needs, needs[::-1]):
        proposals = propose_needs(offer_entry("F"), entries, ON)
        assert [each.need_id for each in proposals] == ["a", "b", "c"]


AFFINITIES = st.none() | st.floats(0, 1)


@given(pairs.lines(), AFFINITIES, AFFINITIES)
def test_texts_rank_and_never_decide(line, one, other):
    pair = Pair(*read_line(line))
    told, otherwise = examine(pair, one), examine(pair, other)
    assert told.assessment == otherwise.assessment
    assert told.score.proposed == otherwise.score.proposed
    for code, part in told.score.parts.items():
        assert code == "text_affinity" or part == otherwise.score.parts[code]


def test_needs_are_ranked_for_an_offer():
    needs = [
        need_entry("calm", urgency_confirmed="routine"),
        need_entry("pressing", urgency_confirmed="emergency"),
        need_entry("elsewhere", country="GE"),
        need_entry("akin", affinity=0.9, urgency_confirmed="routine"),
    ]
    proposals = propose_needs(offer_entry("F", countries=["LT"]), needs, ON)
    assert [each.need_id for each in proposals] == ["pressing", "akin", "calm"]
    assert {each.offer_id for each in proposals} == {"F"}


def test_a_waived_pair_is_proposed():
    waived = offer_entry("F", waivers=(Waiver("offer_open"),), status="closed")
    [proposal] = propose_offers(need_entry("N"), [waived], ON)
    assert proposal.pairing.outcome is PairOutcome.ELIGIBLE


def test_settings_reach_the_rules():
    home = Settings(home_countries=frozenset({"LT"}))
    [proposal] = propose_offers(need_entry("N"), [offer_entry("F")], ON, home)
    assert proposal.pairing.outcome is PairOutcome.NEEDS_INFORMATION


def test_settings_day_and_affinity_reach_the_needs_of_an_offer_too():
    home = Settings(home_countries=frozenset({"LT"}))
    entry = offer_entry("F", closes_on=ON.isoformat())
    [proposal] = propose_needs(entry, [need_entry("N", affinity=0.7)], ON, home)
    assert proposal.pairing.outcome is PairOutcome.NEEDS_INFORMATION
    assert proposal.pairing.score.parts["text_affinity"].value == 0.7
    assert propose_needs(entry, [need_entry("N")], ON + timedelta(days=1), home) == []


def test_day_and_affinity_reach_the_offers_of_a_need_too():
    entry = offer_entry("F", affinity=0.7, closes_on=ON.isoformat())
    [proposal] = propose_offers(need_entry("N"), [entry], ON)
    assert proposal.pairing.score.parts["text_affinity"].value == 0.7
    assert propose_offers(need_entry("N"), [entry], ON + timedelta(days=1)) == []


def test_the_same_input_gives_the_same_output():
    offers = [offer_entry(str(number), number / 10) for number in range(10)]
    first = propose_offers(need_entry("N"), offers, ON)
    assert propose_offers(need_entry("N"), offers, ON) == first


def test_the_proposed_amount_names_its_bound():
    pair = Pair(*read_line(records.line(offer={"max_award": euros("600.00")})))
    proposed = examine(pair).score.proposed
    assert (proposed.amount, proposed.bound) == (Money.of("600.00", "EUR"), Bound.MAXIMUM)


def test_weights_and_rules_left_out_are_those_of_the_programme():
    line = records.line(
        need={"target_groups": ["youth"]}, offer={**OPEN, "target_groups": ["media"]}
    )
    pair, trial = Pair(*read_line(line)), replace(load_weights(), version="trial")
    assert examine(pair).outcome is PairOutcome.NOT_ELIGIBLE
    pairing = examine(pair, weights=trial, left_out=frozenset({"target_group_covered"}))
    assert pairing.outcome is PairOutcome.ELIGIBLE
    assert pairing.score.weights_version == "trial"


def test_nothing_is_proposed_below_the_minimum_or_without_an_ask():
    minimum = {"minimum_useful": euros("700.00")}
    little = {"max_award": euros("600.00")}
    for parts in (
        {"need": minimum, "offer": little},
        {"need": {"amount_requested": None, "asks_for": ["money"]}},
        {"offer": {"budget_left": euros("0.00")}},
        {"offer": {"min_award": euros("2000.00")}},
        {"need": {"asks_for": ["hours"]}},
    ):
        assert examine(Pair(*read_line(records.line(**parts)))).score.proposed is None


def test_the_least_that_is_possible_is_proposed():
    cent = {"amount_requested": euros("0.01")}
    for parts in (
        {"need": cent},
        {"need": {"minimum_useful": euros("600.00")}, "offer": {"max_award": euros("600.00")}},
        {"offer": {"min_award": euros("1000.00")}},
    ):
        assert examine(Pair(*read_line(records.line(**parts)))).score.proposed is not None


def test_score_and_confidence_are_separate():
    known = {
        "need": {"urgency_confirmed": "routine", "channels": ["crypto"]},
        "offer": {**OPEN, "reporting_required": "none", "channels": ["crypto"]},
    }
    sure = examine(Pair(*read_line(records.line(**known)))).score
    unsure = examine(Pair(*read_line(records.line()))).score
    assert sure.confidence == 1
    assert unsure.confidence < 1


def test_the_version_of_the_weights_is_kept_and_weights_can_be_others():
    pair = Pair(*read_line(records.line(offer=OPEN)))
    pairing = examine(pair)
    assert pairing.score.weights_version == load_weights().version
    only_text = Weights(
        "trial", {code: float(code == "text_affinity") for code in load_weights().of_parts}, {}
    )
    trial = score_pair(pair, pairing.assessment, 0.8, only_text)
    assert (trial.value, trial.weights_version) == (0.8, "trial")


@given(pairs.lines(), st.none() | st.floats(0, 1))
def test_a_stored_pairing_reads_back_and_replays_the_same(line, affinity):
    pair = Pair(*read_line(line))
    pairing = examine(pair, affinity)
    stored = json.loads(json.dumps(pairing.to_record()))
    assert Pairing.from_record(stored) == pairing
    assert examine(Pair(*read_line(line)), affinity) == pairing


def test_a_stored_pairing_with_an_entered_rate_reads_back():
    rate = Rate("BYN", date(2026, 5, 1), Decimal("3.5"), "a bank's published rate")
    need = {"amount_requested": {"amount": "3500.00", "currency": "BYN"}}
    facts = read_line(records.line(need=need))
    pairing = examine(Pair(*facts, Settings(entered_rates=(rate,))))
    assert pairing.score.proposed.amount == Money.of("1000.00", "EUR")
    assert Pairing.from_record(json.loads(json.dumps(pairing.to_record()))) == pairing
