"""How far needs are covered, as pages show it."""

from registry.domain.audience import Audience
from registry.services.needs.read_coverage import read_coverage
from registry.services.needs.view_need import view_need
from search.codes import MatchState
from search.money import Money, Quantity
from tests.factories import NeedFactory
from tests.factories.matches import bring_to, make_pair


def coverage_of(session, need):
    view = view_need(session, need, Audience.OWNER)
    return read_coverage(session, [view])[need.id]


def test_an_award_covers_a_part_of_what_is_asked(session, officer):
    pair = make_pair()
    bring_to(session, pair, officer, MatchState.AWARDED)
    found = coverage_of(session, pair.need)
    assert (found.given, found.asked) == (Money(100_000, "EUR"), Money(450_000, "EUR"))


def test_nothing_given_is_nothing_in_the_measure_of_the_need(session):
    sessions = NeedFactory.create(
        amount_requested=NeedFactory.ABSENT, quantity=Quantity(2_000, "sessions")
    )
    found = coverage_of(session, sessions)
    assert (found.given, found.asked) == (Quantity(0, "sessions"), Quantity(2_000, "sessions"))


def test_a_need_that_says_no_amount_has_no_coverage(session):
    open_ended = NeedFactory.create(amount_requested=NeedFactory.ABSENT, asks_for=["hours"])
    assert coverage_of(session, open_ended) is None
