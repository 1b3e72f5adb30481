"""A donor weighs a limit of its offer: it reads in tens what would be gained without it.

The first number alone would mislead: most of what it would gain is served by others already.
"""

from registry.domain.roles import Role
from registry.jobs.pulse import Heart
from registry.jobs.worker import Worker
from search.codes import Vetting, Visibility
from search.money import Money
from tests.factories import DonorFactory, NeedFactory, OfferFactory
from tests.factories.matches import CLEAR_TERMS

TITLE = "What if you took one limit away?"


def work(parts) -> None:
    worker = Worker(parts.database, Heart(parts.settings))
    while worker.step():
        pass


def test_donor_weighs_its_limits(session, parts, person_of, make_account, api_client) -> None:
    donor = DonorFactory.create()
    limits = {"base_countries": ["GE"], "countries": ["PL"], "budget": Money(9_000_000, "EUR")}
    offer = OfferFactory.create(donor=donor, **CLEAR_TERMS, **limits)
    account = make_account(Role.DONOR, donor_id=donor.id)
    person, page = person_of(account), f"/d/offers/{offer.id}"
    work(parts)
    assert person.open(page).sees(
        TITLE, "Each of your limits that were counted keeps fewer than ten needs away, or none."
    )

    # Twenty-six needs come; for twelve of them there is public help already.
    for _ in range(12):
        NeedFactory.create()
    for _ in range(14):
        NeedFactory.create(category="advocacy.domestic")
    OfferFactory.create(**CLEAR_TERMS, categories=["fixed_costs"], visibility=Visibility.PUBLIC)
    fresh = OfferFactory.create(donor=donor, **CLEAR_TERMS, **limits)
    session.commit()
    (parts.settings.data_dir / "reach.day").unlink()
    work(parts)
    person.open(f"/d/offers/{fresh.id}")
    assert person.sees(TITLE, "The base country is accepted", "about 30", "about 10")
    assert person.sees("Really helped: those of them that none of these offers serves")
    assert person.sees(
        "Each of your other limits that were counted keeps fewer than ten needs away"
    )

    # A programme reads the same, and of nobody else's offers.
    client = api_client(Role.DONOR, account=account)
    found = client.get(f"/offers/{fresh.id}/reach").json
    [line, other] = found["rules"]
    assert (line["rule"], line["label"]) == (
        "base_country_accepted",
        "The base country is accepted",
    )
    assert (line["newly_eligible"], line["competitive"], line["net"]) == (30, 30, 10)
    assert (other["rule"], other["newly_eligible"]) == ("country_covered", 0)
    assert found["needs"] == 0
    assert client.get(f"/offers/{OfferFactory.create().id}/reach").status_code == 404
    assert api_client(Role.OFFICER).get(f"/offers/{fresh.id}/reach").status_code == 404


def test_a_donor_whom_nobody_checked_reads_nothing_of_it(
    session, parts, person_of, make_account, api_client
) -> None:
    donor = DonorFactory.create(vetting=Vetting.VOUCHED)
    offer = OfferFactory.create(donor=donor, **CLEAR_TERMS, base_countries=["GE"])
    for _ in range(12):
        NeedFactory.create()
    account = make_account(Role.DONOR, donor_id=donor.id)
    session.commit()
    work(parts)
    assert not person_of(account).open(f"/d/offers/{offer.id}").sees(TITLE)
    found = api_client(Role.DONOR, account=account).get(f"/offers/{offer.id}/reach").json
    assert found == {"offer": offer.id, "counted_on": None, "needs": None, "rules": []}
