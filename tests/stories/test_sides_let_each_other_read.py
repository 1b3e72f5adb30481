"""Two sides of a pairing let each other read how they are reached, and take it back again."""

import json
import re
from collections.abc import Callable

import pytest

from registry.identity.actor import Actor
from registry.storage.database import RegistrySession
from search.codes import Instrument, MatchState
from tests.factories.accounts import unlock_in
from tests.factories.matches import bring_to, make_pair
from tests.person import Person

TEXTS = {
    "contact": "Ask for Ales, +48 600 100 200, evenings",
    "legal_name": "Red Door Society",
    "payout": "PL61 1090 1014 0000 0712 1981 2874",
}
DONORS = "Write to Maryja at the front desk"


@pytest.fixture
def sit(
    session: RegistrySession, person_of: Callable[[Actor], Person]
) -> Callable[[Actor], Person]:
    """Sit somebody at a browser in which the passphrase was typed."""

    def make(actor: Actor) -> Person:
        person = person_of(actor)
        unlock_in(session, person.client, actor.account_id)
        return person

    return make


def seal(person: Person, where: str, **texts: str) -> None:
    for kind, text in texts.items():
        person.open(f"{where}/about/sealed/{kind}").send("Seal it", {"text": text})
        assert person.sees("Sealed: how you are reached", text)


def test_contacts_are_exchanged_on_both_pages_and_nowhere_else(
    session: RegistrySession, sit: Callable[[Actor], Person], officer: Actor, person_of, app
) -> None:
    pair = make_pair()
    bring_to(session, pair, officer, MatchState.OFFERED)
    donor, organisation, desk = sit(pair.giver), sit(pair.holder), person_of(officer)
    seal(organisation, "/o", **TEXTS)
    seal(donor, "/d", contact=DONORS)

    # The donor says yes and gives its contact along; the organisation reads nothing of it yet.
    donor.open(f"/d/needs/{pair.id}").follow("Yes, we would help")
    assert donor.sees("what was read by then cannot be taken back")
    donor.send("Yes, we would help", {"give": "contact"})
    assert DONORS not in organisation.open(f"/o/help/{pair.id}").source

    # The organisation says yes and ticks nothing: the donor sees that nothing was given.
    organisation.follow("Yes, we would take this help").send("Yes, we would take this help")
    assert organisation.sees("From the other side: Contact", DONORS)
    donor.open(f"/d/needs/{pair.id}")
    assert donor.sees("The other side has not let you read anything yet.")

    # Each of the three is given by itself.
    organisation.open(f"/o/help/{pair.id}").follow("Let them read it: Contact")
    assert organisation.sees("Let them read it: Contact", "cannot be taken back")
    organisation.send("Yes, let them read it")
    donor.open(f"/d/needs/{pair.id}")
    assert donor.sees(TEXTS["contact"], "whoever read it may have written it down")
    assert TEXTS["payout"] not in donor.source
    assert TEXTS["legal_name"] not in donor.source
    organisation.follow("Let them read it: Where money should go").send("Yes, let them read it")
    assert donor.open(f"/d/needs/{pair.id}").sees(TEXTS["contact"], TEXTS["payout"])

    # No officer, no list, no other page shows any of it.
    for person, pages in (
        (
            desk,
            (
                f"/desk/matches/{pair.id}",
                "/desk/queue",
                f"/desk/organisations/{pair.organisation.id}",
            ),
        ),
        (donor, ("/d/home", "/d/needs", "/d/about")),
        (organisation, ("/o/home", "/o/help")),
    ):
        for page in pages:
            person.open(page)
            assert person.status == 200, page
            for text in (*TEXTS.values(), DONORS):
                if (person, page, text) != (donor, "/d/about", DONORS):
                    assert text not in person.source, (page, text)

    # Taking one back takes back that one.
    organisation.open(f"/o/help/{pair.id}").follow("Take it back: Contact")
    organisation.send("Yes, take it back")
    donor.open(f"/d/needs/{pair.id}")
    assert TEXTS["contact"] not in donor.source
    assert donor.sees(TEXTS["payout"])


