"""Why not and what if over the API: exact for officers, for nobody else."""

import pytest

from registry.domain.roles import Role
from registry.storage.accounts import Account
from search.eligibility.catalogue import load_rules
from search.money import Money
from tests.factories import NeedFactory, OfferFactory
from tests.factories.matches import CLEAR_TERMS, make_pair


@pytest.fixture
def pair(session):
    made = make_pair(need={"serves": ["BY"], "minimum_useful": Money.of("1000.00", "EUR")})
    made.offer.countries = ["GE"]
    session.commit()
    return made


@pytest.fixture
def officer(api_client):
    return api_client(Role.OFFICER)


def test_an_officer_reads_why_not_and_the_change_by_which_it_would_fit(officer, pair):
    found = officer.get(f"/matches/{pair.id}/explanation").json
    assert found["why_not"]["class"] == "fails_rules"
    assert found["why_not"]["rules"] == ["country_covered"]
    [change] = found["changes"]
    assert (change["record"], change["field"], change["rule"]) == (
        "offer",
        "countries",
        "country_covered",
    )
    assert (change["from"], change["to"]) == (["GE"], ["GE", pair.need.country])
    assert (change["who"], change["is_answer"], change["instead"]) == ("donor", False, [])
    assert change["sentence"]
    assert [rule["rule"] for rule in found["rules"]] == list(load_rules())
    assert found["beyond"] == []


def test_a_pair_that_may_come_about_has_no_why_not(officer, pair, session):
    pair.offer.countries = []
    session.commit()
    found = officer.get(f"/matches/{pair.id}/explanation").json
    assert (found["why_not"], found["changes"]) == (None, [])


def test_an_officer_reads_which_offers_come_nearest(officer, pair):
    found = officer.get(f"/needs/{pair.need.id}/nearest-offers").json
    assert found["eligible"] == 0
    [near] = found["nearest"]
    assert (near["offer"], near["rules"]) == (pair.offer.id, ["country_covered"])
    assert near["changes"][0]["to"] == ["GE", pair.need.country]


def test_an_officer_reads_three_numbers_per_rule(officer, pair):
    found = officer.get(f"/offers/{pair.offer.id}/what-if").json
    assert found["needs"] == 1
    lines = {line["rule"]: line for line in found["rules"]}
    assert list(lines) == list(load_rules())
    line = lines["country_covered"]
    assert (line["fails_only"], line["newly_eligible"]) == (1, 1)
    assert (line["competitive"], line["net"]) == (1, 1)
    assert line["asked"]["currency"] == "EUR"


@pytest.mark.parametrize("bound", [(4, True), (3, False)])
def test_too_many_pairs_are_left_to_the_command_line(
    officer, signed_in, session, monkeypatch, bound
):
    most, is_counted = bound
    offer, _other = OfferFactory.create(**CLEAR_TERMS), OfferFactory.create(**CLEAR_TERMS)
    for _ in range(2):
        NeedFactory.create()
    session.commit()
    for place in ("registry.api.v1.reasons", "registry.web.officer_reasons"):
        monkeypatch.setattr(f"{place}.MOST_PAIRS", most)
    found = officer.get(f"/offers/{offer.id}/what-if").json
    assert (found["needs"], bool(found["rules"])) == (2, is_counted)
    page = signed_in(Role.OFFICER).get(f"/desk/offers/{offer.id}/what-if").text
    assert (f"registry match whatif {offer.id}" in page) is not is_counted


PATHS = (
    "/matches/{match}/explanation",
    "/needs/{need}/nearest-offers",
    "/offers/{offer}/what-if",
)


@pytest.mark.parametrize("side", ["holder", "giver"])
@pytest.mark.parametrize("path", PATHS)
def test_a_side_reads_none_of_it(api_client, session, pair, side, path):
    actor = getattr(pair, side)
    client = api_client(actor.role, account=session.get_one(Account, actor.account_id))
    asked = path.format(match=pair.id, need=pair.need.id, offer=pair.offer.id)
    assert client.get(asked).status_code in (403, 404)


@pytest.mark.parametrize("path", PATHS)
def test_what_is_not_there_is_not_found(officer, path):
    nowhere = "0" * 32
    answer = officer.get(path.format(match=nowhere, need=nowhere, offer=nowhere))
    assert answer.status_code == 404
