"""An officer tries other terms of a programme: nothing is saved, the worker counts their effect."""

from typing import Any

from sqlmodel import col, delete

from registry.domain.errors import NotFoundError
from registry.domain.identifiers import new_id
from registry.identity.actor import Actor
from registry.services.programmes.check_terms import check_terms
from registry.services.programmes.find_programme import find_programme
from registry.services.topics import PROGRAMME_DRAFTED
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.outbox import put_outbox
from registry.storage.programmes import ProgrammeDraft


def draft_programme(
    session: RegistrySession,
    actor: Actor,
    programme_id: str,
    *,
    left_out: list[str],
    weights: dict[str, int],
    version: int,
) -> str:
    """Keep terms to be tried until the day ends, ask the worker to count, return the draft's id.

    `version` is that of the programme's row on the page that the terms were typed on.

    Raises:
        RecordRefusedError: see `check_terms`.
        NotAllowedError, NotFoundError: see `find_programme`.
    """
    programme = find_programme(session, actor, programme_id)
    check_terms(left_out, weights)
    session.exec(delete(ProgrammeDraft).where(col(ProgrammeDraft.day) < session.today))
    draft = ProgrammeDraft(
        id=new_id(),
        programme_id=programme.id,
        made_from=version,
        day=session.today,
        by_account_id=actor.account_id,
        left_out=sorted(left_out),
        weights=weights,
    )
    session.add(draft)
    put_outbox(session, PROGRAMME_DRAFTED, draft.id)
    session.flush()
    return draft.id


def find_draft(
    session: RegistrySession, actor: Actor, programme_id: str, draft_id: str
) -> ProgrammeDraft:
    """Return a draft of a programme.

    Raises:
        NotFoundError: there is none, it was saved or thrown away, or its day ended.
        NotAllowedError: see `find_programme`.
    """
    find_programme(session, actor, programme_id)
    draft = session.get(ProgrammeDraft, draft_id)
    if draft is None or draft.programme_id != programme_id:
        raise NotFoundError
    return draft


def get_draft(
    session: RegistrySession, actor: Actor, programme_id: str, draft_id: str
) -> dict[str, Any]:
    """Return `{"id", "made_from", "day", "left_out", "weights", "effect"}`.

    `effect` is None until the worker has counted; then it is as `count_effect` says, its examples
    also with the need's `category` and `country` and the offer's `instrument`.

    Raises:
        NotFoundError, NotAllowedError: see `find_draft`.
    """
    draft = find_draft(session, actor, programme_id, draft_id)
    names = ("id", "made_from", "day", "left_out", "weights")
    effect = draft.effect
    if effect is not None:
        lines = (_example(session, each) for each in effect["examples"])
        effect = effect | {"examples": [line for line in lines if line]}
    return {name: getattr(draft, name) for name in names} | {"effect": effect}


def _example(session: RegistrySession, pair: dict[str, Any]) -> dict[str, Any] | None:
    """Put a pair in codes; None where one of its sides is gone by now."""
    need, offer = session.get(Need, pair["need"]), session.get(Offer, pair["offer"])
    if need is None or offer is None:
        return None
    codes = {"category": need.category, "country": need.country, "instrument": offer.instrument}
    return pair | codes


def drop_draft(session: RegistrySession, actor: Actor, programme_id: str, draft_id: str) -> None:
    """Throw a draft away; what the worker has not counted yet it then leaves out.

    Raises:
        NotFoundError, NotAllowedError: see `find_draft`.
    """
    session.delete(find_draft(session, actor, programme_id, draft_id))
    session.flush()
