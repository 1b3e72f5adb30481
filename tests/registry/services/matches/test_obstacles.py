"""What keeps a match from going on, besides its state; each guard is met, and then taken away."""

from typing import Any

import pytest

from registry.domain.errors import InvalidMoveError
from registry.domain.obstacles import OBSTACLES, ObstacleCode
from registry.identity.actor import Actor
from registry.services.matches.consent_match import consent_match
from registry.services.matches.get_match import get_match
from registry.services.matches.offer_match import offer_match
from registry.services.matches.record_interest import record_interest
from registry.services.matches.shortlist_match import shortlist_match
from registry.storage.database import RegistrySession
from search.codes import (
    MatchState,
    NeedStatus,
    OfferStatus,
    Publicity,
    Reader,
    RecordState,
    ReviewKind,
    Vetting,
)
from tests.factories import OrganisationFactory
from tests.factories.matches import Pair, bring_to, make_pair

S = MatchState


def obstacles(refused: pytest.ExceptionInfo[InvalidMoveError]) -> list[tuple[str, str | None]]:
    return [(each.code, each.rule) for each in refused.value.why]


def test_every_obstacle_has_a_sentence() -> None:
    assert set(OBSTACLES) == set(ObstacleCode)


def test_nothing_leaves_the_proposals_for_an_organisation_nobody_vouched_for(
    session: RegistrySession, officer: Actor
) -> None:
    pair = make_pair(organisation={"vetting": Vetting.UNVERIFIED})
    with pytest.raises(InvalidMoveError) as refused:
        shortlist_match(session, officer, pair.id)
    assert obstacles(refused) == [(ObstacleCode.ORGANISATION_NOT_TRUSTED, None)]
    assert refused.value.wanted == ReviewKind.SHORTLIST
    assert set(refused.value.possible) == {
        *(ReviewKind.DISMISS, ReviewKind.DECLINE, ReviewKind.FORBID),
        *(ReviewKind.PIN, ReviewKind.WAIVE, ReviewKind.NOTE),
    }
    pair.organisation.vetting = Vetting.VOUCHED
    assert shortlist_match(session, officer, pair.id)["state"] == S.SHORTLISTED


def test_a_verified_host_answers_for_an_organisation_nobody_vouched_for(
    session: RegistrySession, officer: Actor
) -> None:
    pair = make_pair(organisation={"vetting": Vetting.UNVERIFIED})
    host = OrganisationFactory.create(vetting=Vetting.VOUCHED)
    pair.organisation.hosted_by_id = host.id
    with pytest.raises(InvalidMoveError):
        shortlist_match(session, officer, pair.id)
    host.vetting = Vetting.VERIFIED
    assert shortlist_match(session, officer, pair.id)["state"] == S.SHORTLISTED


BROKEN: list[tuple[str, str, Any, ObstacleCode]] = [
    ("organisation", "vetting", Vetting.UNVERIFIED, ObstacleCode.ORGANISATION_NOT_TRUSTED),
    ("organisation", "vetting", Vetting.SUSPENDED, ObstacleCode.ORGANISATION_SUSPENDED),
    ("organisation", "state", RecordState.FROZEN, ObstacleCode.ORGANISATION_NOT_ACTIVE),
    ("donor", "vetting", Vetting.SUSPENDED, ObstacleCode.DONOR_SUSPENDED),
    ("donor", "state", RecordState.FROZEN, ObstacleCode.DONOR_NOT_ACTIVE),
    ("need", "status", NeedStatus.WITHDRAWN, ObstacleCode.NEED_CLOSED),
]


@pytest.mark.parametrize(("record", "field", "value", "code"), BROKEN)
@pytest.mark.parametrize(
    ("state", "act", "who"),
    [
        (S.PROPOSED, shortlist_match, "officer"),
        (S.SHORTLISTED, offer_match, "officer"),
        (S.OFFERED, record_interest, "giver"),
        (S.INTERESTED, consent_match, "holder"),
    ],
)
def test_every_yes_asks_again_whether_both_sides_may(
    session: RegistrySession,
    pair: Pair,
    officer: Actor,
    *,
    record: str,
    field: str,
    value: Any,
    code: ObstacleCode,
    state: MatchState,
    act: Any,
    who: str,
) -> None:
    bring_to(session, pair, officer, state)
    actor = {"officer": officer, "giver": pair.giver, "holder": pair.holder}[who]
    sound = getattr(getattr(pair, record), field)
    setattr(getattr(pair, record), field, value)
    with pytest.raises(InvalidMoveError) as refused:
        act(session, actor, pair.id)
    assert (code, None) in obstacles(refused)
    assert pair.match.state == state
    setattr(getattr(pair, record), field, sound)
    assert act(session, actor, pair.id)["state"] != state


