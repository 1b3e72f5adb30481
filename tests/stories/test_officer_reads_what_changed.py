"""A week in which things change: a fact, a programme's weights, a decision; an officer reads why.

A pair that an officer set aside stays away through all of it until its own facts change.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner

from registry.app.parts import Parts
from registry.cli import main
from registry.identity.actor import Actor
from registry.jobs.day import begin_day
from registry.jobs.drain import drain_once
from registry.jobs.pulse import unwatched
from registry.services.matches.dismiss_match import dismiss_match
from registry.services.matches.shortlist_match import shortlist_match
from registry.services.matches.what_changed import a_week_before, what_changed
from registry.services.needs.change_need import change_need
from registry.services.offers.change_offer import change_offer
from registry.services.programmes.save_programme import save_programme
from registry.storage.accounts import Account
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.programmes import GENERAL, Programme
from search.codes import MatchState, PairOutcome, Publicity, ReasonCode
from search.matching.weights import load_weights
from search.money import Money
from tests.conftest import Calendar
from tests.factories.matches import Pair, make_pair
from tests.person import Person

Work = Callable[[], None]


@pytest.fixture
def work(parts: Parts, session: RegistrySession) -> Work:
    """Let the worker do all that waits, as it does when a day begins."""

    def turn() -> None:
        session.commit()
        begin_day(parts.database, unwatched)
        while drain_once(parts.database, unwatched):
            pass
        session.expire_all()

    return turn


@pytest.fixture
def pair(session: RegistrySession, work: Work, calendar: Calendar) -> Pair:
    """A pair that was proposed a month ago."""
    made = make_pair()
    work()
    session.today = calendar.pass_days(30)
    return made


def write_programme(session: RegistrySession, officer: Actor, **parts: int) -> None:
    """Let only some parts of the score count, in the house's own programme."""
    save_programme(
        session,
        officer,
        GENERAL,
        left_out=["language_accepted"],
        weights=dict.fromkeys(load_weights().of_parts, 0) | parts,
        reason="Trying it out",
        version=session.get_one(Programme, GENERAL).version,
    )


def test_an_officer_reads_what_changed_and_why(
    session: RegistrySession,
    pair: Pair,
    work: Work,
    officer: Actor,
    person_of: Callable[[Account | Actor], Person],
) -> None:
    desk = person_of(officer)
    desk.open("/desk/changes")
    assert desk.sees("What changed since 17 December 2026", "Nothing changed since that day.")

    # A fact: the donor says that it has to name those whom it helps.
    changes = {"publicity_required": Publicity.NAMED}
    change_offer(session, pair.giver, pair.offer.id, changes, pair.offer.version)
    work()
    desk.open("/desk/queue").follow("What changed since last week")
    assert desk.sees(
        *("Came to lack an answer (1)", "Rent for an office or a room · Poland"),
        "Nothing more becomes public than is accepted: Fits before, Still to be asked now",
        "Changed facts: What has to be made public (offer).",
    )

    # A decision, and other weights: both stand there, each for itself.
    shortlist_match(session, officer, pair.id)
    write_programme(session, officer, urgency=1)
    work()
    desk.open("/desk/changes")
    assert desk.sees("Moved on (1)", "On an officer's short list")
    assert desk.sees("Other weights: general-1 in place of")
    desk.follow("Rent for an office or a room · Poland · Money (a grant)")
    assert desk.address == f"/desk/matches/{pair.id}"

    for day, problem in (
        ("2027-01-01", "Name a day that has come already."),
        ("tomorrow", "Write a day that exists as year-month-day"),
    ):
        desk.open(f"/desk/changes?since={day}")
        assert (desk.status, desk.typed("since")) == (422, day)
        assert desk.sees(problem, "What changed since 17 December 2026")
    desk.open("/desk/changes?since=24.12.2026")
    assert (desk.status, desk.sees("What changed since 24 December 2026")) == (200, True)


