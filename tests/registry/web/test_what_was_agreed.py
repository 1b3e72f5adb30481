"""What was agreed on a match stands on its page, for the officers and the two sides alone."""

import pytest

from registry.domain.errors import NotFoundError
from registry.domain.roles import Role
from registry.services.matches.award_match import award_match
from registry.services.matches.get_match import get_match
from search.codes import MatchState, RecordState
from search.money import Money
from tests.factories.matches import bring_to, make_pair

CONDITIONS = "A short note in spring, without names."
SAID = ("What was agreed", "€1,000", "For how many months", CONDITIONS)


@pytest.fixture
def pair(session, officer):
    pair = make_pair()
    bring_to(session, pair, officer, MatchState.INTRODUCED)
    return pair


@pytest.fixture
def agreed(session, officer, pair):
    given = {"amount": Money(100_000, "EUR"), "months": 2, "conditions": CONDITIONS}
    award_match(session, officer, pair.id, **given)
    session.commit()
    return pair


def test_officers_and_both_sides_read_it(agreed, person_of, officer):
    for who, page in (
        (officer, f"/desk/matches/{agreed.id}"),
        (agreed.giver, f"/d/needs/{agreed.id}"),
        (agreed.holder, f"/o/help/{agreed.id}"),
    ):
        assert person_of(who).open(page).sees(*SAID), page


def test_before_anything_is_agreed_nothing_is_said_of_it(pair, person_of):
    assert "What was agreed" not in person_of(pair.giver).open(f"/d/needs/{pair.id}").text


def test_nobody_else_reads_it(agreed, session, make_actor, api_client):
    for role in (Role.ORGANISATION, Role.DONOR):
        with pytest.raises(NotFoundError):
            get_match(session, make_actor(role), agreed.id, "en")
    key = api_client(Role.OFFICER)
    assert CONDITIONS not in key.get(f"/matches/{agreed.id}").text


def test_of_a_side_that_is_out_of_sight_nothing_more_is_told(agreed, session):
    agreed.organisation.state = RecordState.FROZEN
    session.commit()
    assert get_match(session, agreed.giver, agreed.id, "en")["award"] is None
