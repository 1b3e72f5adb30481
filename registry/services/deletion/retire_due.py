"""What has been kept long enough goes by itself; `registry.domain.retention` says when."""

from collections.abc import Sequence

from sqlmodel import col, delete, or_, select

from registry.domain.retention import CLOSED_NEEDS, CLOSED_OFFERS, DECLINED_ORGANISATIONS
from registry.domain.trust import VettingStage
from registry.identity.actor import SYSTEM
from registry.identity.permissions import TRUSTED
from registry.services.deletion.remove_party import leave, remove_questions_about
from registry.services.topics import INDEX_REBUILD, NEED_CHANGED, OFFER_CHANGED
from registry.storage.audit import write_audits
from registry.storage.awards import Award, keep_awards
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from registry.storage.outbox import put_outbox
from registry.storage.vetting import VettingDecision
from search.codes import NeedStatus, OfferStatus, Vetting

MOST_AT_ONCE = 20
"""Records that one transaction removes, so that nobody waits long for the write lock."""

OVER = (NeedStatus.MET, NeedStatus.WITHDRAWN, NeedStatus.EXPIRED)


def retire_due(session: RegistrySession) -> int:
    """Remove needs, offers and organisations whose time has gone, a part of them at a time.

    Returns how many, so call it until it returns 0.
    """
    needs, offers, declined = _needs_due(session), _offers_due(session), _declined(session)
    _retire(session, Need, needs)
    _retire(session, Offer, offers)
    for party_id in declined:
        leave(session, session.get_one(Organisation, party_id))
    write_audits(session, SYSTEM, "organisation_deleted", [(each, None) for each in declined])
    gone = len(needs) + len(offers) + len(declined)
    if gone:
        put_outbox(session, INDEX_REBUILD)
        session.leave_no_trace()
    session.flush()
    return gone


def _needs_due(session: RegistrySession) -> Sequence[str]:
    statement = select(col(Need.id)).where(
        col(Need.status).in_(OVER), col(Need.closed_on) <= CLOSED_NEEDS.last_day(session.today)
    )
    return session.exec(statement.order_by(col(Need.id)).limit(MOST_AT_ONCE)).all()


def _offers_due(session: RegistrySession) -> Sequence[str]:
    statement = select(col(Offer.id)).where(
        col(Offer.status) == OfferStatus.CLOSED,
        col(Offer.closed_on) <= CLOSED_OFFERS.last_day(session.today),
    )
    return session.exec(statement.order_by(col(Offer.id)).limit(MOST_AT_ONCE)).all()


def _declined(session: RegistrySession) -> Sequence[str]:
    """Return suspended organisations that nobody ever trusted."""
    trusted = select(col(VettingDecision.organisation_id)).where(
        col(VettingDecision.organisation_id).is_not(None),
        col(VettingDecision.stage) == VettingStage.DECIDED,
        or_(col(VettingDecision.vetting).in_(TRUSTED), col(VettingDecision.before).in_(TRUSTED)),
    )
    statement = select(col(Organisation.id)).where(
        col(Organisation.vetting) == Vetting.SUSPENDED,
        col(Organisation.vetted_on) <= DECLINED_ORGANISATIONS.last_day(session.today),
        col(Organisation.id).not_in(trusted),
    )
    return session.exec(statement.order_by(col(Organisation.id)).limit(MOST_AT_ONCE)).all()


def _retire(session: RegistrySession, kind: type[Need] | type[Offer], ids: Sequence[str]) -> None:
    """Remove records with their matches, notes and questions; of awards stays what may stay."""
    if not ids:
        return
    is_need = kind is Need
    given = col(Award.need_id if is_need else Award.offer_id).in_(ids)
    of_record = col(Match.need_id if is_need else Match.offer_id).in_(ids)
    keep_awards(session, given)
    matches = session.exec(select(col(Match.id)).where(of_record)).all()
    remove_questions_about(session, [*ids, *matches])
    session.exec(delete(kind).where(col(kind.id).in_(ids)))
    put_outbox(session, NEED_CHANGED if is_need else OFFER_CHANGED, *ids)
    act = "need_retired" if is_need else "offer_retired"
    write_audits(session, SYSTEM, act, [(each, None) for each in ids])
