"""Everybody who may look, and which audience of which planted record each belongs to.

What an audience may be shown is said by `registry.schemas.audience` alone; here stands only who is
which audience, by how far things have gone between the two sides.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from registry.domain.audience import Audience
from registry.domain.roles import Role, Scope
from registry.schemas.audience import fields_for
from search.codes import MatchState, Reader
from tests.exposure.plants import PLANTS, Plant

A = Audience
_ORDER = (
    MatchState.PROPOSED,
    MatchState.OFFERED,
    MatchState.INTERESTED,
    MatchState.INTRODUCED,
    MatchState.AWARDED,
)


@dataclass(frozen=True, slots=True)
class Viewer:
    """One who looks: in a browser, or with a key that has these scopes."""

    name: str
    role: Role | None
    side: str = ""
    """`asking`, `giving` or `hub`: of whom of the planted ones; "" of none."""
    scopes: tuple[Scope, ...] = ()


PAGES = (
    Viewer("visitor", None),
    Viewer("another organisation", Role.ORGANISATION),
    Viewer("another donor", Role.DONOR),
    Viewer("partner", Role.PARTNER),
    Viewer("auditor", Role.AUDITOR),
    Viewer("asking organisation", Role.ORGANISATION, "asking"),
    Viewer("its hub", Role.ORGANISATION, "hub"),
    Viewer("giving donor", Role.DONOR, "giving"),
    Viewer("admin", Role.ADMIN),
    Viewer("officer", Role.OFFICER),
)
_ALL = tuple(Scope)
KEYS = (
    Viewer(
        "key of a partner that reads codes", Role.PARTNER, "", (Scope.NEEDS_READ, Scope.OFFERS_READ)
    ),
    Viewer("key of a partner that reads texts", Role.PARTNER, "", _ALL),
    Viewer("key of another organisation", Role.ORGANISATION, "", _ALL),
    Viewer("key of another donor", Role.DONOR, "", _ALL),
    Viewer("key of the asking organisation", Role.ORGANISATION, "asking", _ALL),
    Viewer("key of the giving donor", Role.DONOR, "giving", _ALL),
    Viewer("key of an officer", Role.OFFICER, "", _ALL),
)


def allowed(viewer: Viewer, state: MatchState, readers: list[Reader]) -> frozenset[Plant]:
    """Return the plants that a viewer may come across, in whatever page or answer."""
    audiences = _audiences(viewer, _ORDER.index(state), readers)
    found = {
        (record, field)
        for record, field in PLANTS
        if record in audiences and field in fields_for(_KIND.get(record, record), audiences[record])
    }
    if state is not MatchState.AWARDED:
        found -= {("award", "conditions")}  # nothing is agreed yet
    return frozenset(found | _beside(viewer))


_KIND = {
    "public offer": "offer",
    "question to organisation": "question",
    "question to donor": "question",
}


def _audiences(viewer: Viewer, reached: int, readers: list[Reader]) -> Mapping[str, Audience]:
    """Return which audience of each record a viewer is; a record that is missing is none of its."""
    if viewer.role in (Role.OFFICER, Role.ADMIN):
        return dict.fromkeys((record for record, _ in PLANTS if record in _OFFICERS), A.OFFICER)
    seen = {"public offer": A.PUBLIC}
    if viewer.role is Role.PARTNER:
        return seen | _of_partner(viewer, readers)
    if viewer.side in ("asking", "hub"):
        own = dict.fromkeys(("organisation", "need", "question to organisation", "award"), A.OWNER)
        met = (
            {"donor": A.ORGANISATION_OFFERED}
            if reached >= _ORDER.index(MatchState.INTERESTED)
            else {}
        )
        return seen | own | met | {"offer": A.ORGANISATION}
    if viewer.side == "giving":
        own = dict.fromkeys(("donor", "offer", "public offer", "question to donor"), A.OWNER)
        return seen | own | _of_giving(reached, readers)
    return seen | ({"offer": A.ORGANISATION} if viewer.role is Role.ORGANISATION else {})


_OFFICERS = frozenset(
    {"organisation", "donor", "need", "offer", "public offer", "review", "award"}
    | {"question to organisation", "question to donor"}
)


def _of_partner(viewer: Viewer, readers: list[Reader]) -> dict[str, Audience]:
    """Partners read with keys alone; members' offers, and needs meant for them."""
    if not viewer.scopes:
        return {}
    reads = A.PARTNER_TEXT if Scope.NEEDS_TEXT in viewer.scopes else A.PARTNER
    return {"offer": A.PARTNER} | ({"need": reads} if Reader.PARTNERS in readers else {})


def _of_giving(reached: int, readers: list[Reader]) -> dict[str, Audience]:
    if reached >= _ORDER.index(MatchState.INTRODUCED):
        return dict.fromkeys(("need", "organisation", "award"), A.DONOR_INTRODUCED)
    if reached >= _ORDER.index(MatchState.OFFERED):
        offered = A.DONOR_OFFERED_TEXT if Reader.DONORS in readers else A.DONOR_OFFERED
        return dict.fromkeys(("need", "organisation"), offered)
    return {}


def _beside(viewer: Viewer) -> set[Plant]:
    """What is no field of a record and has pages alone: decisions on trust, own envelopes."""
    if viewer.scopes:
        return set()
    if viewer.role in (Role.OFFICER, Role.ADMIN):
        return {("vetting", "note"), ("programme", "name"), ("programme", "reason")}
    whose = {"asking": "organisation", "giving": "donor"}.get(viewer.side, "")
    return {plant for plant in PLANTS if plant[0] == f"envelope of {whose}"}
