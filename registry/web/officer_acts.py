"""What officers do with a match: for each act what it is called, what it asks, what it calls."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from registry.domain.msgid import N_
from registry.domain.pipeline import Mover
from registry.identity.actor import Actor
from registry.schemas.amounts import AmountField
from registry.schemas.match import NOTE_LENGTH
from registry.schemas.need import MOST_MONTHS
from registry.schemas.plain import Code, Day, Flag, Whole
from registry.schemas.record import InputSchema
from registry.schemas.texts import Prose
from registry.services.matches.award_match import award_match
from registry.services.matches.consent_match import consent_match
from registry.services.matches.decline_match import decline_match
from registry.services.matches.dismiss_match import dismiss_match
from registry.services.matches.forbid_match import forbid_match
from registry.services.matches.note_match import note_match
from registry.services.matches.offer_match import offer_match
from registry.services.matches.pin_match import pin_match
from registry.services.matches.record_interest import record_interest
from registry.services.matches.shortlist_match import shortlist_match
from registry.services.matches.waive_rule import waive_rule
from registry.storage.database import RegistrySession
from registry.web.introductions import refusal_schema
from search.codes import ReviewKind
from search.eligibility.catalogue import load_rules

Do = Callable[..., dict[str, Any]]


def _schema(**fields: Any) -> Schema:
    return InputSchema.from_dict(fields)()


def _note(*, required: bool = False) -> Prose:
    return Prose(NOTE_LENGTH, required=required)


@dataclass(frozen=True, slots=True)
class Act:
    """One act: msgids of its button and of what follows from it, its schema, its service.

    `at_once` acts need nothing but a press of the button; the others have a page with a form.
    """

    button: str
    follows: str
    schema: Callable[[], Schema]
    do: Do
    at_once: bool = False
    tone: str = "secondary"


def _unpin(session: RegistrySession, actor: Actor, match_id: str, **fields: Any) -> dict[str, Any]:
    return pin_match(session, actor, match_id, pinned=False, **fields)


def _optional_note() -> Schema:
    return _schema(note=_note())


def _required_note() -> Schema:
    return _schema(note=_note(required=True))


def _refusal() -> Schema:
    return refusal_schema(Mover.OFFICER)


def _waiver() -> Schema:
    rule = Code(tuple(load_rules()), required=True)
    return _schema(rule=rule, note=_note(required=True), until=Day())


def _award() -> Schema:
    return _schema(
        amount=AmountField(required=True),
        awarded_on=Day(),
        months=Whole(1, MOST_MONTHS),
        meets_need=Flag(),
        conditions=Prose(NOTE_LENGTH),
        note=_note(),
    )


ACTS: Mapping[str, Act] = {
    ReviewKind.SHORTLIST: Act(
        N_("Put on the short list"),
        N_("Only officers see it. Next an officer decides whether the donor is to see it."),
        _optional_note,
        shortlist_match,
        at_once=True,
        tone="primary",
    ),
    ReviewKind.OFFER: Act(
        N_("Show to the donor"),
        N_("The donor sees codes and amount; text only where the need's readers allow it."),
        _optional_note,
        offer_match,
        at_once=True,
        tone="primary",
    ),
    ReviewKind.INTEREST: Act(
        N_("Write down the donor's yes"),
        N_(
            "The donor has no account, so you speak for it: say in the note how its word came. "
            "The organisation then sees the offer."
        ),
        _required_note,
        record_interest,
        tone="primary",
    ),
    ReviewKind.CONSENT: Act(
        N_("Write down the organisation's yes"),
        N_(
            "The organisation has no account, so you speak for it: say in the note how its word "
            "came. The donor then learns its pseudonym and reads the text."
        ),
        _required_note,
        consent_match,
        tone="primary",
    ),
    ReviewKind.AWARD: Act(
        N_("Record the help that was agreed"),
        N_("The amount is counted towards the need and taken from the offer."),
        _award,
        award_match,
        tone="primary",
    ),
    ReviewKind.DECLINE: Act(
        N_("Decline"),
        N_("The pairing ends. It comes back only if the need or the offer changes."),
        _refusal,
        decline_match,
    ),
    ReviewKind.DISMISS: Act(
        N_("Set aside as mistaken"),
        N_(
            "For a proposal that should not have been made; the reasons show which rules mislead. "
            "It stays away until the need or the offer changes."
        ),
        _refusal,
        dismiss_match,
    ),
    ReviewKind.FORBID: Act(
        N_("Never pair these two"),
        N_("They are not proposed to each other again, whatever changes."),
        _refusal,
        forbid_match,
    ),
    ReviewKind.WAIVE: Act(
        N_("Set a rule aside"),
        N_(
            "It counts for this pairing only, with your reason. A rule that protects the "
            "organisation is set aside only once the organisation itself has said yes."
        ),
        _waiver,
        waive_rule,
    ),
    ReviewKind.PIN: Act(
        N_("Keep on top"),
        N_("It stands first among the proposals of its need."),
        _optional_note,
        pin_match,
        at_once=True,
    ),
    "unpin": Act(
        N_("No longer keep on top"),
        N_("It stands where its score puts it."),
        _optional_note,
        _unpin,
        at_once=True,
    ),
    ReviewKind.NOTE: Act(
        N_("Write a note"),
        N_("Officers read it; it goes when the organisation deletes itself."),
        _required_note,
        note_match,
    ),
}
"""Kind of review -> how an officer makes it, in the order in which buttons stand."""

UNPIN = "unpin"


def kind_of(act: str) -> str:
    """Return the kind of review that an act writes."""
    return ReviewKind.PIN if act == UNPIN else act
