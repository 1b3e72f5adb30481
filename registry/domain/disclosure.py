"""What each side of a match learns of the other, and when: so that a yes is given knowingly.

And what either may learn of how many others there are: helpful numbers are also probes.
"""

from dataclasses import dataclass
from enum import StrEnum

from registry.domain.msgid import N_
from registry.domain.pipeline import Mover
from search.codes import MatchState


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One thing that a side learns of the other once the match gets to a state."""

    who: Mover
    what: str
    when: MatchState
    sentence: str


DISCLOSURES = (
    Disclosure(
        Mover.DONOR,
        "codes",
        MatchState.OFFERED,
        N_(
            "The donor sees what kind of help is asked for, how much, where and by when; "
            "the kind of organisation, the country of its seat and how far it was checked."
        ),
    ),
    Disclosure(
        Mover.ORGANISATION,
        "offer",
        MatchState.INTERESTED,
        N_("The organisation sees the offer, the donor's pseudonym and how far it was checked."),
    ),
    Disclosure(
        Mover.DONOR,
        "pseudonym",
        MatchState.CONSENTED,
        N_("The donor learns the organisation's pseudonym and what its work is about."),
    ),
    Disclosure(
        Mover.DONOR,
        "text",
        MatchState.CONSENTED,
        N_("The donor reads title and summary of the need."),
    ),
    Disclosure(
        Mover.DONOR,
        "contact",
        MatchState.INTRODUCED,
        N_("Each reads of contact, legal name and payout what the other one lets them read."),
    ),
)
"""In the order of the states."""

TEXT_BEFORE = Disclosure(
    Mover.DONOR,
    "text",
    MatchState.OFFERED,
    N_("The donor reads title and summary of the need, because the organisation allows donors to."),
)
"""Takes the place of the later line where a need's readers hold `donors`."""

_ORDER = (
    MatchState.OFFERED,
    MatchState.INTERESTED,
    MatchState.CONSENTED,
    MatchState.INTRODUCED,
    MatchState.AWARDED,
)


def disclosures(*, text_before: bool) -> tuple[Disclosure, ...]:
    """Return what is learnt and when, for a need whose text donors may read before or not."""
    lines = (
        TEXT_BEFORE if text_before and line.what == TEXT_BEFORE.what else line
        for line in DISCLOSURES
    )
    return tuple(sorted(lines, key=lambda line: _ORDER.index(line.when)))


def has_happened(line: Disclosure, state: MatchState, reached: MatchState | None) -> bool:
    """Say whether it was learnt already; of an ended match, `reached` is how far it had got."""
    furthest = state if state in _ORDER else reached
    return furthest in _ORDER and _ORDER.index(furthest) >= _ORDER.index(line.when)


SMALL = 10
"""Below this many, donors and organisations are told the same as of none at all."""


class Coarse(StrEnum):
    """How many, in the words that an organisation is told; `few` may be none."""

    FEW = "few"
    SOME = "some"
    MANY = "many"


_FEWER_THAN = ((SMALL, Coarse.FEW), (30, Coarse.SOME))


def coarse_for_organisation(count: int) -> Coarse:
    """Say how many as an organisation may know it: fewer than 10, fewer than 30, or more."""
    return next((word for bound, word in _FEWER_THAN if count < bound), Coarse.MANY)


def coarse_for_donor(count: int) -> int:
    """Round a count to 10 as a verified donor may know it; small and zero are both 0."""
    return 0 if count < SMALL else (count + 5) // 10 * 10
