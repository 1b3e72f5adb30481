"""One line in, one line out; and an explanation that leaves nothing unsaid."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.codes import PAGE_LANGUAGES
from search.eligibility.award import Bound
from search.eligibility.catalogue import load_rules
from search.eligibility.engine import Settings, Waiver
from search.eligibility.pair import Pair
from search.eligibility.reading import read_line
from search.matching.explanation import explain, explain_amount
from search.matching.judge import judge_line
from search.matching.pairing import Pairing, examine
from search.matching.score import ProposedAmount, load_parts
from search.money import Money
from tests.search.eligibility import pairs, records
from tests.search.eligibility.records import euros

OPEN = {"donor_vetting": "verified", "publicity_required": "none"}
LANGUAGES = st.sampled_from(PAGE_LANGUAGES)
EXPLAINED = {
    "outcome",
    "score",
    "confidence",
    "weights_version",
    "proposed",
    "rules",
    "parts",
}
EXPLAINED_RULE = {
    "rule",
    "label",
    "protects",
    "outcome",
    "waived",
    "sentence",
    "change",
    "question",
    "asks",
}


def labels(list_name, code, language):
    return f"<{list_name} {code} {language}>"


def judged(line, language="en", affinity=None):
    return judge_line(line, Settings(), language, labels, affinity)


def test_a_line_is_judged_by_every_rule_and_scored():
    found = judged(records.line(offer=OPEN))
    assert found["outcome"] == "eligible"
    assert [each["rule"] for each in found["verdicts"]] == list(load_rules())
    assert {"rule", "outcome", "sentence"} == set(found["verdicts"][0])
    assert {each["outcome"] for each in found["verdicts"]} == {"met"}
    assert set(found["parts"]) == set(load_parts())
    assert set(found) == {"outcome", "verdicts", "score", "confidence", "parts"}
    assert 0 <= found["score"] <= 1
    json.dumps(found)


@given(pairs.lines(), LANGUAGES)
def test_any_line_is_answered_in_whole_sentences(line, language):
    found = judged(line, language)
    for each in (*found["verdicts"], *found["parts"].values()):
        assert each["sentence"].endswith(".")
        assert "{" not in each["sentence"]
    json.dumps(found)


def test_what_cannot_be_judged_is_refused_field_by_field():
    line = records.line(need={"country": "Minsk"}, offer={"budget": None})
    error = judged(line)["error"]
    assert error["code"] == "facts_refused"
    assert all(set(each) == {"code", "field", "message"} for each in error["fields"])
    assert error["message"] == (
        "The line cannot be judged. Mend these fields and try again: need.country, offer.budget."
    )
    assert [(each["code"], each["field"]) for each in error["fields"]] == [
        ("unknown_code", "need.country"),
        ("missing", "offer.budget"),
    ]


@pytest.mark.parametrize("line", [None, 7, [], "x", {}, {"need": []}])
def test_a_line_of_anything_else_is_refused(line):
    assert set(judged(line)) == {"error"}


def test_texts_are_compared_where_both_sides_have_one():
    heard = []

    def affinity(need, offer):
        heard.append((need, offer))
        return 1.0

    texts = records.line(
        need={"title": "Rent", "summary": "For the office."}, offer={"summary": "We pay rents."}
    )
    assert judged(texts, affinity=affinity)["parts"]["text_affinity"]["value"] == 1
    assert heard == [("Rent\nFor the office.", "We pay rents.")]
    alone = records.line(need={"title": "Rent"})
    assert judged(alone, affinity=affinity)["parts"]["text_affinity"]["value"] == 0.5
    assert judged(texts)["parts"]["text_affinity"]["value"] == 0.5
    assert len(heard) == 1


def test_settings_change_the_answer():
    line = records.line(offer=OPEN)
    home = Settings(home_countries=frozenset({"LT"}))
    assert judge_line(line, home, "en", labels)["outcome"] == "needs_information"


def explained(language="en", waivers=(), **parts):
    pair = Pair(*read_line(records.line(**parts)))
    return explain(examine(pair, 0.4, waivers=waivers), language, labels)


def test_an_explanation_says_everything():
    said = explained(offer={"status": "paused", "publicity_required": "none"})
    assert said["outcome"] == "not_eligible"
    assert [each["rule"] for each in said["rules"]] == list(load_rules())
    assert [each["part"] for each in said["parts"]] == list(load_parts())
    assert sum(each["weight"] for each in said["parts"]) == pytest.approx(1)
    assert said["proposed"]["sentence"].startswith("Proposed: €1,000, ")
    json.dumps(said)


def test_an_explanation_has_the_same_keys_for_every_pair():
    pairing = examine(Pair(*read_line(records.line())), 0.4)
    said = explain(pairing, "be", labels)
    assert set(said) == EXPLAINED
    assert (said["score"], said["confidence"]) == (pairing.score.value, pairing.score.confidence)
    for each, verdict in zip(said["rules"], pairing.assessment.verdicts, strict=True):
        assert set(each) == EXPLAINED_RULE
        assert each["outcome"] == str(verdict.outcome)
        assert each["label"] == load_rules()[verdict.rule].label.be
        assert (each["asks"] is None) is (each["question"] is None)
    for each, (code, measured) in zip(said["parts"], pairing.score.parts.items(), strict=True):
        assert set(each) == {"part", "label", "value", "known", "sentence", "weight"}
        assert each["label"] == load_parts()[code].label.be
        assert each["known"] is measured.known


@given(pairs.mixed_lines(), LANGUAGES)
def test_any_pair_is_explained_in_whole_sentences(line, language):
    said = explain(examine(Pair(*read_line(line))), language, labels)
    proposed = [said["proposed"]["sentence"]] if said["proposed"] else []
    told = [each[name] for each in said["rules"] for name in ("sentence", "change") if each[name]]
    for sentence in (*told, *proposed):
        assert sentence.endswith((".", "?"))
        assert "{" not in sentence


def test_an_open_rule_says_what_to_ask_and_whom():
    [open_rule] = [each for each in explained()["rules"] if each["rule"] == "publicity_compatible"]
    assert open_rule["asks"] == "donor"
    assert open_rule["question"] == "What do you publish about those whom you help?"
    assert open_rule["change"] is None
    assert open_rule["protects"] == "organisation"


def test_a_waived_rule_is_said_to_be_waived():
    paused = {**OPEN, "status": "paused"}
    said = explained(waivers=[Waiver("offer_open")], offer=paused)
    assert said["outcome"] == "eligible"
    [waived] = [each for each in said["rules"] if each["waived"]]
    assert waived["rule"] == "offer_open"


def test_without_an_ask_nothing_is_proposed():
    need = {"amount_requested": None, "asks_for": ["money"]}
    assert explained(need=need)["proposed"] is None


def test_a_pairing_of_other_weights_shows_no_weight():
    pairing = examine(Pair(*read_line(records.line())))
    old = Pairing.from_record({**pairing.to_record(), "weights_version": "long ago"})
    said = explain(old, "en", labels)
    assert {each["weight"] for each in said["parts"]} == {None}
    assert said["weights_version"] == "long ago"


@pytest.mark.parametrize("bound", Bound)
@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_every_bound_has_its_reason(bound, language):
    proposed = ProposedAmount(Money.of("600.00", "EUR"), bound)
    said = explain_amount(proposed, language, labels)
    assert said["bound"] == bound
    assert said["amount"] == euros("600.00")
    assert "600" in said["sentence"]
    assert said["sentence"].endswith(".")
