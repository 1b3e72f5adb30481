"""`registry match run` and `explain` over a database."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result

from registry.storage.database import RegistrySession
from search.codes import PAGE_LANGUAGES
from search.eligibility.catalogue import load_rules
from search.matching.score import load_parts
from tests.factories import NeedFactory, OfferFactory

Run = Callable[..., Result]


@pytest.fixture
def pairs(session: RegistrySession) -> None:
    NeedFactory.create(external_id="need-rent", serves=["BY"])
    NeedFactory.create(external_id="need-sun", category="advocacy.domestic")
    OfferFactory.create(external_id="offer-rent", categories=["fixed_costs"])
    OfferFactory.create(external_id="offer-far", countries=["GE"])


def counts(result: Result) -> dict[str, int]:
    assert result.exit_code == 0, result.output
    answer: dict[str, int] = json.loads(result.stdout)
    return answer


def test_a_run_proposes_what_fits_and_a_second_one_nothing(run_command: Run, pairs: None) -> None:
    assert counts(run_command("match", "run", "--json"))["proposed"] == 1
    assert set(counts(run_command("match", "run", "--json")).values()) == {0}


@pytest.mark.parametrize(
    ("options", "proposed"),
    [
        (("--need", "need-rent"), 1),
        (("--need", "need-sun"), 0),
        (("--offer", "offer-rent"), 1),
        (("--offer", "offer-far"), 0),
        (("--need", "need-rent", "--offer", "offer-far"), 0),
    ],
)
def test_a_run_can_be_of_one_need_or_offer(
    run_command: Run, pairs: None, options: tuple[str, ...], proposed: int
) -> None:
    assert counts(run_command("match", "run", "--json", *options))["proposed"] == proposed


def test_an_explanation_says_every_rule_as_a_sentence(run_command: Run, pairs: None) -> None:
    result = run_command("match", "explain", "need-rent", "offer-rent")
    assert result.exit_code == 0, result.output
    for rule in load_rules():
        assert f"  {rule}: " in result.stdout
    for part in load_parts().values():
        assert part.label.en in result.stdout
    assert "█" in result.stdout
    assert "Proposed: €4,500," in result.stdout
    assert "Judged by: General programme, as the house began;" in result.stdout


@pytest.mark.parametrize(
    ("language", "explained", "counted"),
    [
        ("be", ("Ацэнка", "вядома", "Агульная праграма", "Што гэта зменіць"), "спыняе толькі яно"),
        ("ru", ("Оценка", "известно", "Общая программа", "Что это изменит"), "мешает только оно"),
    ],
)
def test_headings_are_in_the_language_asked_for(
    run_command: Run, pairs: None, language: str, explained: tuple[str, ...], counted: str
) -> None:
    chosen = ("--language", language)
    told = run_command("match", "explain", "need-rent", "offer-far", *chosen).stdout
    assert [head for head in explained if head not in told] == []
    assert "Judged by" not in told
    counts = run_command("match", "whatif", "offer-far", *chosen).stdout
    assert counted in counts
    assert "fail only it" not in counts


def test_an_explanation_says_what_would_change_it(run_command: Run, pairs: None) -> None:
    result = run_command("match", "explain", "need-rent", "offer-far")
    assert "do not fit together" in result.stdout
    assert "Proposed:" not in result.stdout
    before, after = result.stdout.split("What would change it")
    assert before.index("country_covered") < before.index("category_covered")
    assert "country_covered" in after


def test_a_named_change_can_be_done_by_a_machine(run_command: Run, pairs: None) -> None:
    result = run_command("match", "explain", "need-rent", "offer-far", "--json")
    answer = json.loads(result.stdout)
    assert answer["why_not"]["class"] == "fails_rules"
    [change] = [each for each in answer["changes"] if each["rule"] == "country_covered"]
    assert (change["record"], change["field"]) == ("offer", "countries")
    assert change["from"] == ["GE"]
    assert set(change["to"]) > {"GE"}


def test_a_need_that_nothing_fits_is_told_what_is_nearest(run_command: Run, pairs: None) -> None:
    result = run_command("match", "explain", "need-sun", "offer-far")
    assert "The nearest are" in result.stdout
    answer = json.loads(run_command("match", "explain", "need-sun", "offer-far", "--json").stdout)
    assert answer["eligible"] == 0
    rules = [each["rules"] for each in answer["nearest"]]
    assert sorted(rules) == [["category_covered"], ["country_covered"]]


def test_what_relaxing_a_rule_would_change(run_command: Run, pairs: None) -> None:
    result = run_command("match", "whatif", "offer-far")
    assert result.exit_code == 0, result.output
    assert "country_covered" in result.stdout
    assert "offer_open" not in result.stdout
    assert "competitive" in result.stdout


def test_what_relaxing_one_rule_would_change_for_machines(run_command: Run, pairs: None) -> None:
    arguments = ("match", "whatif", "offer-far", "--relax", "country_covered", "--json")
    [line] = json.loads(run_command(*arguments).stdout)["rules"]
    assert line["rule"] == "country_covered"
    assert line["fails_only"] >= line["competitive"] >= line["net"]


def test_an_offer_that_turns_nobody_away_alone_says_so(
    run_command: Run, session: RegistrySession
) -> None:
    OfferFactory.create(external_id="offer-rent")
    assert "would change nothing" in run_command("match", "whatif", "offer-rent").stdout


def test_a_rule_that_is_not_there_is_refused(run_command: Run, pairs: None) -> None:
    result = run_command("match", "whatif", "offer-far", "--relax", "nothing")
    assert result.exit_code == 1
    assert "registry rules list" in result.stderr


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_an_explanation_for_machines(run_command: Run, pairs: None, language: str) -> None:
    result = run_command(
        "match", "explain", "need-rent", "offer-rent", "--json", "--language", language
    )
    answer = json.loads(result.stdout)
    assert [each["rule"] for each in answer["rules"]] == list(load_rules())
    assert {each["part"] for each in answer["parts"]} == set(load_parts())
    assert answer["match"] is None


def test_an_explanation_names_the_match_that_stands(run_command: Run, pairs: None) -> None:
    run_command("match", "run")
    answer = json.loads(run_command("match", "explain", "need-rent", "offer-rent", "--json").stdout)
    assert answer["match"]["state"] == "proposed"


def test_a_pair_can_be_named_by_ids(run_command: Run, session: RegistrySession) -> None:
    need, offer = NeedFactory.create(), OfferFactory.create()
    assert run_command("match", "explain", need.id, offer.id).exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [("explain", "nobody", "offer-rent"), ("run", "--need", "nobody"), ("run", "--offer", "no")],
)
def test_what_is_not_there_is_refused_with_what_to_give(
    run_command: Run, pairs: None, arguments: tuple[str, ...]
) -> None:
    result = run_command("match", *arguments)
    assert result.exit_code == 1
    assert "external_id" in result.stderr
