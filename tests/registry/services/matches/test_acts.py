"""What each act changes besides the state: locks, bans, pins, hands, many at once, dates."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from registry.domain.errors import (
    ConflictError,
    InvalidMoveError,
    ReasonMissingError,
    RecordRefusedError,
)
from registry.domain.roles import Role
from registry.identity.actor import HOUSE, Actor
from registry.services.matches.assign_match import assign_match, assign_need, list_officers
from registry.services.matches.decline_match import decline_many, decline_match
from registry.services.matches.forbid_match import forbid_match
from registry.services.matches.get_match import get_match
from registry.services.matches.move_match import move_match
from registry.services.matches.note_match import note_match
from registry.services.matches.offer_match import offer_match
from registry.services.matches.pin_match import pin_match
from registry.services.matches.propose_matches import propose_for_need
from registry.services.matches.record_review import record_review
from registry.services.matches.shortlist_match import shortlist_match
from registry.services.matches.withdraw_match import withdraw_match
from registry.storage.database import RegistrySession
from search.codes import MatchState, ReasonCode, ReviewKind
from search.money import Money
from tests.factories import NeedFactory, OfferFactory
from tests.factories.matches import CLEAR_TERMS, MatchFactory, Pair, bring_to

S = MatchState


def test_an_act_from_an_old_page_is_refused_and_changes_nothing(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    seen = pair.match.version
    note_match(session, officer, pair.id, note="I rang them.", version=seen)
    with pytest.raises(ConflictError) as refused:
        shortlist_match(session, officer, pair.id, version=seen)
    assert refused.value.current_version == pair.match.version
    assert pair.match.state == S.PROPOSED
    assert len(get_match(session, officer, pair.id, "en")["reviews"]) == 1


@pytest.mark.parametrize("kind", ["note", "pin", "assign", "shortlist"])
def test_every_act_makes_a_new_version(
    session: RegistrySession, pair: Pair, officer: Actor, kind: str
) -> None:
    acts: dict[str, Callable[[], dict[str, object]]] = {
        "note": lambda: note_match(session, officer, pair.id, note="I rang them."),
        "pin": lambda: pin_match(session, officer, pair.id),
        "assign": lambda: assign_match(session, officer, pair.id, to=None),
        "shortlist": lambda: shortlist_match(session, officer, pair.id),
    }
    note_match(session, officer, pair.id, note="I look after this one now.")
    before = pair.match.version
    standing = acts[kind]()
    assert standing["version"] == pair.match.version
    assert pair.match.version > before


def test_offering_checks_the_page_before_it_judges_anew(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    version = shortlist_match(session, officer, pair.id)["version"]
    pair.offer.decision_days = 20
    session.flush()
    assert offer_match(session, officer, pair.id, version=version)["state"] == S.OFFERED


def test_a_refused_ban_leaves_no_trace_even_if_the_rest_is_kept(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    with pytest.raises(ReasonMissingError):
        forbid_match(session, officer, pair.id, reason_code=None)
    session.commit()
    assert not pair.match.forbidden


def test_a_forbidden_pair_never_comes_back(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    forbid_match(session, officer, pair.id, reason_code=ReasonCode.CONFLICT_OF_INTEREST)
    pair.need.amount_requested = Money(200_000, "EUR")
    session.flush()
    propose_for_need(session, pair.need.id)
    assert (pair.match.state, pair.match.forbidden) == (S.DECLINED, True)


def test_a_declined_pair_comes_back_once_its_facts_changed_and_hides_again(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, S.INTERESTED)
    decline_match(session, pair.holder, pair.id, reason_code=ReasonCode.AMOUNT_TOO_SMALL)
    propose_for_need(session, pair.need.id)
    assert pair.match.state == S.DECLINED
    pair.need.amount_requested = Money(200_000, "EUR")
    session.flush()
    propose_for_need(session, pair.need.id)
    assert pair.match.state == S.PROPOSED
    assert pair.match.offered_on is pair.match.interested_on is None


def test_pins_alternate_and_asking_twice_changes_nothing(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    for wanted in (True, True, False, False):
        pin_match(session, officer, pair.id, pinned=wanted)
        assert pair.match.pinned is wanted
    acts = get_match(session, officer, pair.id, "en")["reviews"]
    assert [act["pinned"] for act in acts] == [True, False]


def test_days_of_showing_are_remembered(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, S.OFFERED)
    first = session.today
    session.today = first + timedelta(days=3)
    bring_to(session, pair, officer, S.INTERESTED)
    assert (pair.match.offered_on, pair.match.interested_on) == (first, session.today)


def test_taking_a_yes_back_needs_a_yes(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, S.OFFERED)
    with pytest.raises(InvalidMoveError) as refused:
        withdraw_match(session, pair.giver, pair.id, reason_code=ReasonCode.TIMING)
    assert (refused.value.wanted, set(refused.value.possible)) == (
        S.WITHDRAWN,
        {S.INTERESTED, S.DECLINED},
    )
    bring_to(session, pair, officer, S.INTERESTED)
    standing = withdraw_match(session, pair.giver, pair.id, reason_code=ReasonCode.TIMING)
    assert standing["state"] == S.WITHDRAWN


def test_many_proposals_are_declined_with_one_reason_and_the_rest_is_left_alone(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    offered = pair.match
    bring_to(session, pair, officer, S.OFFERED)
    others = [MatchFactory.create(need=pair.need, offer=OfferFactory.create()) for _ in range(3)]
    ids = [offered.id, *(match.id for match in others), "f" * 32, others[0].id]
    done = decline_many(
        session, officer, ids, reason_code=ReasonCode.WRONG_CATEGORY, note="All for equipment."
    )
    assert set(done.declined) == {match.id for match in others}
    assert set(done.left_alone) == {offered.id, "f" * 32}
    assert {match.state for match in others} == {S.DECLINED}
    assert offered.state == S.OFFERED
    for match in others:
        (act,) = get_match(session, officer, match.id, "en")["reviews"]
        assert (act["reason_code"], act["note"]) == (
            ReasonCode.WRONG_CATEGORY,
            "All for equipment.",
        )


def test_declining_many_needs_a_choice_and_a_reason(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    with pytest.raises(ReasonMissingError):
        decline_many(session, officer, [pair.id], reason_code=None)
    for wrong in ([], [f"{number:032x}" for number in range(101)]):
        with pytest.raises(RecordRefusedError):
            decline_many(session, officer, wrong, reason_code=ReasonCode.TIMING)
    assert pair.match.state == S.PROPOSED


def test_the_first_officer_who_acts_looks_after_a_match(
    session: RegistrySession, pair: Pair, officer: Actor, make_actor: Callable[..., Actor]
) -> None:
    other = make_actor(Role.OFFICER)
    note_match(session, HOUSE, pair.id, note="Imported with care.")
    assert pair.match.assigned_to_id is None
    shortlist_match(session, officer, pair.id)
    offer_match(session, other, pair.id)
    assert pair.match.assigned_to_id == officer.account_id


def test_a_match_is_handed_over_and_let_go(
    session: RegistrySession, pair: Pair, officer: Actor, make_actor: Callable[..., Actor]
) -> None:
    other = make_actor(Role.OFFICER)
    assign_match(session, officer, pair.id, to=other.account_id, note="You know them.")
    assert pair.match.assigned_to_id == other.account_id
    assert get_match(session, other, pair.id, "en")["assigned_to_me"]
    assign_match(session, officer, pair.id, to=None)
    assert pair.match.assigned_to_id is None


def test_only_officers_are_handed_matches(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    for nobody in (pair.holder.account_id, "f" * 32):
        with pytest.raises(RecordRefusedError):
            assign_match(session, officer, pair.id, to=nobody)
    assert [each["is_me"] for each in list_officers(session, officer)] == [True]


def test_a_needs_proposals_are_handed_over_together(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    OfferFactory.create(**CLEAR_TERMS)
    propose_for_need(session, pair.need.id)
    assert assign_need(session, officer, pair.need.id, to=officer.account_id) == 2
    assert assign_need(session, officer, pair.need.id, to=officer.account_id) == 0


def test_a_match_that_nobody_decided_on_is_not_moved_by_the_worker_past_people(
    session: RegistrySession, pair: Pair
) -> None:
    from registry.domain.pipeline import Mover

    for wanted in (S.SHORTLISTED, S.OFFERED, S.INTERESTED, S.AWARDED):
        with pytest.raises(InvalidMoveError):
            move_match(session, pair.match, wanted, Mover.WORKER)


def test_a_review_that_comes_as_a_record_does_what_it_says(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    steps = (
        (officer, {"kind": ReviewKind.SHORTLIST}, S.SHORTLISTED),
        (officer, {"kind": ReviewKind.OFFER, "note": "They wait for it."}, S.OFFERED),
        (pair.giver, {"kind": ReviewKind.INTEREST}, S.INTERESTED),
        (pair.holder, {"kind": ReviewKind.CONSENT}, S.INTRODUCED),
        (pair.giver, {"kind": ReviewKind.AWARD, "amount": Money(1_000, "EUR")}, S.AWARDED),
    )
    for actor, review, state in steps:
        assert record_review(session, actor, pair.id, review)["state"] == state


@pytest.mark.parametrize(
    ("review", "error"),
    [
        ({"kind": "shortlist", "rule": "offer_open"}, RecordRefusedError),
        ({"kind": "shortlist", "amount": Money(1, "EUR")}, RecordRefusedError),
        ({"kind": "shortlist", "reason_code": ReasonCode.TIMING}, ReasonMissingError),
        ({"kind": "dismiss"}, ReasonMissingError),
    ],
)
def test_a_review_loses_nothing_silently(
    session: RegistrySession,
    pair: Pair,
    officer: Actor,
    review: dict[str, object],
    error: type[Exception],
) -> None:
    with pytest.raises(error):
        record_review(session, officer, pair.id, review)
    assert pair.match.state == S.PROPOSED


def test_an_organisations_waiver_by_record_is_its_yes(
    session: RegistrySession, officer: Actor
) -> None:
    need = NeedFactory.create()
    match = MatchFactory.create(need=need, offer=OfferFactory.create(publicity_required="none"))
    from registry.identity.actor import actor_of
    from registry.services.matches.waivers import waivers_in_force
    from tests.factories import AccountFactory

    holder = actor_of(
        AccountFactory.create(role=Role.ORGANISATION, organisation_id=need.organisation_id)
    )
    waiver = {"kind": ReviewKind.WAIVE, "rule": "time_sufficient", "note": "It can wait."}
    record_review(session, officer, match.id, waiver)
    assert waivers_in_force(session, match) == ()
    record_review(session, holder, match.id, waiver)
    assert [each.rule for each in waivers_in_force(session, match)] == ["time_sufficient"]
