"""What the passing of days brings about: needs and offers end, monthly budgets begin anew."""

from datetime import date

from sqlmodel import col, func, select

from registry.domain.pipeline import Mover, check_move
from registry.identity.actor import SYSTEM
from registry.services.funding import read_funding
from registry.services.matches.end_matches import end_matches_of_need, end_matches_of_offer
from registry.services.topics import NEED_CHANGED, OFFER_CHANGED
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.outbox import put_outbox
from search.codes import MATCHED_NEED_STATUSES, BudgetPer, NeedStatus, OfferStatus

MOST_AT_ONCE = 20
"""Records that one transaction ends, so that nobody waits long for the write lock."""

_CLOSING = (OfferStatus.OPEN, OfferStatus.PAUSED, OfferStatus.EXHAUSTED)


def expire_due(session: RegistrySession) -> int:
    """End needs and offers whose last day has passed, and the matches that ends.

    Works through a part of them; returns how many, so call it until it returns 0.
    """
    needs = _needs_past(session, session.today)
    for need in needs:
        _expire_need(session, need)
    offers = _offers_past(session, session.today, MOST_AT_ONCE - len(needs))
    for offer in offers:
        _close_offer(session, offer)
    session.flush()
    return len(needs) + len(offers)


def renew_budgets(session: RegistrySession) -> int:
    """Open exhausted offers whose monthly budget has something left in the session's month."""
    statement = select(Offer).where(
        col(Offer.status) == OfferStatus.EXHAUSTED, col(Offer.budget_per) == BudgetPer.MONTH
    )
    funding = read_funding(session)
    renewed = 0
    for offer in session.exec(statement.order_by(col(Offer.id))):
        left = funding.left_of(offer)
        if left is None or left.is_positive:
            _move_offer(session, offer, OfferStatus.OPEN, "offer_renewed")
            renewed += 1
    session.flush()
    return renewed


def _needs_past(session: RegistrySession, today: date) -> list[Need]:
    last_day = func.coalesce(col(Need.useful_until), col(Need.needed_by))
    statement = (
        select(Need)
        .where(col(Need.status).in_(MATCHED_NEED_STATUSES), last_day < today)
        .order_by(col(Need.id))
        .limit(MOST_AT_ONCE)
    )
    return list(session.exec(statement))


def _offers_past(session: RegistrySession, today: date, limit: int) -> list[Offer]:
    statement = (
        select(Offer)
        .where(col(Offer.status).in_(_CLOSING), col(Offer.closes_on) < today)
        .order_by(col(Offer.id))
        .limit(limit)
    )
    return list(session.exec(statement))


def _expire_need(session: RegistrySession, need: Need) -> None:
    check_move("need", need.status, NeedStatus.EXPIRED, Mover.WORKER)
    need.status = NeedStatus.EXPIRED
    need.closed_on = session.today
    write_audit(session, SYSTEM, "need_expired", need.id)
    put_outbox(session, NEED_CHANGED, need.id)
    end_matches_of_need(session, need)


def _close_offer(session: RegistrySession, offer: Offer) -> None:
    _move_offer(session, offer, OfferStatus.CLOSED, "offer_closed")
    offer.closed_on = session.today
    end_matches_of_offer(session, offer)


def _move_offer(session: RegistrySession, offer: Offer, to: OfferStatus, act: str) -> None:
    check_move("offer", offer.status, to, Mover.WORKER)
    offer.status = to
    write_audit(session, SYSTEM, act, offer.id)
    put_outbox(session, OFFER_CHANGED, offer.id)
