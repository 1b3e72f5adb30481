"""An officer writes the next version of a programme; its offers are then matched by it."""

from itertools import islice
from typing import Any

from sqlmodel import col, delete

from registry.domain.errors import FieldProblem, RecordRefusedError
from registry.domain.identifiers import new_id
from registry.identity.actor import Actor
from registry.services.changes import check_version
from registry.services.matches.matched_records import belongs_to, matched_offers
from registry.services.programmes.check_terms import check_terms
from registry.services.programmes.find_programme import find_programme
from registry.services.programmes.get_programme import describe_terms, get_programme
from registry.services.programmes.read_terms import read_present_terms
from registry.services.topics import OFFER_CHANGED
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.outbox import put_outbox
from registry.storage.programmes import Programme, ProgrammeDraft, ProgrammeVersion
from search.matching.weights import load_weights

OFFERS_AT_ONCE = 20
"""Offers that one entry of the outbox asks to be matched anew."""


def save_programme(
    session: RegistrySession,
    actor: Actor,
    programme_id: str,
    *,
    left_out: list[str],
    weights: dict[str, int],
    reason: str | None,
    version: int | None,
) -> dict[str, Any]:
    """Write the next version, and have every pair of the programme's offers judged by it.

    Terms that stand already are not written twice, so that sending a form again is harmless.

    Args:
        session: a writing session.
        actor: an officer.
        programme_id: the programme.
        left_out: codes of the optional rules that it does not apply.
        weights: part -> whole number from 0 to 100; at least one above 0.
        reason: why; officers read it with the version.
        version: of the programme's row, as the page showed it.

    Returns:
        The programme, as `get_programme` does.

    Raises:
        RecordRefusedError: see `check_terms`; or no reason is given.
        VersionMissingError, ConflictError: somebody wrote a version since; nothing was written.
        NotAllowedError, NotFoundError: see `find_programme`.
    """
    programme = find_programme(session, actor, programme_id)
    check_terms(left_out, weights)
    terms = {"left_out": sorted(left_out), "weights": weights}
    if terms == describe_terms(read_present_terms(session)[programme.id]):
        return get_programme(session, actor, programme.id)
    if not reason:
        raise RecordRefusedError([FieldProblem("reason", "required")])
    check_version("programme", programme, version)
    _write_version(session, actor, programme, terms, reason)
    _ask_for_its_pairs(session, programme.id)
    return get_programme(session, actor, programme.id)


def _write_version(
    session: RegistrySession,
    actor: Actor,
    programme: Programme,
    terms: dict[str, Any],
    reason: str,
) -> None:
    programme.number += 1
    row = ProgrammeVersion(
        id=new_id(),
        programme_id=programme.id,
        number=programme.number,
        day=session.today,
        by_account_id=actor.account_id,
        **terms,
        base=load_weights().version,
    )
    session.vault.keys.make_key(programme.id)  # the general one has none before its first version
    session.vault.write(row, "reason", reason)
    session.add_all([programme, row])
    session.exec(  # what another officer tries meanwhile stays theirs
        delete(ProgrammeDraft).where(
            col(ProgrammeDraft.programme_id) == programme.id,
            col(ProgrammeDraft.by_account_id) == actor.account_id,
        )
    )
    session.flush()
    write_audit(session, actor.account_id, "programme_saved", programme.id, str(programme.number))


def _ask_for_its_pairs(session: RegistrySession, programme_id: str) -> None:
    offers = iter([offer.id for offer, _ in matched_offers(session, belongs_to(programme_id))])
    while part := list(islice(offers, OFFERS_AT_ONCE)):
        put_outbox(session, OFFER_CHANGED, *part)
