"""Two officers decide on the same match: the second one is told, and loses nothing it typed."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select

from registry.app.parts import Parts
from registry.domain.errors import ConflictError, InvalidMoveError, RegistryError
from registry.domain.roles import Role
from registry.identity.actor import actor_of
from registry.services.matches.decline_match import decline_match
from registry.services.matches.shortlist_match import shortlist_match
from registry.storage.audit import verify_audit
from registry.storage.database import RegistrySession
from registry.storage.matches import Match, Review
from search.codes import MatchState, ReasonCode
from tests.conftest import ApiClient
from tests.factories.matches import Pair, make_pair


@pytest.fixture
def pair(session: RegistrySession) -> Pair:
    return make_pair()


@pytest.fixture
def desks(
    session: RegistrySession, pair: Pair, api_client: Callable[..., ApiClient]
) -> tuple[ApiClient, ApiClient]:
    return api_client(Role.OFFICER), api_client(Role.OFFICER)


def test_the_second_officer_is_told_and_what_stands_is_the_firsts(
    pair: Pair, desks: tuple[ApiClient, ApiClient], rows: Callable[[], Any]
) -> None:
    path = f"/matches/{pair.id}"
    first, second = desks
    tags = [desk.get(path).headers["ETag"] for desk in desks]
    assert tags[0] == tags[1]
    won = first.post(f"{path}/reviews", {"kind": "shortlist"}, headers={"If-Match": tags[0]})
    assert won.status_code == 201
    no = {"kind": "decline", "reason_code": "timing", "note": "Too late for them, I think."}
    lost = second.post(f"{path}/reviews", no, headers={"If-Match": tags[1]})
    assert lost.status_code == 412
    with rows() as session:
        assert session.get_one(Match, pair.id).state == MatchState.SHORTLISTED
        assert [each.kind for each in session.exec(select(Review))] == ["shortlist"]

    # It reads what stands now, still wants to decline, and does so from the new page.
    now = second.get(path)
    assert now.json["reviews"][0]["kind"] == "shortlist"
    again = second.post(f"{path}/reviews", no, headers={"If-Match": now.headers["ETag"]})
    assert (again.status_code, again.json["state"]) == (201, "declined")


def test_without_a_page_the_state_decides_and_says_what_is_possible(
    pair: Pair, desks: tuple[ApiClient, ApiClient]
) -> None:
    path = f"/matches/{pair.id}/reviews"
    first, second = desks
    dismissed = {"kind": "dismiss", "reason_code": "duplicate"}
    assert first.post(path, dismissed).status_code == 201
    refused = second.post(path, dismissed)
    assert refused.status_code == 409
    assert refused.json["errors"][0]["code"] == "invalid_move"
    assert "note" in refused.text


def test_at_the_very_same_moment_one_wins_and_one_is_told(
    session: RegistrySession, pair: Pair, desks: tuple[ApiClient, ApiClient], parts: Parts
) -> None:
    version = pair.match.version
    session.commit()
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def decide(desk: ApiClient, act: Callable[..., Any], **fields: Any) -> None:
        start.wait()
        try:
            with parts.database.writing() as writing:
                act(writing, actor_of(desk.account), pair.id, version=version, **fields)
            outcomes.append("won")
        except (ConflictError, InvalidMoveError):
            outcomes.append("told")
        except RegistryError as error:
            outcomes.append(type(error).__name__)

    threads = [
        threading.Thread(target=decide, args=(desks[0], shortlist_match)),
        threading.Thread(
            target=decide, args=(desks[1], decline_match), kwargs={"reason_code": ReasonCode.TIMING}
        ),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(outcomes) == ["told", "won"]
    with parts.database.reading() as reading:
        (review,) = reading.exec(select(Review).where(col(Review.match_id) == pair.id))
        state = reading.get_one(Match, pair.id).state
        assert (review.kind, state) in {("shortlist", "shortlisted"), ("decline", "declined")}
        assert verify_audit(reading) is None
