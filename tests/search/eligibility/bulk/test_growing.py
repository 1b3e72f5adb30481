"""Judging goes on while records come one by one, and sees what they became."""

from search.eligibility.bulk.bits import places_in
from search.eligibility.bulk.judging import Judging
from search.eligibility.bulk.sides import Asking, Giving
from search.eligibility.engine import assess
from tests.search.eligibility.worlds import SETTINGS, World

AMOUNTS = "amount_within_range"


def test_every_number_of_needs_can_be_judged_as_a_whole():
    world = World(5)
    asking = Asking(SETTINGS)
    giving = Giving(asking)
    offer = giving.add(world.mild_offer())
    judging = Judging(asking, giving, world.on, SETTINGS)
    (need,) = world.needs(1)
    for many in range(1, 450):
        asking.add(*need)
        eligible, opens = judging.judge_offer(offer, among_many=True)
        assert set(places_in(eligible | opens)) <= set(range(many))
        judging.rows_of(AMOUNTS, offer)


def test_another_offer_in_the_same_place_has_rows_of_its_own():
    world = World(6)
    asking, needs = Asking(SETTINGS), world.needs(40)
    for need in needs:
        asking.add(*need)
    giving = Giving(asking)
    place = giving.add(world.mild_offer())
    judging = Judging(asking, giving, world.on, SETTINGS)
    for offer in world.offers(12):
        giving.replace(place, offer)
        eligible, opens = judging.judge_offer(place, among_many=True)
        fits = [n for n, need in enumerate(needs) if _outcome(world, need, offer) == "eligible"]
        asks = [n for n, need in enumerate(needs) if _outcome(world, need, offer) == "open"]
        assert (places_in(eligible).tolist(), places_in(opens).tolist()) == (fits, asks)


def _outcome(world, need, offer):
    outcome = assess(*need, offer, world.on, SETTINGS).outcome
    return {"needs_information": "open"}.get(outcome, str(outcome))