def test_nothing_is_shown_to_a_donor_whose_offer_is_paused(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, S.SHORTLISTED)
    pair.offer.status = OfferStatus.PAUSED
    with pytest.raises(InvalidMoveError) as refused:
        offer_match(session, officer, pair.id)
    assert (ObstacleCode.OFFER_CLOSED, None) in obstacles(refused)


def test_what_protects_the_organisation_has_to_be_known_before_an_offer(
    session: RegistrySession, officer: Actor
) -> None:
    pair = make_pair(offer={"decision_days": None})
    bring_to(session, pair, officer, S.SHORTLISTED)
    with pytest.raises(InvalidMoveError) as refused:
        offer_match(session, officer, pair.id)
    assert obstacles(refused) == [(ObstacleCode.RULE_UNKNOWN, "time_sufficient")]
    pair.offer.decision_days = 10
    assert offer_match(session, officer, pair.id)["state"] == S.OFFERED


def test_what_only_the_donor_cares_for_may_stay_unknown(
    session: RegistrySession, officer: Actor
) -> None:
    pair = make_pair(offer={"target_groups": ["youth"]})
    view = get_match(session, officer, pair.id, "en")
    assert [line["rule"] for line in view["rules"]["to_ask"]] == ["target_group_covered"]
    bring_to(session, pair, officer, S.OFFERED)


def test_an_unverified_donor_is_shown_nothing(session: RegistrySession, officer: Actor) -> None:
    pair = make_pair(donor={"vetting": Vetting.VOUCHED})
    bring_to(session, pair, officer, S.SHORTLISTED)
    with pytest.raises(InvalidMoveError) as refused:
        offer_match(session, officer, pair.id)
    assert obstacles(refused) == [(ObstacleCode.RULE_UNKNOWN, "donor_vetted")]


def test_the_pair_is_judged_anew_at_the_moment_of_the_offer(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, S.SHORTLISTED)
    session.vault.write_document(pair.need, "coded", {"publicity_accepted": "none"})
    pair.offer.publicity_required = Publicity.NAMED
    session.flush()
    with pytest.raises(InvalidMoveError) as refused:
        offer_match(session, officer, pair.id)
    assert obstacles(refused) == [(ObstacleCode.RULE_NOT_MET, "publicity_compatible")]


@pytest.mark.parametrize("vetting", [Vetting.UNVERIFIED, Vetting.VOUCHED])
def test_a_donor_that_is_no_longer_verified_reaches_no_text_and_no_identity(
    session: RegistrySession, officer: Actor, vetting: Vetting
) -> None:
    pair = make_pair(need={"readers": [Reader.DONORS]})
    bring_to(session, pair, officer, S.INTERESTED)
    assert get_match(session, pair.giver, pair.id, "en")["text_shown"]
    pair.donor.vetting = vetting
    session.flush()
    with pytest.raises(InvalidMoveError) as refused:
        consent_match(session, pair.holder, pair.id)
    assert obstacles(refused) == [(ObstacleCode.DONOR_NOT_VERIFIED, None)]
    seen = get_match(session, pair.giver, pair.id, "en")
    assert not seen["text_shown"]
    assert not {"title", "summary"} & set(seen["need_side"])


def test_a_no_passes_every_obstacle(session: RegistrySession, pair: Pair, officer: Actor) -> None:
    bring_to(session, pair, officer, S.INTERESTED)
    pair.donor.vetting = Vetting.SUSPENDED
    pair.need.status = NeedStatus.WITHDRAWN
    session.flush()
    possible = {
        move["kind"]: move["possible"]
        for move in get_match(session, pair.holder, pair.id, "en")["moves"]
    }
    assert possible == {ReviewKind.CONSENT: False, ReviewKind.DECLINE: True}


def test_the_page_greys_what_the_act_refuses_for_the_same_reasons(
    session: RegistrySession, officer: Actor
) -> None:
    pair = make_pair(offer={"decision_days": None})
    bring_to(session, pair, officer, S.SHORTLISTED)
    with pytest.raises(InvalidMoveError) as refused:
        offer_match(session, officer, pair.id)
    moves = {each["kind"]: each for each in get_match(session, officer, pair.id, "en")["moves"]}
    greyed = moves[ReviewKind.OFFER]
    assert not greyed["possible"]
    assert [(why["code"], why["rule"]) for why in greyed["why"]] == obstacles(refused)
    assert moves[ReviewKind.SHORTLIST]["why"][0]["code"] == ObstacleCode.STATE
    assert moves[ReviewKind.DECLINE]["possible"]
    assert moves[ReviewKind.DECLINE]["reasons"]