def test_what_changed_and_was_changed_back_is_not_told(
    session: RegistrySession, pair: Pair, work: Work, officer: Actor
) -> None:
    for publicity in (Publicity.NAMED, Publicity.NONE):
        changes = {"publicity_required": publicity}
        change_offer(session, pair.giver, pair.offer.id, changes, pair.offer.version)
        work()
    found = what_changed(session, officer, a_week_before(session.today))
    assert set(found["counts"].values()) == {0}


def test_a_new_match_is_new_and_nothing_else(
    session: RegistrySession, work: Work, officer: Actor, person_of: Callable[..., Person]
) -> None:
    pair = make_pair()
    work()
    changes = {"decision_days": 300}
    change_offer(session, pair.giver, pair.offer.id, changes, pair.offer.version)
    work()
    desk = person_of(officer).open("/desk/changes")
    assert desk.sees("New matches (1)", "Moved on (1)", "Ran out of time")
    assert not desk.sees("Came to be refused")


def test_the_command_says_the_same(
    session: RegistrySession, pair: Pair, work: Work, parts: Parts, calendar: Calendar
) -> None:
    changes = {"minimum_useful": Money(450_000, "EUR"), "publicity_accepted": Publicity.NONE}
    change_need(session, pair.holder, pair.need.id, changes, pair.need.version)
    change_offer(
        session, pair.giver, pair.offer.id, {"publicity_required": "named"}, pair.offer.version
    )
    work()
    settings = {
        "REGISTRY_DATA_DIR": str(parts.settings.data_dir),
        "REGISTRY_MASTER_KEY_FILE": str(parts.settings.master_key_file),
    }
    since = (calendar.day - timedelta(days=1)).isoformat()
    run = CliRunner().invoke
    answer = run(main, ["match", "changes", "--since", since, "--json"], env=settings)
    assert answer.exit_code == 0, answer.output
    told: dict[str, Any] = json.loads(answer.stdout)
    (line,) = told["groups"]["not_eligible"]
    assert line["match"] == pair.id
    assert line["change"]["rules"]["publicity_compatible"] == ["met", "not_met"]
    assert "offer.publicity_required" in line["change"]["facts"]
    text = run(main, ["match", "changes", "--since", since], env=settings).stdout
    assert "Came to be refused (1)" in text
    assert "publicity_compatible: met -> not_met" in text
    later = (calendar.day + timedelta(days=1)).isoformat()
    text = run(main, ["match", "changes", "--since", later], env=settings).stdout
    assert text == f"Nothing changed since {later}.\n"


def test_a_dismissed_pair_stays_away_until_its_facts_change(
    session: RegistrySession, pair: Pair, work: Work, officer: Actor, calendar: Calendar
) -> None:
    dismiss_match(session, officer, pair.id, reason_code=ReasonCode.NOT_A_PRIORITY)
    scored = pair.match.score
    work()
    assert state_of(session, pair) is MatchState.DECLINED

    # Other weights and fewer rules, another day, another look: the no still stands.
    write_programme(session, officer, flexibility=1)
    work()
    calendar.pass_days(1)
    work()
    assert state_of(session, pair) is MatchState.DECLINED
    assert pair.match.score == scored, "it stays as it was decided on"

    # What ranks only, and the same value once more, bring nothing back either.
    change_need(
        session, pair.holder, pair.need.id, {"country": pair.need.country}, pair.need.version
    )
    work()
    assert state_of(session, pair) is MatchState.DECLINED

    # Another fact does.
    changes = {"minimum_useful": Money(200_000, "EUR")}
    change_need(session, pair.holder, pair.need.id, changes, pair.need.version)
    work()
    assert state_of(session, pair) is MatchState.PROPOSED
    assert pair.match.outcome == PairOutcome.ELIGIBLE


def state_of(session: RegistrySession, pair: Pair) -> MatchState:
    return MatchState(session.get_one(Match, pair.id).state)
