"""Rules that people set aside for one match.

An officer sets aside a rule that protects the donor. One that protects the organisation counts
as set aside only after the organisation's own yes: the officer's waiver is then a question to
it, and its answer a review of its own: a waiver for yes, a note on the same rule for no.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from registry.storage.database import RegistrySession
from registry.storage.matches import Match, Review
from search.codes import ReviewKind
from search.eligibility.catalogue import load_rules
from search.eligibility.verdict import Waiver

OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class WaiverStanding:
    """How a rule's waiver stands: the officer's review, and the organisation's, if it is needed."""

    rule: str
    given: Review
    answer: Review | None
    needs_answer: bool

    @property
    def until(self) -> date | None:
        return self.given.until

    @property
    def is_agreed(self) -> bool:
        if not self.needs_answer:
            return True
        return self.answer is not None and self.answer.kind == ReviewKind.WAIVE

    @property
    def is_asked(self) -> bool:
        """Whether the organisation has still to answer."""
        return self.needs_answer and self.answer is None

    def holds(self, on: date) -> bool:
        """Say whether the rule is set aside on a day."""
        return self.is_agreed and Waiver(self.rule, self.until).holds(on)


def read_waivers(session: RegistrySession, match: Match) -> dict[str, WaiverStanding]:
    """Return how every waiver of a match stands, by rule."""
    statement = (
        select(Review)
        .where(col(Review.match_id) == match.id, col(Review.rule).is_not(None))
        .order_by(col(Review.sequence))
    )
    return stand_of_waivers(session.exec(statement).all())


def stand_of_waivers(reviews: Iterable[Review]) -> dict[str, WaiverStanding]:
    """Work out from reviews, oldest first, how waivers stand; a newer waiver asks anew."""
    found: dict[str, WaiverStanding] = {}
    for review in reviews:
        rule = review.rule
        if rule is None or rule not in load_rules():
            continue
        if review.by_role == OFFICER and review.kind == ReviewKind.WAIVE:
            protects = load_rules()[rule].protects_organisation
            found[rule] = WaiverStanding(rule, review, None, protects)
        elif rule in found and review.by_role != OFFICER:
            found[rule] = WaiverStanding(rule, found[rule].given, review, True)
    return found


def waivers_in_force(session: RegistrySession, match: Match) -> tuple[Waiver, ...]:
    """Return the waivers that count today, as the rule engine takes them."""
    standing = read_waivers(session, match).values()
    return tuple(Waiver(each.rule, each.until) for each in standing if each.holds(session.today))


def waivers_in_force_of(
    session: RegistrySession, match_ids: Sequence[str]
) -> dict[str, tuple[Waiver, ...]]:
    """Return the waivers that count today of many matches, in one query; most have none."""
    statement = (
        select(Review)
        .where(col(Review.match_id).in_(match_ids), col(Review.rule).is_not(None))
        .order_by(col(Review.match_id), col(Review.sequence))
    )
    by_match: dict[str, list[Review]] = {}
    for review in session.exec(statement):
        by_match.setdefault(review.match_id, []).append(review)
    return {
        match_id: tuple(
            Waiver(each.rule, each.until)
            for each in stand_of_waivers(reviews).values()
            if each.holds(session.today)
        )
        for match_id, reviews in by_match.items()
    }
