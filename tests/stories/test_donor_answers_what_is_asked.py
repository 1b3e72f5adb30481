"""A donor answers what rules ask of it, and sees in tens how many its offers could reach."""

from registry.jobs.pulse import Heart
from registry.jobs.worker import Worker
from registry.services.matches.propose_matches import propose_all
from registry.storage.matches import Match
from search.codes import OfferStatus, PairOutcome, Publicity, Vetting
from tests.factories import DonorFactory, NeedFactory, OfferFactory
from tests.factories.matches import CLEAR_TERMS, make_pair

HOW = "How can you pay? Receiving money openly can be dangerous for those you help."
WHAT = "What do you publish about those whom you help?"
WHEN = "How many days do your decision and then the payment take?"


def work(parts) -> None:
    worker = Worker(parts.database, Heart(parts.settings))
    while worker.step():
        pass


def test_donor_answers_what_is_asked(session, parts, person_of, rows, calendar) -> None:
    pair = make_pair(
        need={"publicity_accepted": Publicity.AGGREGATE},
        offer={"publicity_required": None, "payout_days": None},
    )
    for _ in range(12):
        NeedFactory.create(publicity_accepted=Publicity.AGGREGATE)
    propose_all(session)
    person = person_of(pair.giver)
    work(parts)
    person.open("/d/home")
    assert person.sees(WHAT, WHEN, "An answer could open the way to about 10 needs.")

    # Both answers are given on the page of the offer, and both are needed.
    person.follow("Core costs of small newsrooms")
    assert person.sees("How many this could reach", "Fewer than ten open needs, perhaps none.")
    when = f"/d/questions/{pair.offer.id}/time_sufficient"
    what = f"/d/questions/{pair.offer.id}/publicity_compatible.offer_silent"
    person.send("Save the answer", {"decision_days": "14"}, to=when)
    assert person.status == 422
    assert person.typed("decision_days") == "14"
    person.send("Save the answer", {"payout_days": "7"})
    person.send("Save the answer", {"publicity_required": "aggregate"}, to=what)
    assert person.sees("It is saved.", "Core costs of small newsrooms")
    assert not person.sees(WHAT)
    assert not person.sees(WHEN)

    # The worker takes its turn: what waited for that fits, and the number follows the next day.
    work(parts)
    with rows() as reading:
        assert reading.get_one(Match, pair.id).outcome == PairOutcome.ELIGIBLE
    assert person.open(f"/d/offers/{pair.offer.id}").sees("Fewer than ten open needs")
    calendar.pass_days(1)
    work(parts)
    person.open(f"/d/offers/{pair.offer.id}")
    assert person.sees("About 10 open needs, as it stands.", "Counted on 25 November 2026")


def test_a_draft_says_the_next_day_how_many_it_could_reach(
    session, parts, person_of, make_account, calendar
) -> None:
    for _ in range(12):
        NeedFactory.create()
    donor = DonorFactory.create()
    draft = OfferFactory.create(donor=donor, **CLEAR_TERMS, status=OfferStatus.DRAFT)
    person = person_of(make_account("donor", donor_id=donor.id))
    page = f"/d/offers/{draft.id}/terms"
    assert person.open(page).sees("It is counted once a day. Look in again tomorrow.")
    work(parts)
    assert person.open(page).sees("About 10 open needs")

    # Trying other terms shows nothing new on the same day.
    person.open(f"/d/offers/{draft.id}/whom").send("Save and stop here", {"countries": ["GE"]})
    work(parts)
    assert person.open(page).sees("About 10 open needs")
    calendar.pass_days(1)
    work(parts)
    assert person.open(page).sees("Fewer than ten open needs")


def test_a_donor_whom_nobody_checked_is_told_no_number(
    session, parts, person_of, make_account
) -> None:
    """The same offer sees the same pages, whether there are no needs or many that it fits."""

    def look() -> str:
        donor = DonorFactory.create(vetting=Vetting.UNVERIFIED, handle="Lantern")
        offer = OfferFactory.create(donor=donor, **CLEAR_TERMS)
        person = person_of(make_account("donor", donor_id=donor.id))
        work(parts)
        pages = ("/d/home", "/d/questions", f"/d/offers/{offer.id}")
        return "".join(person.open(page).text for page in pages)

    alone = look()
    for _ in range(12):
        NeedFactory.create()
    assert look() == alone
    assert HOW in alone
    assert "This is told to donors that officers have checked" in alone
    assert "needs, as it stands" not in alone
