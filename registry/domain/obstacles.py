"""What can stand in the way of a step with a match, besides the state it is in.

Codes and English msgids; pages translate them. A rule's own sentence says what it is about, so
an obstacle that comes from a rule names the rule and no more.
"""

from dataclasses import dataclass
from enum import StrEnum

from registry.domain.msgid import N_


class ObstacleCode(StrEnum):
    STATE = "state"
    OTHER_PARTY = "other_party"
    PARTY_HAS_ACCOUNT = "party_has_account"
    ORGANISATION_NOT_TRUSTED = "organisation_not_trusted"
    ORGANISATION_SUSPENDED = "organisation_suspended"
    ORGANISATION_NOT_ACTIVE = "organisation_not_active"
    DONOR_SUSPENDED = "donor_suspended"
    DONOR_NOT_VERIFIED = "donor_not_verified"
    DONOR_NOT_ACTIVE = "donor_not_active"
    NEED_CLOSED = "need_closed"
    OFFER_CLOSED = "offer_closed"
    RULE_NOT_MET = "rule_not_met"
    RULE_UNKNOWN = "rule_unknown"
    WAIVER_AWAITS_ORGANISATION = "waiver_awaits_organisation"
    NOTHING_TO_WAIVE = "nothing_to_waive"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way; `rule` is the code of the rule it comes from, if it does."""

    code: ObstacleCode
    rule: str | None = None


OBSTACLES: dict[ObstacleCode, str] = {
    ObstacleCode.STATE: N_("This is not the moment for it: see where the pairing stands."),
    ObstacleCode.OTHER_PARTY: N_("Somebody else has to decide this."),
    ObstacleCode.PARTY_HAS_ACCOUNT: N_(
        "The party has an account of its own and decides there; ask it a question if it is slow."
    ),
    ObstacleCode.ORGANISATION_NOT_TRUSTED: N_(
        "The organisation has to be vouched for first, or hosted by one that was checked."
    ),
    ObstacleCode.ORGANISATION_SUSPENDED: N_(
        "The organisation is suspended; clear up what happened first."
    ),
    ObstacleCode.ORGANISATION_NOT_ACTIVE: N_("The organisation is not active at present."),
    ObstacleCode.DONOR_SUSPENDED: N_("The donor is suspended; clear up what happened first."),
    ObstacleCode.DONOR_NOT_VERIFIED: N_(
        "The donor has to be checked again first: nobody else learns who asks for help."
    ),
    ObstacleCode.DONOR_NOT_ACTIVE: N_("The donor is not active at present."),
    ObstacleCode.NEED_CLOSED: N_("The need is no longer open."),
    ObstacleCode.OFFER_CLOSED: N_("The offer is not open."),
    ObstacleCode.RULE_NOT_MET: N_(
        "A rule stands in the way: have it changed, or set it aside for this pairing."
    ),
    ObstacleCode.RULE_UNKNOWN: N_(
        "A rule that protects the organisation cannot be decided yet: ask for what is missing."
    ),
    ObstacleCode.WAIVER_AWAITS_ORGANISATION: N_(
        "The organisation has been asked whether this rule may be set aside; wait for its yes."
    ),
    ObstacleCode.NOTHING_TO_WAIVE: N_("This rule does not stand in the way of this pairing."),
    ObstacleCode.FORBIDDEN: N_("An officer decided that these two are never to be paired."),
}
"""Code -> English msgid that says what to do next."""
