"""What of a time is told to officers, in which group, and how much of it."""

from datetime import timedelta
from typing import Any

import pytest

from registry.domain.errors import NotAllowedError
from registry.domain.identifiers import new_id
from registry.identity.actor import Actor
from registry.services.matches import what_changed as module
from registry.services.matches.what_changed import GROUPS, join_changes, what_changed
from registry.storage.database import RegistrySession
from registry.storage.match_changes import MatchChange
from search.codes import MatchState
from tests.conftest import TODAY
from tests.factories.matches import Pair, make_pair

LAST_YEAR = TODAY - timedelta(days=365)


def change(**differences: Any) -> dict[str, Any]:
    same: dict[str, Any] = {
        "outcome": ["eligible", "eligible"],
        "score": [0.5, 0.5],
        "weights": ["1", "1"],
        "rules_version": ["a", "a"],
        "on": ["2026-11-20", "2026-11-24"],
        "rules": {},
        "facts": [],
    }
    return same | differences


@pytest.fixture
def pair(session: RegistrySession) -> Pair:
    return old_pair(session)


def old_pair(session: RegistrySession) -> Pair:
    """Make a pair that has been there for a year."""
    made = make_pair()
    made.match.proposed_on = made.match.moved_on = LAST_YEAR
    session.add(made.match)
    session.flush()
    return made


def note(session: RegistrySession, pair: Pair, sequence: int = 1, **differences: Any) -> None:
    row = MatchChange(
        id=new_id(),
        match_id=pair.id,
        organisation_id=pair.organisation.id,
        sequence=sequence,
        day=TODAY,
    )
    session.vault.write_document(row, "what", change(**differences))
    session.add(row)
    session.flush()


def counts(session: RegistrySession, officer: Actor) -> dict[str, int]:
    found = what_changed(session, officer, TODAY)
    assert {name: len(lines) for name, lines in found["groups"].items()} == found["counts"]
    return {name: count for name, count in found["counts"].items() if count}


@pytest.mark.parametrize(
    ("differences", "group"),
    [
        ({"outcome": ["needs_information", "eligible"]}, "eligible"),
        ({"outcome": ["eligible", "needs_information"], "score": [0.9, 0.1]}, "needs_information"),
        ({"outcome": ["eligible", "not_eligible"]}, "not_eligible"),
        ({"score": [0.5, 0.56]}, "scores"),
        ({"rules": {"offer_open": ["met", "not_met"]}}, "rules"),
    ],
)
def test_a_change_is_told_in_one_group(
    session: RegistrySession, pair: Pair, officer: Actor, differences: dict[str, Any], group: str
) -> None:
    note(session, pair, **differences)
    assert counts(session, officer) == {group: 1}
    (line,) = what_changed(session, officer, TODAY)["groups"][group]
    assert (line["match"], line["day"], line["change"]) == (pair.id, TODAY, change(**differences))
    assert what_changed(session, officer, TODAY + timedelta(days=1))["counts"] == dict.fromkeys(
        GROUPS, 0
    )


def test_several_changes_of_a_pair_are_one(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    note(session, pair, 1, score=[0.5, 0.9], facts=["need.channels"])
    note(session, pair, 2, score=[0.9, 0.4], facts=["offer.countries"])
    (line,) = what_changed(session, officer, TODAY)["groups"]["scores"]
    assert line["change"]["score"] == [0.5, 0.4]
    assert line["change"]["facts"] == ["need.channels", "offer.countries"]


def test_what_came_and_went_is_left_out() -> None:
    there = change(rules={"offer_open": ["met", "not_met"], "donor_vetted": ["met", "waived"]})
    back = change(rules={"offer_open": ["not_met", "met"]})
    assert join_changes([there, back])["rules"] == {"donor_vetted": ["met", "waived"]}


def test_new_ones_and_moved_ones(session: RegistrySession, pair: Pair, officer: Actor) -> None:
    make_pair()
    pair.match.state, pair.match.moved_on = MatchState.SHORTLISTED, TODAY
    again = old_pair(session)
    again.match.moved_on = TODAY
    unknown = old_pair(session)
    unknown.match.proposed_on, unknown.match.moved_on = None, TODAY
    session.flush()
    assert counts(session, officer) == {"new": 1 + 3 + 3, "moved": 3}


def test_only_the_newest_are_told_and_all_are_counted(
    session: RegistrySession, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_TOLD", 2)
    for _ in range(3):
        note(session, old_pair(session), score=[0.1, 0.9])
    found = what_changed(session, officer, TODAY)
    assert found["counts"]["scores"] == 3
    assert len(found["groups"]["scores"]) == 2
    assert found["counts"]["new"] > len(found["groups"]["new"]) == 2


def test_what_an_organisation_took_along_is_not_told(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    note(session, pair, score=[0.1, 0.9])
    session.commit()
    session.vault.keys.destroy_key(pair.organisation.id)
    assert counts(session, officer) == {}


def test_only_officers_are_told(session: RegistrySession, giver: Actor) -> None:
    with pytest.raises(NotAllowedError):
        what_changed(session, giver, TODAY)
