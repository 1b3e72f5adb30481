"""What stands in the way of a step with a match, besides its state: trust, closed records, rules.

The acts refuse by this list, and the match page greys its buttons by it, so both say the same.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from registry.domain.obstacles import Obstacle, ObstacleCode
from registry.services.matches.verdicts import JudgedRule, read_rules
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.codes import (
    MATCHED_NEED_STATUSES,
    MATCHED_OFFER_STATUSES,
    Outcome,
    RecordState,
    ReviewKind,
    Vetting,
)

Obstacles = Iterator[Obstacle]


@dataclass(frozen=True, slots=True)
class Sides:
    """The four records that a match joins, and whether a verified organisation hosts this one."""

    need: Need
    organisation: Organisation
    offer: Offer
    donor: Donor
    hosted_by_verified: bool


def read_sides(session: RegistrySession, match: Match) -> Sides:
    """Read the records on both sides of a match."""
    organisation = session.get_one(Organisation, match.organisation_id)
    host = (
        session.get(Organisation, organisation.hosted_by_id) if organisation.hosted_by_id else None
    )
    return Sides(
        need=session.get_one(Need, match.need_id),
        organisation=organisation,
        offer=session.get_one(Offer, match.offer_id),
        donor=session.get_one(Donor, match.donor_id),
        hosted_by_verified=host is not None
        and host.vetting == Vetting.VERIFIED
        and host.state == RecordState.ACTIVE,
    )


def find_obstacles(session: RegistrySession, match: Match, kind: ReviewKind) -> list[Obstacle]:
    """Return everything that stands in the way of one kind of review, most basic first."""
    checks = _CHECKS.get(kind, ())
    if not checks:
        return []
    sides = read_sides(session, match)
    found = [obstacle for check in checks for obstacle in check(sides)]
    if kind is ReviewKind.OFFER:
        found += _check_rules(read_rules(session, match))
    return found


def _check_trust(sides: Sides) -> Obstacles:
    trusted = (Vetting.VOUCHED, Vetting.VERIFIED)
    if sides.organisation.vetting == Vetting.SUSPENDED:
        yield Obstacle(ObstacleCode.ORGANISATION_SUSPENDED)
    elif sides.organisation.vetting not in trusted and not sides.hosted_by_verified:
        yield Obstacle(ObstacleCode.ORGANISATION_NOT_TRUSTED)


def _check_donor(sides: Sides) -> Obstacles:
    if sides.donor.vetting == Vetting.SUSPENDED:
        yield Obstacle(ObstacleCode.DONOR_SUSPENDED)


def _check_donor_verified(sides: Sides) -> Obstacles:
    """A donor that is no longer verified reaches no identity, whatever was offered before."""
    if sides.donor.vetting not in (Vetting.VERIFIED, Vetting.SUSPENDED):
        yield Obstacle(ObstacleCode.DONOR_NOT_VERIFIED)


def _check_active(sides: Sides) -> Obstacles:
    if sides.organisation.state != RecordState.ACTIVE:
        yield Obstacle(ObstacleCode.ORGANISATION_NOT_ACTIVE)
    if sides.donor.state != RecordState.ACTIVE:
        yield Obstacle(ObstacleCode.DONOR_NOT_ACTIVE)


def _check_need_open(sides: Sides) -> Obstacles:
    if sides.need.status not in MATCHED_NEED_STATUSES:
        yield Obstacle(ObstacleCode.NEED_CLOSED)


def _check_offer_open(sides: Sides) -> Obstacles:
    if sides.offer.status not in MATCHED_OFFER_STATUSES:
        yield Obstacle(ObstacleCode.OFFER_CLOSED)


def _check_rules(rules: list[JudgedRule]) -> Obstacles:
    """A rule that is not met always stops; one that is not known, where it protects."""
    for rule in rules:
        if rule.is_waived:
            continue
        if rule.waiver_asked and rule.outcome is not Outcome.MET:
            yield Obstacle(ObstacleCode.WAIVER_AWAITS_ORGANISATION, rule.code)
        elif rule.outcome is Outcome.NOT_MET:
            yield Obstacle(ObstacleCode.RULE_NOT_MET, rule.code)
        elif rule.outcome is Outcome.NEEDS_INFORMATION and rule.protects_organisation:
            yield Obstacle(ObstacleCode.RULE_UNKNOWN, rule.code)


_TRUST = (_check_trust, _check_donor, _check_active)
_CHECKS: dict[ReviewKind, tuple[Callable[[Sides], Obstacles], ...]] = {
    ReviewKind.SHORTLIST: (*_TRUST, _check_need_open),
    ReviewKind.OFFER: (*_TRUST, _check_need_open, _check_offer_open),
    ReviewKind.INTEREST: (*_TRUST, _check_donor_verified, _check_need_open),
    ReviewKind.CONSENT: (*_TRUST, _check_donor_verified, _check_need_open),
    ReviewKind.AWARD: (_check_donor, _check_active),
}
"""Which checks a review has to pass; what is not named passes none: a no is always possible."""
