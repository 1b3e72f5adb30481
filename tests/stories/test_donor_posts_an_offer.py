"""A donor registers, posts a public offer, is checked, and somebody without an account reads it."""

from flask.testing import FlaskClient

from registry.domain.trust import VettingReason
from registry.identity.actor import HOUSE, Actor
from registry.services.donors.list_donors import list_donors
from registry.services.vetting.set_vetting import set_vetting
from search.codes import Vetting
from tests.person import Person


def test_donor_posts_an_offer(client: FlaskClient, app, session, officer: Actor) -> None:
    session.commit()
    donor, visitor = Person(client), Person(app.test_client())

    donor.open("/").follow("I can help").follow("I have read it, go on")
    assert visitor.open("/help-offered").sees("There are none now")
    donor.send(
        "Register", {"donor_kind": "foundation", "handle": "Lighthouse", "languages": ["en"]}
    )
    donor.send("I have written it down").set_up_second_factor()
    assert donor.sees("Good day, Lighthouse", "Not checked yet")

    # Five pages; a mistake on the first one costs nothing.
    donor.follow("Write down an offer")
    typed = {
        "instrument": "grant",
        "_in": "EUR",
        "budget.amount": "30 000",
        "max_award.amount": "40 000",
        "flexibility": "core",
        "title": "Rent and pay of small newsrooms",
        "language": "en",
    }
    donor.send("Save and go on", typed)
    assert donor.status == 422
    assert donor.sees("An award cannot be larger than the budget.")
    assert donor.typed("title") == "Rent and pay of small newsrooms"
    donor.send("Save and go on", {"max_award.amount": "5 000"})
    donor.send(
        "Save and go on",
        {"categories": ["fixed_costs"], "legal_statuses": ["unregistered", "registered_abroad"]},
    )
    donor.send("Save and go on", {"reporting_required": "light", "co_funding": "true"})
    donor.send(
        "Save and go on",
        {"channels": ["bank_abroad"], "publicity_required": "none", "visibility": "public"},
    )
    donor.send("Save and look through it", {"decision_days": "14", "payout_days": "7"})
    donor.send("Publish it")
    assert donor.sees("It is open.", "Officers have to check you first.")

    # Whoever is not checked yet is not heard of.
    assert visitor.open("/help-offered").sees("There are none now")
    (known,) = list_donors(session, officer).items
    set_vetting(
        session,
        HOUSE,
        "donor",
        known["id"],
        vetting=Vetting.VERIFIED,
        reason=VettingReason.EVIDENCE_SEEN,
    )
    session.commit()

    # Now anyone reads it, but for what could endanger somebody, and without the donor's name.
    visitor.open("/help-offered")
    assert visitor.sees("Rent and pay of small newsrooms", "€30,000", "Running costs")
    for hidden in ("Lighthouse", "bank account", "Never registered", "Registered in another"):
        assert hidden not in visitor.text

    # Paused, it is out of sight; what is left of it is told to the donor alone.
    donor.open("/d/home").follow("Rent and pay of small newsrooms")
    assert donor.sees("€30,000 of €30,000 (100 %)")
    donor.send("Pause it")
    assert visitor.open("/help-offered").sees("There are none now")
