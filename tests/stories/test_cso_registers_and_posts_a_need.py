"""A civil society organisation without papers registers, is vouched for, and posts a need."""

from flask.testing import FlaskClient

from registry.domain.trust import VettingReason
from registry.identity.actor import Actor
from registry.services.needs.get_need import get_need
from registry.services.needs.list_needs import list_needs
from registry.services.needs.open_dossier import open_dossier
from registry.services.vetting.set_vetting import set_vetting
from search.codes import Vetting
from tests.person import Person


def secret_on(page: Person) -> tuple[str, str]:
    """Copy the sign-in name and the passphrase from the page that shows them once."""
    words = page.text.partition("Sign-in name ")[2]
    name, _, rest = words.partition(" Passphrase ")
    return name, rest.partition(" Recovery code ")[0]


def test_cso_registers_and_posts_a_need(
    client: FlaskClient, app, session, officer: Actor, partner: Actor
) -> None:
    session.commit()
    somebody = Person(client)

    # She reads what there is to know, and answers four questions.
    somebody.open("/").follow("I need help")
    assert somebody.sees("You need no e-mail, no telephone and no name.", "Let a hub do it")
    somebody.follow("I have read it, go on")
    somebody.send("Register", {"kind": "cso"})
    assert somebody.status == 422
    assert somebody.typed("kind") == "cso"
    somebody.send(
        "Register",
        {"legal_statuses": ["liquidated"], "base_country": "LT", "handle": "Heron of March"},
    )
    name, passphrase = secret_on(somebody)
    assert len(passphrase.split()) == 7
    somebody.send("I have written it down")
    assert somebody.sees("Good day, Heron of March", "Not checked yet")
    assert passphrase not in somebody.open("/o/about").source

    # She begins a need, is called away after the first page, and signs out.
    somebody.open("/o/home").follow("Write down a need")
    somebody.send(
        "Save and stop here",
        {
            "category": "legal_aid.fines",
            "country": "BY",
            "asks_for": ["money"],
            "title": "Fines of three volunteers",
        },
    )
    somebody.send("Sign out")

    # Later, on another device, she signs in with what she wrote down and finishes it.
    somebody = Person(app.test_client())
    somebody.open("/o/home")
    assert somebody.address == "/sign-in"
    somebody.send("Sign in", {"username": name, "password": passphrase})
    somebody.open("/o/home").follow("Go on with it").follow(
        "How much, and the least that would help"
    )
    somebody.send(
        "Save and go on", {"amount_requested.amount": "900", "minimum_useful.amount": "300"}
    )
    somebody.send("Save and go on", {"urgency": "soon", "channels": ["cash_equivalent"]})
    somebody.send(
        "Save and look through it", {"readers": ["partners"], "publicity_accepted": "none"}
    )
    somebody.send("Publish it")
    assert somebody.sees("It is open.", "€0 of €900", "has to vouch for you first")

    # Until somebody vouches for her nobody but officers learns of it.
    assert list_needs(session, partner).items == []
    (need,) = list_needs(session, officer).items
    assert "title" not in get_need(session, officer, need["id"])
    open_dossier(session, officer, need["id"])
    assert get_need(session, officer, need["id"])["title"] == "Fines of three volunteers"
    set_vetting(
        session,
        officer,
        "organisation",
        need["organisation_id"],
        vetting=Vetting.VOUCHED,
        reason=VettingReason.VOUCHED_BY_OTHERS,
    )
    session.commit()
    (seen,) = list_needs(session, partner).items
    assert (seen["category"], "title" in seen) == ("legal_aid.fines", False)
    assert somebody.open("/o/home").sees("Vouched for", "Fines of three volunteers")
