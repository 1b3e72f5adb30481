"""One programme as officers read it: what it says now, its offers, and every version it had."""

from typing import Any

from sqlmodel import col, func, select

from registry.domain.errors import NotAllowedError
from registry.identity.actor import Actor
from registry.services.matches.matched_records import belongs_to
from registry.services.matches.write_review import short_of
from registry.services.programmes.find_programme import find_programme
from registry.services.programmes.read_terms import Terms, read_present_terms, terms_of
from registry.storage.database import RegistrySession
from registry.storage.offers import Offer
from registry.storage.programmes import GENERAL, Programme, ProgrammeVersion


def list_programmes(session: RegistrySession, actor: Actor) -> list[dict[str, Any]]:
    """Return all programmes, the general one first, then by name.

    `{"id", "version", "name" (None for the general one), "is_general", "number", "offers",
    "left_out" (codes), "weights" (part -> whole number)}`; `offers` counts those of any status.

    Raises:
        NotAllowedError: the actor is no officer.
    """
    if not actor.is_officer:
        raise NotAllowedError
    terms = read_present_terms(session)
    found = [_line(session, row, terms[row.id]) for row in session.exec(select(Programme))]
    return sorted(found, key=lambda line: (not line["is_general"], line["name"] or "", line["id"]))


def get_programme(session: RegistrySession, actor: Actor, programme_id: str) -> dict[str, Any]:
    """Return one programme as `list_programmes` does, with its `versions`.

    Versions come newest first: `{"number", "day", "by" (short id), "by_me", "left_out",
    "weights", "reason"}`.

    Raises:
        NotAllowedError, NotFoundError: see `find_programme`.
    """
    row = find_programme(session, actor, programme_id)
    line = _line(session, row, read_present_terms(session)[row.id])
    statement = (
        select(ProgrammeVersion)
        .where(col(ProgrammeVersion.programme_id) == row.id)
        .order_by(col(ProgrammeVersion.number).desc())
    )
    versions = [_version(session, actor, each) for each in session.exec(statement)]
    return line | {"versions": versions}


def name_programme(session: RegistrySession, programme_id: str | None) -> str | None:
    """Return what officers called a programme; None for the house's general one."""
    row = session.get(Programme, programme_id or GENERAL)
    return session.vault.read(row, "name") if row else None


def _line(session: RegistrySession, row: Programme, terms: Terms) -> dict[str, Any]:
    count = select(func.count()).select_from(Offer).where(belongs_to(row.id))
    return {
        "id": row.id,
        "version": row.version,
        "name": session.vault.read(row, "name"),
        "is_general": row.id == GENERAL,
        "number": row.number,
        "offers": session.exec(count).one(),
        **describe_terms(terms),
    }


def describe_terms(terms: Terms) -> dict[str, Any]:
    """Return what terms say: `{"left_out", "weights"}`, in a stable order."""
    weights = {code: round(weight) for code, weight in terms.weights.of_parts.items()}
    return {"left_out": sorted(terms.left_out), "weights": weights}


def _version(session: RegistrySession, actor: Actor, row: ProgrammeVersion) -> dict[str, Any]:
    return {
        "number": row.number,
        "day": row.day,
        "by": short_of(row.by_account_id) if row.by_account_id else None,
        "by_me": row.by_account_id == actor.account_id,
        "reason": session.vault.read(row, "reason"),
        **describe_terms(terms_of(row)),
    }
