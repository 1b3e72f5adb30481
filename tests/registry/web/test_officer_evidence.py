"""Evidence on the desk: sealed by one officer, opened by another, and shown to nobody by itself."""

import pytest

from tests.factories import OrganisationFactory
from tests.factories.accounts import unlock_in

TEXT = "Two people of ours met their editor in Vilnius"


@pytest.fixture
def desk(session, person_of, officer):
    person = person_of(officer)
    unlock_in(session, person.client, officer.account_id)
    return person


@pytest.fixture
def page() -> str:
    return f"/desk/organisations/{OrganisationFactory.create().id}"


def test_it_is_sealed_and_opened_by_an_act_of_its_own(desk, page):
    desk.open(page).follow("Seal evidence").send("Seal it", {"text": TEXT})
    assert desk.sees("It is sealed to the officers.")
    assert TEXT not in desk.source
    desk.send("Open the evidence")
    assert desk.sees(TEXT, "stands in the trail")


def test_nothing_written_is_asked_for_again(desk, page):
    desk.open(page).follow("Seal evidence").send("Seal it")
    assert desk.status == 422


def test_who_has_no_key_at_hand_is_told_so(desk, page, person_of, officer):
    desk.open(page).follow("Seal evidence").send("Seal it", {"text": TEXT})
    locked = person_of(officer).open(page).send("Open the evidence")
    assert locked.sees("opens only with your passphrase")


def test_who_came_later_reads_once_another_one_opened_it(
    desk, page, session, person_of, make_actor
):
    desk.open(page).follow("Seal evidence").send("Seal it", {"text": TEXT})
    late = make_actor("officer")
    later = person_of(late)
    unlock_in(session, later.client, late.account_id)
    later.open(page).send("Open the evidence")
    assert later.sees("Once another officer opens it")
    desk.open(page).send("Open the evidence")
    assert later.open(page).send("Open the evidence").sees(TEXT)


def test_there_is_no_page_for_what_is_no_party(desk, page):
    desk.open(page)
    assert desk.client.get(f"/desk/evidence/need/{'0' * 32}/write").status_code == 404
    assert desk.post(f"/desk/evidence/organisation/{'0' * 32}").status_code == 404