def test_a_yes_gives_what_was_ticked_and_a_yes_taken_back_takes_it_all(
    session: RegistrySession, sit: Callable[[Actor], Person], officer: Actor
) -> None:
    pair = make_pair()
    bring_to(session, pair, officer, MatchState.INTERESTED)
    donor, organisation = sit(pair.giver), sit(pair.holder)
    seal(organisation, "/o", **TEXTS)
    organisation.open(f"/o/help/{pair.id}/yes")
    organisation.send("Yes, we would take this help", {"give": ["contact", "legal_name"]})
    donor.open(f"/d/needs/{pair.id}")
    assert donor.sees(TEXTS["contact"], TEXTS["legal_name"])
    organisation.open(f"/o/help/{pair.id}").follow("Take our yes back")
    organisation.send("Send the no", {"reason_code": "no_longer_needed"})
    donor.open(f"/d/needs/{pair.id}")
    for text in TEXTS.values():
        assert text not in donor.source


def test_for_services_a_contact_is_enough(
    session: RegistrySession, sit: Callable[[Actor], Person], officer: Actor
) -> None:
    pair = make_pair()
    bring_to(session, pair, officer, MatchState.INTRODUCED)
    pair.offer.instrument = Instrument.SERVICE
    session.commit()
    organisation = sit(pair.holder)
    seal(organisation, "/o", **TEXTS)
    organisation.open(f"/o/help/{pair.id}")
    assert organisation.sees("Contact: they cannot read it")
    assert not organisation.sees("Legal name")
    assert organisation.client.get(f"/o/help/{pair.id}/give/payout").status_code == 404


def test_without_the_passphrase_the_pages_say_so_and_open_nothing(
    session: RegistrySession, sit: Callable[[Actor], Person], person_of, officer: Actor
) -> None:
    pair = make_pair()
    bring_to(session, pair, officer, MatchState.INTRODUCED)
    organisation = sit(pair.holder)
    seal(organisation, "/o", contact=TEXTS["contact"])
    locked = person_of(pair.holder)
    locked.open("/o/about")
    assert locked.sees("Sealed, and it does not open now.")
    locked.open("/o/about/sealed/contact")
    assert locked.sees("sign out and in again to read it")
    assert TEXTS["contact"] not in locked.source
    locked.open(f"/o/help/{pair.id}/give/contact").send("Yes, let them read it")
    assert locked.status == 403


def test_after_a_while_reading_asks_once_more_who_is_there(
    session: RegistrySession, sit: Callable[[Actor], Person], officer: Actor
) -> None:
    pair = make_pair()
    bring_to(session, pair, officer, MatchState.INTRODUCED)
    donor, organisation = sit(pair.giver), sit(pair.holder)
    seal(donor, "/d", contact=DONORS)
    donor.open(f"/d/needs/{pair.id}/give/contact").send("Yes, let them read it")
    for person in (donor, organisation):
        with person.client.session_transaction() as browser:
            browser["_proved"] = 0
    for person, page in ((donor, "/d/about"), (organisation, f"/o/help/{pair.id}")):
        person.open(page)
        assert DONORS not in person.source
        person.follow("Sealed: say once more that it is you, to read it")
        assert person.sees("Is it still you?")
    assert organisation.open(f"/o/help/{pair.id}/give/contact").sees("Is it still you?")


def test_two_of_one_side_who_write_at_once_do_not_overwrite_each_other(
    session: RegistrySession, sit: Callable[[Actor], Person], pair_of_holders
) -> None:
    first, second = (sit(each) for each in pair_of_holders)
    for person in (first, second):
        person.open("/o/about/sealed/contact")
    first.send("Seal it", {"text": "The red door"})
    second.send("Seal it", {"text": "The blue door"})
    assert second.status == 409
    assert second.sees("Somebody of yours wrote this meanwhile", "The red door")
    assert second.typed("text") == "The blue door"
    second.send("Seal it")
    assert first.open("/o/about").sees("The blue door")
    second.open("/o/about/sealed/contact").send("Seal it", {"text": ""})
    assert second.sees("It is taken away.", "nothing yet")


@pytest.fixture
def pair_of_holders(make_actor) -> tuple[Actor, Actor]:
    first = make_actor("organisation")
    return first, make_actor("organisation", organisation_id=first.organisation_id)


def test_a_donor_has_no_payout_to_seal(sit: Callable[[Actor], Person], giver: Actor) -> None:
    donor = sit(giver)
    donor.open("/d/about")
    assert donor.sees("Contact", "Legal name")
    assert not donor.sees("Where money should go")
    assert donor.client.get("/d/about/sealed/payout").status_code == 404
    assert re.search("/d/about/sealed/contact", json.dumps(donor.page.links))
