"""An organisation weighs a limit of its need: in a word, how many donors more could help."""

from registry.domain.roles import Role
from registry.jobs.pulse import Heart
from registry.jobs.worker import Worker
from search.codes import NeedStatus, Publicity, Vetting
from tests.factories import NeedFactory, OfferFactory, OrganisationFactory
from tests.factories.matches import CLEAR_TERMS

TITLE = "What if you took one limit away?"
QUIET = "Nothing more becomes public than is accepted"


def work(parts) -> None:
    worker = Worker(parts.database, Heart(parts.settings))
    while worker.step():
        pass


def test_organisation_weighs_its_limits(
    session, parts, person_of, make_account, api_client
) -> None:
    need = NeedFactory.create(publicity_accepted=Publicity.NONE)
    unseen = NeedFactory.create(publicity_accepted=Publicity.NONE, status=NeedStatus.DRAFT)
    for _ in range(10):
        OfferFactory.create(**CLEAR_TERMS | {"publicity_required": Publicity.NAMED})
    account = make_account(Role.ORGANISATION, organisation_id=need.organisation_id)
    session.commit()
    person, page = person_of(account), f"/o/needs/{need.id}"
    assert not person.open(page).sees(TITLE)
    work(parts)
    person.open(page)
    assert person.sees(TITLE, f"{QUIET}: some donors more")
    assert person.sees("Each of your other limits keeps only a few donors away, or none.")
    assert person.sees("nobody asks you to give one up")

    # A programme of the organisation reads the same, and of nobody else's needs.
    client = api_client(Role.ORGANISATION, account=account)
    found = client.get(f"/needs/{need.id}/reach").json
    words = {line["rule"]: line["offers"] for line in found["rules"]}
    assert words.pop("publicity_compatible") == "some"
    assert set(words.values()) == {"few"}
    assert client.get(f"/needs/{unseen.id}/reach").status_code == 404
    assert api_client(Role.OFFICER).get(f"/needs/{need.id}/reach").status_code == 404


def test_an_organisation_that_nobody_vouched_for_reads_nothing_of_it(
    session, parts, person_of, make_account, api_client
) -> None:
    stranger = OrganisationFactory.create(vetting=Vetting.UNVERIFIED)
    need = NeedFactory.create(organisation=stranger, publicity_accepted=Publicity.NONE)
    for _ in range(10):
        OfferFactory.create(**CLEAR_TERMS | {"publicity_required": Publicity.NAMED})
    account = make_account(Role.ORGANISATION, organisation_id=stranger.id)
    session.commit()
    work(parts)
    assert not person_of(account).open(f"/o/needs/{need.id}").sees(TITLE)
    found = api_client(Role.ORGANISATION, account=account).get(f"/needs/{need.id}/reach").json
    assert found == {"need": need.id, "counted_on": None, "rules": []}
