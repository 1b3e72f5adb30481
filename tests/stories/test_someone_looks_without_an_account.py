"""Somebody inside the country looks what fits, and leaves nothing behind.

No account, no cookie, no scripts. Before and after, every table, every file and every line of the
log are compared: there is nothing that a seizure or a forced sign-in could bring to light.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlmodel import select

from registry.app.parts import Parts
from registry.storage.database import RegistrySession
from registry.storage.tables import metadata
from search.codes import Channel, LegalStatus, Publicity, Visibility
from search.money import Money
from tests.factories import DonorFactory, OfferFactory
from tests.person import Person

SAID = {
    "category": "legal_aid.search_and_interrogation",
    "country": "BY",
    "kind": "community",
    "asks_for": ["money"],
    "amount_requested.amount": "1 717",
    "minimum_useful.amount": "313",
}


@pytest.fixture
def offers(session: RegistrySession) -> None:
    """Two public offers, of which one helps elsewhere, and one that is not public."""
    OfferFactory.create(
        title="Lawyers at once",
        visibility=Visibility.PUBLIC,
        categories=["legal_aid"],
        countries=["BY"],
        legal_statuses=[LegalStatus.REGISTERED_ABROAD],
        base_countries=["LT"],
        channels=[Channel.BANK_ABROAD],
        publicity_required=Publicity.NAMED,
    )
    OfferFactory.create(
        title="Rooms by the sea",
        visibility=Visibility.PUBLIC,
        countries=["GE"],
        max_award=Money(10_000, "EUR"),
    )
    OfferFactory.create(title="For members", visibility=Visibility.MEMBERS)
    session.commit()


@pytest.fixture
def somebody(app: Flask) -> Person:
    return Person(app.test_client())


def test_someone_looks_without_an_account(
    offers: None, somebody: Person, parts: Parts, rows: Callable[[], Any], caplog: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    before = everything(parts, rows)

    somebody.open("/").follow("See what fits, without an account")
    assert somebody.sees("Nothing of it is kept here", "Your own device may keep more than we do")
    somebody.send("See what fits", SAID)
    assert somebody.status == 200
    assert somebody.sees("2 public offers were looked at", "Lawyers at once", "Rooms by the sea")
    assert not somebody.sees("For members")
    assert somebody.sees("What may a donor make public about the help you get?")
    assert somebody.sees("The offer helps elsewhere: Georgia. The need is for: Belarus.")
    assert somebody.sees("What an officer would still look at", "The legal status is accepted")

    # What was typed is still there; one answer more makes it plain.
    assert somebody.typed("amount_requested.amount") == "1 717"
    somebody.send("See what fits", {"publicity_accepted": "none"})
    assert somebody.sees("The donor publishes more (", "2 do not fit")
    somebody.send("See what fits", {"publicity_accepted": "named"})
    assert somebody.sees("1 fits, as far as it is public", "Fits so far")

    assert everything(parts, rows) == before
    assert somebody.client.get_cookie("__Host-session") is None
    logged = [record.getMessage() for record in caplog.records if "registry" in record.name]
    assert logged == []
    assert not any(secret in caplog.text for secret in ("1717", "1 717", "313", "community"))


def everything(parts: Parts, rows: Callable[[], Any]) -> dict[str, Any]:
    """Return what stands in every table and, by their hash, in all other files of the registry."""
    found: dict[str, Any] = {}
    with rows() as reading:
        for table in metadata.sorted_tables:
            found[table.name] = [tuple(row) for row in reading.execute(select(table))]
    assert found["offer"], "nothing to compare"
    return found | dict(_files(parts))


def _files(parts: Parts) -> Iterator[tuple[str, str]]:
    folder = parts.settings.data_dir.parent
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.endswith("-shm"):
            yield str(path.relative_to(folder)), hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("kept", ["query", "reload"])
def test_an_address_tells_nothing_and_reloading_does_no_harm(
    offers: None, somebody: Person, kept: str
) -> None:
    somebody.open("/what-fits?category=legal_aid.fines&country=BY")
    assert somebody.typed("category") == ""
    if kept == "query":
        assert not somebody.sees("looked at")
        return
    somebody.send("See what fits", SAID)
    once = somebody.source
    somebody.open("/what-fits").send("See what fits", SAID)
    assert somebody.source == once
    assert somebody.address == "/what-fits"


def test_what_is_missing_is_said_at_its_field(offers: None, somebody: Person) -> None:
    somebody.open("/what-fits").send("See what fits", {"country": "BY"})
    assert somebody.status == 422
    assert somebody.sees("3 fields need another look")
    assert somebody.typed("country") == "BY"


def test_help_by_others_is_taken_off_only_in_the_same_currency(
    offers: None, somebody: Person
) -> None:
    typed = SAID | {"funded_amount.amount": "100", "_in.funded_amount": "USD"}
    somebody.open("/what-fits").send("See what fits", typed)
    assert somebody.status == 422
    assert somebody.sees("What others have given to it already")


def test_a_group_of_needs_can_be_broken_down_once_it_is_chosen(
    session: RegistrySession, somebody: Person
) -> None:
    OfferFactory.create(
        visibility=Visibility.PUBLIC, categories=["legal_aid.fines"], publicity_required="none"
    )
    somebody.open("/what-fits").send("See what fits", SAID | {"category": "legal_aid"})
    assert somebody.sees("How much of this need goes to each of its parts?")
    somebody.send("See what fits", {"breakdown.legal_aid.fines.amount": "500"})
    assert somebody.sees("1 fits, as far as it is public")


def test_without_public_offers_it_says_so(somebody: Person) -> None:
    somebody.open("/what-fits").send("See what fits", SAID)
    assert somebody.sees("There are no public offers now.")


def test_nobody_keeps_the_page(offers: None, somebody: Person) -> None:
    for answer in (
        somebody.client.get("/what-fits"),
        somebody.client.post("/what-fits", data=SAID),
        somebody.client.post("/api/v1/check", json={}),
    ):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers


def test_an_unnamed_giver_stays_unnamed(session: RegistrySession, somebody: Person) -> None:
    for handle, shows in (("Copper Lamp", False), ("Tin Kettle", True)):
        donor = DonorFactory.create(handle=handle)
        donor.shows_name = shows
        OfferFactory.create(visibility=Visibility.PUBLIC, donor=donor)
    session.commit()
    somebody.open("/what-fits").send("See what fits", SAID)
    assert somebody.sees("Offered by Tin Kettle")
    assert "Copper Lamp" not in somebody.source
