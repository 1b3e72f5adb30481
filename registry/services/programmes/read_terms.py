"""By what the offers of a programme are judged: the terms of its newest version, or of any."""

from dataclasses import dataclass, replace

from sqlmodel import col, select

from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.programmes import AS_SHIPPED, GENERAL, Programme, ProgrammeVersion
from search.eligibility.catalogue import optional_rules
from search.matching.weights import Weights, find_weights, load_weights


@dataclass(frozen=True, slots=True)
class Terms:
    """Which version of which programme judges, with what weights, and the rules it leaves out."""

    programme_id: str
    number: int
    weights: Weights
    left_out: frozenset[str]


def shipped_terms(programme_id: str = GENERAL) -> Terms:
    """Return what counts where nobody wrote a version: the house's weights and every rule."""
    return Terms(programme_id, AS_SHIPPED, load_weights(), frozenset())


def read_present_terms(session: RegistrySession) -> dict[str, Terms]:
    """Return the terms of every programme's newest version, by its id."""
    found = {each: shipped_terms(each) for each in session.exec(select(col(Programme.id)))}
    newest = (
        select(ProgrammeVersion)
        .join(Programme, col(Programme.id) == col(ProgrammeVersion.programme_id))
        .where(col(ProgrammeVersion.number) == col(Programme.number))
    )
    return found | {row.programme_id: terms_of(row) for row in session.exec(newest)}


def terms_of(row: ProgrammeVersion) -> Terms:
    """Read a stored version. A rule that is not optional any more is not left out any more."""
    return make_terms(row.programme_id, row.number, row.left_out, row.weights, row.base)


def make_terms(
    programme_id: str, number: int, left_out: list[str], weights: dict[str, int], base: str
) -> Terms:
    """Put terms together; all that they do not say is as in the weights file `base`."""
    house = find_weights(base) or load_weights()
    of_parts = {code: weights.get(code, 0) for code in house.of_parts}
    return Terms(
        programme_id,
        number,
        replace(house, version=name_version(programme_id, number), of_parts=of_parts),
        frozenset(left_out) & optional_rules(),
    )


def name_version(programme_id: str, number: int) -> str:
    """Name a version shortly, as matches keep it: "general-3", "5f2a9c0d-1"."""
    return f"{'general' if programme_id == GENERAL else programme_id[:8]}-{number}"


def terms_of_match(session: RegistrySession, match: Match) -> Terms | None:
    """Return the terms by which a match was judged; None where they were not kept."""
    programme_id = match.programme_id or GENERAL
    if match.programme_number == AS_SHIPPED:
        house = find_weights(match.weights_version)
        return Terms(programme_id, AS_SHIPPED, house, frozenset()) if house else None
    row = session.exec(
        select(ProgrammeVersion).where(
            col(ProgrammeVersion.programme_id) == programme_id,
            col(ProgrammeVersion.number) == match.programme_number,
        )
    ).first()
    return terms_of(row) if row else None


def weights_of_match(session: RegistrySession, match: Match) -> Weights | None:
    """Return the weights that a match was scored by; None where they were not kept."""
    terms = terms_of_match(session, match)
    return terms.weights if terms else None
