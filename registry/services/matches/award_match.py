"""What was given after an introduction: counted towards the need, taken from the offer."""

from datetime import date
from typing import Any

from registry.domain.errors import FieldProblem, RecordRefusedError
from registry.domain.identifiers import new_id
from registry.identity.actor import SYSTEM, Actor
from registry.services.funding import read_funding
from registry.services.matches.count_award import count_towards_need, take_from_offer
from registry.services.matches.review_match import begin_review, finish_review
from registry.storage.audit import write_audit
from registry.storage.awards import Award
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from search.codes import ReviewKind
from search.money import Amount, Money, family


def award_match(
    session: RegistrySession,
    actor: Actor,
    match_id: str,
    *,
    amount: Amount | None,
    awarded_on: date | None = None,
    months: int | None = None,
    conditions: str | None = None,
    reallocation_percent: int | None = None,
    meets_need: bool | None = None,
    note: str | None = None,
    version: int | None = None,
) -> dict[str, Any]:
    """Record the help that was agreed; need and offer change with it in one transaction.

    Args:
        session: a writing session.
        actor: an officer, or the donor.
        match_id: a match whose sides were introduced.
        amount: in the currency or unit of the offer, at most what is left of it.
        awarded_on: the day it was agreed; today where it is absent, never a later one.
        months: how many months it is for.
        conditions: what the donor asks for in return; guarded by the organisation's key.
        reallocation_percent: how much of it the organisation may move between headings.
        meets_need: whether the need is met by now; absent, the sums decide.
        note: what the next officer should know.
        version: of the match, as the page showed it.

    Returns:
        Where the match stands, `{"id", "version", "state"}`.

    Raises:
        RecordRefusedError: the amount or the day cannot be.
        NotFoundError, ConflictError, InvalidMoveError: see `begin_review`.
    """
    step = begin_review(session, actor, match_id, ReviewKind.AWARD, version)
    need = session.get_one(Need, step.match.need_id)
    offer = session.get_one(Offer, step.match.offer_id)
    day = awarded_on or session.today
    given = _check_award(session, offer, amount, day)
    award = _make_award(actor, step.match, given, day)
    award.months, award.reallocation_percent = months, reallocation_percent
    session.vault.write(award, "conditions", conditions or None)
    session.add(award)
    standing = finish_review(session, actor, step, note=note)
    write_audit(session, actor.account_id, "award_recorded", award.id)
    take_from_offer(session, offer, given)
    count_towards_need(session, need, meets_need)
    return standing


def _make_award(actor: Actor, match: Match, amount: Amount, day: date) -> Award:
    return Award(
        id=new_id(),
        match_id=match.id,
        organisation_id=match.organisation_id,
        offer_id=match.offer_id,
        need_id=match.need_id,
        amount=amount,
        awarded_on=day,
        decided_by_id=None if actor.account_id == SYSTEM else actor.account_id,
    )


def _check_award(
    session: RegistrySession, offer: Offer, amount: Amount | None, day: date
) -> Amount:
    problem = _problem_of_amount(session, offer, amount)
    if problem is not None:
        raise RecordRefusedError([FieldProblem("amount", problem)])
    if day > session.today:
        raise RecordRefusedError([FieldProblem("awarded_on", "in_the_future")])
    assert amount is not None
    return amount


def _problem_of_amount(session: RegistrySession, offer: Offer, amount: Amount | None) -> str | None:
    if amount is None:
        return "required"
    if not amount.is_positive:
        return "not_positive"
    if family(amount.measure) != family(offer.budget.measure):
        return "needs_money" if isinstance(offer.budget, Money) else "needs_unit"
    if isinstance(offer.budget, Money) and amount.denomination != offer.budget.denomination:
        return "mixed_currencies"
    left = read_funding(session).left_of(offer) or offer.budget
    return "award_above_budget" if amount.hundredths > left.hundredths else None
