"""Which part an actor plays in a match, and from when on that part may see it.

An officer sees every match. A donor sees one from the day it was offered, an organisation from
the day the donor said that it would help. Before that a match looks like one that is not there.
"""

from dataclasses import dataclass

from registry.domain.audience import Audience
from registry.domain.errors import ConflictError, NotFoundError
from registry.domain.pipeline import Mover
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.identity.permissions import owns_organisation
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.organisations import Organisation
from search.codes import MatchState, Reader, Vetting

AGREED_STATES = (MatchState.CONSENTED, MatchState.INTRODUCED, MatchState.AWARDED)
"""States in which the organisation said yes, so the donor may know who it is."""

ASKED_STATES = (MatchState.OFFERED, MatchState.INTERESTED)
"""States in which the donor has something to decide or to wait for."""


@dataclass(frozen=True, slots=True)
class SeenMatch:
    """A match together with the part that the actor plays in it."""

    match: Match
    part: Mover


def see_match(session: RegistrySession, actor: Actor, match_id: str) -> SeenMatch:
    """Return a match that the actor may see, and as whom.

    Raises:
        NotFoundError: there is none, or none that the actor may see yet; both look the same.
    """
    match = session.get(Match, match_id)
    part = part_in(session, actor, match) if match else None
    if match is None or part is None or not _is_visible(match, part):
        raise NotFoundError
    return SeenMatch(match, part)


def part_in(session: RegistrySession, actor: Actor, match: Match) -> Mover | None:
    """Return the actor's part in a match: officer, donor, organisation (or its hub), or none."""
    if actor.is_officer:
        return Mover.OFFICER
    if actor.role is Role.DONOR:
        return Mover.DONOR if actor.donor_id == match.donor_id else None
    organisation = session.get_one(Organisation, match.organisation_id)
    return Mover.ORGANISATION if owns_organisation(actor, organisation) else None


def audience_of(match: Match, part: Mover, need: Need, donor: Donor) -> Audience:
    """Return which fields of the two sides this part may read in the state of the match.

    A donor that is not verified, or no longer, reads codes and amounts only.
    """
    if part is Mover.OFFICER:
        return Audience.OFFICER
    if part is Mover.ORGANISATION:
        return Audience.ORGANISATION_OFFERED
    if donor.vetting != Vetting.VERIFIED:
        return Audience.DONOR_OFFERED
    if match.state in AGREED_STATES:
        return Audience.DONOR_INTRODUCED
    # Once it came to nothing, what the organisation writes from then on is not for this donor.
    reads_text = match.state in ASKED_STATES and Reader.DONORS in (need.readers or ())
    return Audience.DONOR_OFFERED_TEXT if reads_text else Audience.DONOR_OFFERED


def check_page_version(record: str, current: int | None, given: int | None) -> None:
    """Let an act pass that was made from what stands now, or from no page at all.

    Raises:
        ConflictError: somebody changed the record since the page was made.
    """
    if given is not None and given != current:
        raise ConflictError(record, current or 0)


def _is_visible(match: Match, part: Mover) -> bool:
    if part is Mover.DONOR:
        return match.offered_on is not None
    return part is Mover.OFFICER or match.interested_on is not None
