"""`registry search` and `registry index` over the real engine."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result

from registry.config import Settings
from registry.jobs.lock import worker_lock
from registry.storage.database import RegistrySession
from search.codes import NeedStatus
from tests.factories import NeedFactory, OfferFactory

Run = Callable[..., Result]


@pytest.fixture
def records(session: RegistrySession) -> None:
    NeedFactory.create(external_id="need-rent", title="Office rent", country="LT")
    NeedFactory.create(
        external_id="need-old", title="Rent of last year", status=NeedStatus.DRAFT, country="PL"
    )
    NeedFactory.create(
        external_id="need-fine", title="Арэнда офіса", summary="", category="legal_aid.fines"
    )
    OfferFactory.create(external_id="offer-rent", title="Rent", countries=["LT"])
    OfferFactory.create(external_id="offer-any", title="Rent anywhere", categories=["security"])


@pytest.fixture
def found(run_command: Run) -> Callable[..., list[str]]:
    def search(*arguments: str) -> list[str]:
        result = run_command("search", *arguments, "--json")
        assert result.exit_code == 0, result.output
        items: list[dict[str, Any]] = json.loads(result.stdout)["items"]
        assert all(item["score"] >= 0 and len(item["id"]) == 32 for item in items)
        return [item["external_id"] for item in items]

    return search


Find = Callable[..., list[str]]


def test_what_waits_is_indexed_first_and_that_is_said(run_command: Run, records: None) -> None:
    first = run_command("search", "needs", "rent")
    assert "need-rent" in first.stdout
    assert "bringing the index up to date" in first.stderr
    again = run_command("search", "needs", "rent")
    assert "up to date" not in again.stderr


def test_words_are_found_in_any_form(found: Find, records: None) -> None:
    assert found("needs", "offices")[0] == "need-rent"
    assert found("needs", "арэнду")[0] == "need-fine"


def test_words_are_found_in_another_language_after_the_very_words(
    found: Find, records: None
) -> None:
    assert set(found("needs", "арэнду")[1:]) == {"need-rent", "need-old"}


def test_filters(found: Find, records: None) -> None:
    assert set(found("needs", "rent")) == {"need-rent", "need-old"}
    assert found("needs", "rent", "--country", "LT") == ["need-rent"]
    assert found("needs", "rent", "--status", "draft") == ["need-old"]
    assert found("needs", "", "--category", "legal_aid") == ["need-fine"]
    assert found("needs", "", "--category", "legal_aid.fines") == ["need-fine"]
    assert len(found("needs", "rent", "--limit", "1")) == 1


def test_an_offer_is_found_where_it_helps(found: Find, records: None) -> None:
    assert set(found("offers", "rent", "--country", "LT")) == {"offer-rent", "offer-any"}
    assert found("offers", "rent", "--country", "GE") == ["offer-any"]
    assert found("offers", "rent", "--category", "fixed_costs.rent") == ["offer-rent"]
    assert set(found("offers", "rent", "--category", "security.digital")) == {
        "offer-rent",
        "offer-any",
    }


@pytest.mark.parametrize("query", ["ren*", "the", "a" * 600])
def test_what_cannot_be_looked_for_is_refused_with_what_to_do(
    run_command: Run, records: None, query: str
) -> None:
    result = run_command("search", "needs", query)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("registry: ")


def test_wrong_usage(run_command: Run) -> None:
    assert run_command("search", "people", "rent").exit_code == 2
    assert run_command("search", "needs", "rent", "--limit", "0").exit_code == 2
    assert run_command("search", "needs", "rent", "--category", "yachts").exit_code == 2


def test_the_index_is_made_anew_and_says_what_it_holds(run_command: Run, records: None) -> None:
    made = run_command("index", "rebuild", "--json")
    assert json.loads(made.stdout) == {"documents": 5, "by_worker": False}
    status = json.loads(run_command("index", "status", "--json").stdout)
    assert (status["usable"], status["documents"], status["rows"]) == (True, 5, 5)
    assert status["waiting"] > 0
    drained = json.loads(run_command("index", "drain", "--json").stdout)
    assert drained == {"waiting": 0, "parked": 0, "by_worker": False}


def test_while_a_worker_lives_nothing_is_drained_beside_it(
    run_command: Run, session: RegistrySession, settings: Settings
) -> None:
    run_command("init")
    NeedFactory.create(title="Rent")
    with worker_lock(settings):
        result = run_command("search", "needs", "rent", "--json")
    assert json.loads(result.stdout)["items"] == []
