"""Every act is written once: as a review that people read, and as an entry that mirrors it."""

import pytest
from sqlmodel import col, select

from registry.domain.errors import ReasonMissingError, RecordRefusedError
from registry.identity.actor import Actor
from registry.services.matches.consent_match import consent_match
from registry.services.matches.decline_match import decline_match
from registry.services.matches.forbid_match import forbid_match
from registry.services.matches.match_history import match_history
from registry.services.matches.move_match import end_match
from registry.services.matches.note_match import note_match
from registry.services.matches.pin_match import pin_match
from registry.services.matches.see_match import see_match
from registry.services.topics import MATCH_CHANGED
from registry.storage.audit import AuditEntry, verify_audit
from registry.storage.database import RegistrySession
from registry.storage.matches import Review
from registry.storage.outbox import OutboxEntry
from search.codes import MatchState, ReasonCode, ReviewKind
from tests.factories.matches import Pair, bring_to

S = MatchState
NOTE = "Their lawyer would like to talk first."


def history_of(session: RegistrySession, actor: Actor, pair: Pair) -> list[dict[str, object]]:
    return match_history(session, actor, pair.match, see_match(session, actor, pair.id).part)


def entries_of(session: RegistrySession, pair: Pair) -> list[AuditEntry]:
    statement = select(AuditEntry).where(col(AuditEntry.subject) == pair.id)
    return list(session.exec(statement.order_by(col(AuditEntry.id))))


