"""What an award does to the need that it helps and to the offer that it comes from."""

from dataclasses import replace

from registry.domain.pipeline import Mover, moves_from
from registry.identity.actor import SYSTEM
from registry.services.funding import read_funding, read_gifts_to, sum_in
from registry.services.topics import NEED_CHANGED, OFFER_CHANGED
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.outbox import put_outbox
from search.codes import NeedStatus, OfferStatus
from search.money import Amount


def take_from_offer(session: RegistrySession, offer: Offer, amount: Amount) -> None:
    """Take an award, stored already, from its offer; with nothing left the offer is exhausted."""
    taken = offer.spent.hundredths if offer.spent else 0
    offer.spent = replace(offer.budget, hundredths=taken + amount.hundredths)
    left = read_funding(session).left_of(offer)
    if left is not None and not left.is_positive:
        _move(session, offer, "offer", OfferStatus.EXHAUSTED)
    session.add(offer)
    session.flush()
    put_outbox(session, OFFER_CHANGED, offer.id)


def count_towards_need(session: RegistrySession, need: Need, meets_need: bool | None) -> None:
    """Bring the need's status in line with what awards gave; `meets_need` overrules the sums."""
    met = _is_covered(session, need) if meets_need is None else meets_need
    _move(session, need, "need", NeedStatus.MET if met else NeedStatus.PARTLY_MET)
    if need.status == NeedStatus.MET:
        need.closed_on = session.today
    session.add(need)
    session.flush()
    put_outbox(session, NEED_CHANGED, need.id)


def _move(session: RegistrySession, row: Need | Offer, record: str, to: str) -> None:
    """Move on where that can follow; a need that was closed meanwhile stays as it is."""
    if row.status == to or to not in moves_from(record, row.status, Mover.WORKER):
        return
    row.status = to
    session.flush()
    write_audit(session, SYSTEM, f"{record}_{to}", row.id)


def _is_covered(session: RegistrySession, need: Need) -> bool:
    """Say whether every amount that the need names was given; one without amounts never is."""
    asked = [each for each in (need.amount_requested, need.quantity) if each is not None]
    gifts = read_gifts_to(session, need.id)
    return bool(asked) and all(sum_in(each, gifts).hundredths >= each.hundredths for each in asked)
