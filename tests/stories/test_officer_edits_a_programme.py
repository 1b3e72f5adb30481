"""An officer edits a programme: tries it, sees what would change, saves; nobody is written over."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from registry.app.parts import Parts
from registry.domain.roles import Role
from registry.jobs.by_hand import drain_all
from registry.storage.audit import AuditEntry
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.programmes import GENERAL
from search.codes import PairOutcome
from search.eligibility.catalogue import load_rules, optional_rules
from search.matching.weights import load_weights
from tests.conftest import ApiClient
from tests.factories import NeedFactory, OfferFactory
from tests.factories.matches import CLEAR_TERMS
from tests.person import Person

PROGRAMME = f"/desk/programmes/{GENERAL}"
RULE = "target_group_covered"
OTHERS = sorted(optional_rules() - {RULE})


@pytest.fixture
def work(parts: Parts, session: RegistrySession) -> Callable[[], None]:
    """Let the worker do all that waits."""

    def drain() -> None:
        session.commit()
        drain_all(parts.database)
        session.expire_all()

    return drain


@pytest.fixture
def market(session: RegistrySession, work: Callable[[], None]) -> tuple[Any, str]:
    """Two needs for media beside an offer for young people; nothing is proposed."""
    needs = [NeedFactory.create(target_groups=["media"]) for _ in range(2)]
    offer = OfferFactory.create(**CLEAR_TERMS, target_groups=["youth"])
    work()
    assert session.exec(select(Match)).all() == []
    offer_id = offer.id
    session.commit()
    return needs, offer_id


@pytest.fixture
def stored(rows: Callable[[], Any]) -> Callable[[], list[Match]]:
    """Read the matches that are stored now."""

    def read() -> list[Match]:
        with rows() as session:
            return list(session.exec(select(Match)).all())

    return read


@pytest.fixture
def desk(person_of: Callable[..., Person], officer: Any) -> Person:
    return person_of(officer)


def test_it_is_tried_seen_saved_and_the_pairs_follow(
    desk: Person,
    market: Any,
    work: Callable[[], None],
    stored: Callable[[], list[Match]],
    rows: Callable[[], Any],
) -> None:
    desk.open("/desk/rules")
    desk.follow("Programmes: which optional rules apply, and what the score weighs")
    desk.follow("General programme")
    assert desk.sees("as the house began", "1 offer", "18 rules always apply")
    assert sorted(desk.typed("applied")) == sorted(optional_rules())
    shares = [float(each) for each in re.findall(r"Now ([0-9.]+)\s?% of the score", desk.text)]
    assert len(shares) == len(load_weights().of_parts)
    assert sum(shares) == pytest.approx(100, abs=0.5)

    desk.send("See what would change", {"applied": OTHERS})
    assert desk.sees("It is still counting", "applies left out")
    assert 'http-equiv="refresh"' in desk.source
    work()
    desk.open(desk.address)
    assert 'http-equiv="refresh"' not in desk.source
    assert desk.sees("Would fit 2 pairs more", "Would be refused 0 pairs more", "in 2 needs")
    assert desk.sees("Some of the pairs that change", "does not fit → fits")
    assert stored() == []

    desk.send("Save as version 1")
    assert (desk.status, desk.sees("Fill this in")) == (422, True)
    desk.send("Save as version 1", {"reason": "Nobody asks for youth work now."})
    assert desk.sees("version 1", "Left out:", "Nobody asks for youth work now.", "you")
    work()
    matches = stored()
    assert [(each.outcome, each.programme_number) for each in matches] == [
        (PairOutcome.ELIGIBLE, 1)
    ] * 2

    desk.open(f"/desk/matches/{matches[0].id}")
    assert desk.sees("General programme, version 1; weights general-1", "1 rule does not count")
    assert desk.sees("The programme of this offer leaves this rule out.")
    with rows() as session:
        assert "programme_saved" in {each.act for each in session.exec(select(AuditEntry))}


def test_the_second_officer_keeps_what_was_typed_and_sees_what_stands(
    desk: Person,
    person_of: Callable[..., Person],
    make_actor: Callable[..., Any],
    market: Any,
    work: Callable[[], None],
) -> None:
    other = person_of(make_actor("officer"))
    other.open(PROGRAMME).send("See what would change", {"weight_urgency": "40"})
    desk.open(PROGRAMME).send("See what would change", {"applied": OTHERS})
    work()
    other.open(other.address)
    draft = desk.address
    desk.open(draft)
    other.send("Save as version 1", {"reason": "Haste."})
    desk.send("Save as version 1", {"reason": "Fewer youth."})
    assert desk.status == 409
    assert desk.sees("Somebody saved another version meanwhile", "left out", "40 (")
    assert desk.typed("reason") == "Fewer youth."

    # It counts again, and sees its own wish beside what holds now.
    desk.send("Count again")
    work()
    desk.open(desk.address)
    assert not desk.sees("Somebody saved another version meanwhile")
    assert desk.sees("Would fit 2 pairs more", "Urgency 40")
    desk.open(draft)
    desk.send("Save as version 2", {"reason": "Fewer youth."})
    assert desk.sees("version 2", "Haste.", "Fewer youth.")


def test_nothing_is_saved_before_it_is_counted(
    desk: Person, market: Any, work: Callable[[], None]
) -> None:
    desk.open(PROGRAMME).send("See what would change", {"applied": OTHERS})
    draft = desk.address
    assert desk.sees("nobody knows which pairs would fit", "only then can it be saved")
    assert "Save as version 1" not in desk.source
    early = desk.post(draft, {"reason": "Fewer youth.", "_version": "1"})
    assert early.status_code == 409
    assert "Nothing was saved" in early.text
    assert "Fewer youth." in early.text
    assert "Save as version 1" not in early.text
    assert 'http-equiv="refresh"' not in early.text
    work()
    again = desk.post(draft, {"reason": "Fewer youth.", "_version": "1", "_look_again": "yes"})
    assert again.status_code == 200
    assert "Save as version 1" in again.text
    assert "Fewer youth." in again.text
    assert "It is saved" not in desk.open(PROGRAMME).text
    desk.open(draft).send("Save as version 1", {"reason": "Fewer youth."})
    assert desk.sees("It is saved", "version 1", "Fewer youth.")


def test_what_cannot_be_judged_by_is_said_at_its_field(desk: Person, market: Any) -> None:
    nothing = {f"weight_{code}": "0" for code in load_weights().of_parts}
    desk.open(PROGRAMME).send("See what would change", {**nothing, "applied": []})
    assert (desk.status, desk.sees("at least one of these weigh more than 0")) == (422, True)
    assert desk.typed("weight_urgency") == "0"
    desk.send("See what would change", {"weight_urgency": "300"})
    assert desk.sees("Write a whole number from 0 to 100")
    assert desk.typed("weight_urgency") == "300"


def test_no_other_rule_can_be_left_out_by_a_crafted_form(desk: Person, market: Any) -> None:
    desk.open(PROGRAMME)
    weights = {f"weight_{code}": "1" for code in load_weights().of_parts}
    answer = desk.post(PROGRAMME, {**weights, "applied": "offer_open", "_version": "1"})
    assert answer.status_code == 422
    forged = desk.post(PROGRAMME, {**weights, "left_out": "offer_open", "_version": "1"})
    assert forged.status_code == 422


def test_an_offer_is_put_into_no_programme_that_is_not_there(desk: Person, market: Any) -> None:
    _, offer_id = market
    desk.open(f"/desk/offers/{offer_id}")
    for forged in ("f" * 32, "", "'"):
        answer = desk.post(f"/desk/offers/{offer_id}/programme", {"programme": forged})
        assert 400 <= answer.status_code < 500
    assert (
        desk.post(f"/desk/offers/{'f' * 32}/programme", {"programme": GENERAL}).status_code == 404
    )
    assert desk.open(f"/desk/programmes/{'f' * 32}").status == 404


def test_a_programme_of_its_own_judges_only_its_offers(
    desk: Person, market: Any, work: Callable[[], None], stored: Callable[[], list[Match]]
) -> None:
    _, offer_id = market
    OfferFactory.create(**CLEAR_TERMS, target_groups=["youth"])
    desk.open("/desk/programmes").send("Begin it", {"name": "Winter fund"})
    mine = desk.address
    desk.send("See what would change", {"applied": OTHERS})
    work()
    desk.open(desk.address).send("Save as version 1", {"reason": "For everybody."})
    desk.open(f"/desk/offers/{offer_id}")
    desk.send("Set", {"programme": mine.rpartition("/")[2]})
    assert desk.sees("belongs to it now")
    work()
    assert {each.offer_id for each in stored()} == {offer_id}
    desk.open("/desk/programmes")
    assert desk.sees("Winter fund version 1 1 offer 1 rule left out", "General programme")


def test_a_draft_is_thrown_away(desk: Person, market: Any) -> None:
    desk.open(PROGRAMME).send("See what would change", {"weight_urgency": "40"})
    draft = desk.address
    desk.follow("Change it further")
    assert desk.typed("weight_urgency") == "40"
    desk.open(draft).send("Throw it away")
    assert desk.sees("Nothing has changed", "as the house began")
    assert desk.open(draft).status == 404
    assert desk.open(f"{PROGRAMME}?draft={draft.rpartition('/')[2]}").status == 404


@pytest.mark.parametrize("language", ["be", "ru"])
def test_it_is_in_the_language_of_the_page(
    desk: Person, market: Any, work: Callable[[], None], language: str
) -> None:
    desk.client.set_cookie("language", language)
    desk.open(PROGRAMME)
    assert desk.sees(load_rules()[RULE].label.in_language(language))
    for english in ("General programme", "Now ", "version", "of the score", "always appl"):
        assert english not in desk.text


def test_the_api_says_by_what_a_match_was_judged(
    desk: Person, market: Any, work: Callable[[], None], api_client: Callable[..., ApiClient]
) -> None:
    desk.open(PROGRAMME).send("See what would change", {"applied": OTHERS})
    work()
    desk.open(desk.address).send("Save as version 1", {"reason": "For everybody."})
    work()
    client = api_client(Role.OFFICER)
    listed = client.get("/matches").json["items"][0]
    match = client.get(f"/matches/{listed['id']}").json
    assert (match["programme"], match["programme_version"]) == (GENERAL, 1)
    assert match["weights_version"] == "general-1"
    assert re.fullmatch("[0-9a-f]{16}", match["rules_version"])
    left = [each for each in match["verdicts"] if each["outcome"] == "not_in_force"]
    assert [each["rule"] for each in left] == [RULE]