def test_history_and_trail_tell_the_same_in_the_same_order(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    pin_match(session, officer, pair.id)
    note_match(session, officer, pair.id, note=NOTE)
    bring_to(session, pair, officer, S.INTRODUCED)
    decline_match(session, pair.giver, pair.id, reason_code=ReasonCode.ALREADY_FUNDED)
    acts = [
        (f"match_{act['kind']}", act.get("reason_code"))
        for act in history_of(session, officer, pair)
    ]
    by_the_house = {"match_proposed", "match_introduced"}
    trail = [
        (entry.act, entry.detail)
        for entry in entries_of(session, pair)
        if entry.act not in by_the_house
    ]
    assert acts == trail
    assert [act for act, _ in acts] == [
        *("match_pin", "match_note", "match_shortlist", "match_offer"),
        *("match_interest", "match_consent", "match_decline"),
    ]
    assert verify_audit(session) is None


def test_the_trail_says_who_did_it(session: RegistrySession, pair: Pair, officer: Actor) -> None:
    bring_to(session, pair, officer, S.INTRODUCED)
    assert [(entry.act, entry.actor) for entry in entries_of(session, pair)] == [
        ("match_proposed", "system"),
        ("match_shortlist", officer.account_id),
        ("match_offer", officer.account_id),
        ("match_interest", pair.giver.account_id),
        ("match_consent", pair.holder.account_id),
        ("match_introduced", pair.holder.account_id),
    ]


def test_the_trail_holds_codes_and_no_text(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    note_match(session, officer, pair.id, note=NOTE)
    assert all(NOTE not in f"{entry.act}{entry.detail}" for entry in entries_of(session, pair))


def test_a_note_is_guarded_by_the_organisations_key(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    note_match(session, officer, pair.id, note=NOTE)
    review = session.exec(select(Review)).one()
    assert review.note is not None
    assert NOTE.encode() not in review.note.body
    assert review.key_owner == pair.organisation.id
    assert session.vault.read(review, "note") == NOTE


def test_a_note_without_words_is_refused(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    with pytest.raises(RecordRefusedError):
        note_match(session, officer, pair.id, note="")


def test_every_act_asks_the_worker_to_look(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    def asked() -> int:
        statement = select(OutboxEntry).where(col(OutboxEntry.topic) == MATCH_CHANGED)
        return len([each for each in session.exec(statement) if each.subjects == [pair.id]])

    before = asked()
    note_match(session, officer, pair.id, note=NOTE)
    assert asked() == before + 1
    bring_to(session, pair, officer, S.SHORTLISTED)
    assert asked() == before + 2


def test_introduction_follows_from_the_yes_in_one_act(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, S.INTERESTED)
    assert consent_match(session, pair.holder, pair.id)["state"] == S.INTRODUCED


@pytest.mark.parametrize(
    ("who", "state", "reason"),
    [
        ("officer", S.PROPOSED, None),
        ("officer", S.PROPOSED, ReasonCode.NO_LONGER_AVAILABLE),
        ("giver", S.OFFERED, None),
        ("giver", S.OFFERED, ReasonCode.DONOR_NOT_TRUSTED),
        ("giver", S.OFFERED, ReasonCode.NO_ANSWER),
        ("holder", S.INTERESTED, None),
        ("holder", S.INTERESTED, ReasonCode.AMOUNT_TOO_LARGE),
    ],
)
def test_a_no_needs_a_reason_that_is_ones_own_to_give(
    session: RegistrySession,
    pair: Pair,
    officer: Actor,
    *,
    who: str,
    state: MatchState,
    reason: ReasonCode | None,
) -> None:
    bring_to(session, pair, officer, state)
    actor = officer if who == "officer" else getattr(pair, who)
    with pytest.raises(ReasonMissingError):
        decline_match(session, actor, pair.id, reason_code=reason)
    assert pair.match.state == state


def test_the_other_side_reads_a_reason_only_where_it_may(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, S.INTERESTED)
    decline_match(
        session, pair.holder, pair.id, reason_code=ReasonCode.DONOR_NOT_TRUSTED, note=NOTE
    )
    own = history_of(session, pair.holder, pair)[-1]
    assert (own["reason_code"], own["note"]) == (ReasonCode.DONOR_NOT_TRUSTED, NOTE)
    others = history_of(session, pair.giver, pair)[-1]
    assert others["kind"] == ReviewKind.DECLINE
    assert "reason_code" not in others
    assert "note" not in others
    assert history_of(session, officer, pair)[-1]["reason_code"] == ReasonCode.DONOR_NOT_TRUSTED


def test_an_open_reason_is_told_to_the_other_side(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, S.INTERESTED)
    decline_match(session, pair.holder, pair.id, reason_code=ReasonCode.TIMING)
    assert history_of(session, pair.giver, pair)[-1]["reason_code"] == ReasonCode.TIMING


def test_a_ban_reads_like_any_no(session: RegistrySession, pair: Pair, officer: Actor) -> None:
    bring_to(session, pair, officer, S.INTERESTED)
    forbid_match(session, officer, pair.id, reason_code=ReasonCode.CONFLICT_OF_INTEREST)
    for side in (pair.giver, pair.holder):
        last = history_of(session, side, pair)[-1]
        assert last["kind"] == ReviewKind.DECLINE
        assert "reason_code" not in last
    assert history_of(session, officer, pair)[-1]["kind"] == ReviewKind.FORBID


def test_a_side_reads_nothing_of_what_officers_did_before(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    pin_match(session, officer, pair.id)
    bring_to(session, pair, officer, S.INTERESTED)
    kinds = [act["kind"] for act in history_of(session, pair.giver, pair)]
    assert kinds == [ReviewKind.OFFER, ReviewKind.INTEREST]
    assert [act["kind"] for act in history_of(session, pair.holder, pair)] == [ReviewKind.INTEREST]


def test_what_days_end_says_so_without_naming_anybody(
    session: RegistrySession, pair: Pair, officer: Actor
) -> None:
    bring_to(session, pair, officer, S.OFFERED)
    end_match(session, pair.match, S.EXPIRED)
    last = history_of(session, pair.giver, pair)[-1]
    assert (last["kind"], last["by_role"]) == (ReviewKind.DECLINE, "worker")
    assert last["reason_code"] == ReasonCode.NO_LONGER_AVAILABLE
    assert not last["by_me"]
