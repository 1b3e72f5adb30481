"""From an officer's offer to an award: what each side sees at each step, over the API."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from registry.app.parts import Parts
from registry.domain.roles import Role
from registry.identity.actor import actor_of
from registry.jobs.drain import drain_once
from registry.jobs.pulse import unwatched
from registry.services.matches.get_match import get_match
from registry.storage.audit import verify_audit
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.offers import Offer
from search.codes import NeedStatus, Reader
from search.money import Money
from tests.conftest import ApiClient
from tests.factories import (
    AccountFactory,
    DonorFactory,
    NeedFactory,
    OfferFactory,
    OrganisationFactory,
)
from tests.factories.matches import CLEAR_TERMS

HANDLE = "Willow by the river"
SECRETS = (HANDLE, "org-known-elsewhere", "Two rooms above the bakery")


class Table:
    """The three who sit around one match, each with a key of its own."""

    def __init__(
        self, session: RegistrySession, parts: Parts, make: Callable[..., ApiClient]
    ) -> None:
        organisation = OrganisationFactory.create(handle=HANDLE, external_id=SECRETS[1])
        self.need = NeedFactory.create(
            organisation=organisation, title=SECRETS[2], readers=[Reader.PARTNERS]
        )
        donor = DonorFactory.create()
        self.offer = OfferFactory.create(donor=donor, **CLEAR_TERMS)
        self.officer = make(Role.OFFICER)
        self.holder = make(
            Role.ORGANISATION,
            account=AccountFactory.create(role=Role.ORGANISATION, organisation_id=organisation.id),
        )
        self.giver = make(
            Role.DONOR, account=AccountFactory.create(role=Role.DONOR, donor_id=donor.id)
        )
        session.commit()
        self.parts = parts
        self.work()
        self.match = self.officer.get("/matches").json["items"][0]["id"]

    def work(self) -> None:
        while drain_once(self.parts.database, unwatched):
            pass

    def review(self, who: ApiClient, **review: Any) -> Any:
        return who.post(f"/matches/{self.match}/reviews", review)

    def page(self, who: ApiClient) -> dict[str, Any]:
        """Return all that the reader's page is made of."""
        with self.parts.database.reading() as session:
            return get_match(session, actor_of(who.account), self.match, "en")

    def status(self, who: ApiClient) -> int:
        return int(who.get(f"/matches/{self.match}").status_code)


@pytest.fixture
def table(session: RegistrySession, parts: Parts, api_client: Callable[..., ApiClient]) -> Table:
    return Table(session, parts, api_client)


def told(page: dict[str, Any]) -> str:
    return json.dumps(page, default=str, ensure_ascii=False)


def test_donor_and_organisation_are_introduced(table: Table, rows: Callable[[], Any]) -> None:
    officer, holder, giver = table.officer, table.holder, table.giver
    assert (table.status(giver), table.status(holder)) == (404, 404)
    for kind in ("shortlist", "offer"):
        assert table.review(officer, kind=kind).status_code == 201

    # The donor sees codes and amount, and nothing that names anybody.
    assert (table.status(giver), table.status(holder)) == (200, 404)
    page = table.page(giver)
    assert page["need_side"]["amount_requested"] == Money(450_000, "EUR")
    for secret in SECRETS:
        assert secret not in told(page)
        assert secret not in giver.get(f"/matches/{table.match}").text
    assert table.review(holder, kind="consent").status_code == 404

    assert table.review(giver, kind="interest").json["state"] == "interested"

    # Only now the organisation sees the offer, by whom the donor was checked, and what follows.
    page = table.page(holder)
    assert page["offer_side"]["title"] == "Core costs of small newsrooms"
    assert (page["donor_side"]["vetting"], page["donor_side"]["vetted_by"]) == (
        "verified",
        "officer",
    )
    assert not next(line for line in page["learns"] if line["what"] == "pseudonym")["happened"]
    for secret in SECRETS:
        assert secret not in told(table.page(giver))

    assert table.review(holder, kind="consent").json["state"] == "introduced"

    # Both are introduced: the donor knows the pseudonym and the text.
    page = table.page(giver)
    assert page["organisation_side"]["handle"] == HANDLE
    assert page["need_side"]["title"] == SECRETS[2]
    assert {table.page(who)["state"] for who in (officer, holder, giver)} == {"introduced"}

    given = table.review(giver, kind="award", amount={"amount": "4500.00", "currency": "EUR"})
    assert given.json["state"] == "awarded"
    table.work()
    with rows() as session:
        assert session.get_one(Need, table.need.id).status == NeedStatus.MET
        assert session.get_one(Offer, table.offer.id).spent == Money(450_000, "EUR")
        assert verify_audit(session) is None

    history = officer.get(f"/matches/{table.match}/reviews").json["items"]
    assert [(act["kind"], act["by_role"]) for act in history] == [
        ("shortlist", "officer"),
        ("offer", "officer"),
        ("interest", "donor"),
        ("consent", "organisation"),
        ("award", "donor"),
    ]


def test_an_organisation_says_no_and_the_donor_learns_no_more_than_that(table: Table) -> None:
    for who, kind in (
        (table.officer, "shortlist"),
        (table.officer, "offer"),
        (table.giver, "interest"),
    ):
        assert table.review(who, kind=kind).status_code == 201
    refused = table.review(table.holder, kind="decline")
    assert refused.status_code == 422
    assert "reason" in refused.text
    no = table.review(table.holder, kind="decline", reason_code="donor_not_trusted", note="Ask us.")
    assert no.json["state"] == "declined"
    page = table.page(table.giver)
    assert page["state"] == "declined"
    for secret in (*SECRETS, "donor_not_trusted", "Ask us."):
        assert secret not in told(page)
    assert "Ask us." in told(table.page(table.officer))


def test_a_side_that_changes_its_mind_takes_its_yes_back(table: Table) -> None:
    for who, kind in (
        (table.officer, "shortlist"),
        (table.officer, "offer"),
        (table.giver, "interest"),
        (table.holder, "consent"),
    ):
        assert table.review(who, kind=kind).status_code == 201
    taken_back = table.review(table.holder, kind="decline", reason_code="no_longer_needed")
    assert taken_back.json["state"] == "withdrawn"
    late = table.review(table.giver, kind="award", amount={"amount": "1.00", "currency": "EUR"})
    assert late.status_code == 409
    # What was read before cannot be taken back, but nothing more is shown.
    assert HANDLE not in told(table.page(table.giver))
