"""The three things that would name somebody: each sealed, given and taken back by itself."""

from registry.domain.pipeline import Mover
from search.codes import EnvelopeKind, Instrument, MatchState

KINDS: dict[Mover, tuple[EnvelopeKind, ...]] = {
    Mover.ORGANISATION: tuple(EnvelopeKind),
    Mover.DONOR: (EnvelopeKind.CONTACT, EnvelopeKind.LEGAL_NAME),
}
"""Side of a pairing -> what it can have sealed."""

EVIDENCE = "evidence"
"""What officers found when they checked a party; it is theirs, and no side ever gives it."""

_CONTACT_IS_ENOUGH = (Instrument.SERVICE, Instrument.IN_KIND)

MAY_GIVE: dict[Mover, tuple[MatchState, ...]] = {
    Mover.DONOR: (
        *(MatchState.INTERESTED, MatchState.CONSENTED, MatchState.INTRODUCED),
        MatchState.AWARDED,
    ),
    Mover.ORGANISATION: (MatchState.CONSENTED, MatchState.INTRODUCED, MatchState.AWARDED),
}
"""Side -> the states from its own yes on: before it, there is nobody to give anything to."""

MAY_READ = (MatchState.INTRODUCED, MatchState.AWARDED)
"""Both said yes: what was given is shown."""


def kinds_given(side: Mover, instrument: str) -> tuple[EnvelopeKind, ...]:
    """Return what a side may give where help of this kind is offered.

    Services and things reach somebody by a contact; only money asks for more.
    """
    if instrument in _CONTACT_IS_ENOUGH:
        return (EnvelopeKind.CONTACT,)
    return KINDS[side]
