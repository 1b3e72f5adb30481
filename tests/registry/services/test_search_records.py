"""Search: what each reader finds, and what of it is shown."""

from collections.abc import Callable
from typing import Any

import pytest

from registry.app.parts import Parts
from registry.domain.errors import RecordRefusedError, SearchUnavailableError
from registry.domain.roles import Role, Scope
from registry.identity.actor import Actor
from registry.jobs.by_hand import drain_all
from registry.services.needs.open_dossier import open_dossier
from registry.services.search_records import SearchPage, search_records
from registry.storage.database import RegistrySession
from search.codes import NeedStatus, RecordState, Urgency, Vetting, Visibility
from search.index.protocol import Filter, IndexUnavailable, Kind, Sort
from search.money import Money
from tests.counting import statements
from tests.factories import DonorFactory, NeedFactory, OfferFactory, OrganisationFactory

Find = Callable[..., SearchPage]


@pytest.fixture
def find(parts: Parts, session: RegistrySession) -> Find:
    def look(actor: Actor, text: str = "", kind: Kind = Kind.NEED, **options: Any) -> SearchPage:
        session.commit()
        drain_all(parts.database)
        with parts.database.reading() as reading:
            return search_records(reading, actor, kind, text, **options)

    return look


def names(page: SearchPage) -> list[str]:
    return [item["id"] for item in page.items]


# Officers


def test_an_officer_finds_words_in_any_form_with_the_text_around_once_it_was_opened(
    find: Find, session: RegistrySession, officer: Actor
) -> None:
    need = NeedFactory.create(title="Rent of two offices", summary="In Vilnius.")
    NeedFactory.create(title="Winter coats", summary="For children.")
    page = find(officer, "office heating")
    assert names(page) == [need.id]
    assert (page.total, page.words) == (1, 2)
    item = page.items[0]
    assert item["matched"] == 1
    assert item["score"] > 0
    assert "snippets" not in item
    assert "title" not in item
    assert item["external_id"].startswith("need-")
    open_dossier(session, officer, need.id)
    item = find(officer, "office heating").items[0]
    assert item["snippets"]["title"] == [("Rent of two ", False), ("offices", True)]


@pytest.mark.parametrize("kind", Kind)
def test_a_page_of_hits_costs_the_same_however_many_there_are(
    parts: Parts, session: RegistrySession, officer: Actor, kind: Kind
) -> None:
    def lines_of(count: int) -> tuple[int, int]:
        for _ in range(count):
            offer = OfferFactory.create()
            offer.spent = Money(100, "EUR")
            NeedFactory.create()
        session.commit()
        drain_all(parts.database)
        with parts.database.reading() as reading, statements(reading) as sent:
            found = search_records(reading, officer, kind, "", limit=50)
        return len(found.items), len(sent)

    few, many = lines_of(2), lines_of(8)
    assert (few[0], many[0]) == (2, 10)
    assert few[1] == many[1]


def test_the_situation_is_never_found(find: Find, officer: Actor) -> None:
    NeedFactory.create(title="Rent", situation="Marigold")
    assert names(find(officer, "marigold")) == []


def test_without_words_the_filters_decide_and_nothing_is_marked(find: Find, officer: Actor) -> None:
    NeedFactory.create()
    page = find(officer)
    assert len(page.items) == 1
    assert "snippets" not in page.items[0]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"category": "fixed_costs"}, 2),
        ({"category": "fixed_costs.rent"}, 1),
        ({"country": "GE"}, 1),
        ({"country": ["GE", "PL"]}, 3),
        ({"urgency": "emergency"}, 1),
        ({"status": "draft"}, 1),
        ({"amount_from": 900_000}, 1),
        ({"amount_to": 899_999}, 2),
        ({"category": "fixed_costs", "country": "GE"}, 1),
        ({"category": None, "country": ""}, 3),
    ],
)
def test_filters(find: Find, officer: Actor, filters: dict[str, Any], count: int) -> None:
    NeedFactory.create(amount_requested=Money(900_000, "EUR"))
    NeedFactory.create(category="fixed_costs", country="GE", urgency=Urgency.EMERGENCY)
    NeedFactory.create(category="legal_aid.fines", status=NeedStatus.DRAFT)
    assert len(find(officer, filters=filters).items) == count


def test_facets_count_as_if_their_own_filter_were_not_set(find: Find, officer: Actor) -> None:
    for country in ("PL", "PL", "LT"):
        NeedFactory.create(country=country)
    page = find(officer, filters={"country": "PL"}, facets=[Filter.COUNTRY, Filter.STATUS])
    assert page.facets == {"country": {"PL": 2, "LT": 1}, "status": {"open": 2}}


def test_pages_follow_each_other_without_gaps(find: Find, officer: Actor, parts: Parts) -> None:
    needs = {NeedFactory.create().id for _ in range(5)}
    seen: list[str] = []
    cursor = None
    for _ in range(3):
        page = find(officer, "rent", limit=2, cursor=cursor)
        seen += names(page)
        cursor = page.next_cursor
    assert cursor is None
    assert len(seen) == 5
    assert set(seen) == needs


def test_sorting_by_amount(find: Find, officer: Actor) -> None:
    small = NeedFactory.create(amount_requested=Money(100, "EUR"))
    large = NeedFactory.create(amount_requested=Money(900, "USD"))
    assert names(find(officer, sort=Sort.LARGEST_AMOUNT)) == [large.id, small.id]


# What others find


def test_an_organisation_finds_its_own_and_nothing_else(
    find: Find, holder: Actor, session: RegistrySession
) -> None:
    from registry.storage.organisations import Organisation

    own = NeedFactory.create(
        organisation=session.get_one(Organisation, holder.organisation_id),
        status=NeedStatus.DRAFT,
    )
    NeedFactory.create()
    page = find(holder, "rent", facets=[Filter.STATUS])
    assert names(page) == [own.id]
    assert (page.total, page.facets) == (1, {"status": {"draft": 1}})
    assert page.items[0]["snippets"]["title"][0] == ("Rent", True)


def test_a_partner_finds_what_is_for_partners_without_a_word_of_it(
    find: Find, make_actor: Callable[..., Actor]
) -> None:
    partner = make_actor(Role.PARTNER, scopes=frozenset({Scope.NEEDS_READ, Scope.NEEDS_TEXT}))
    need = NeedFactory.create()
    NeedFactory.create(readers=["donors"])
    NeedFactory.create(status=NeedStatus.DRAFT)
    NeedFactory.create(organisation=OrganisationFactory.create(vetting=Vetting.UNVERIFIED))
    page = find(partner, "rent", facets=[Filter.STATUS])
    assert names(page) == [need.id]
    assert {"title", "summary", "snippets", "organisation"}.isdisjoint(page.items[0])


def test_a_donor_finds_no_needs_and_its_own_offers(
    find: Find, giver: Actor, session: RegistrySession
) -> None:
    from registry.storage.donors import Donor

    NeedFactory.create()
    own = OfferFactory.create(donor=session.get_one(Donor, giver.donor_id))
    OfferFactory.create(visibility=Visibility.PUBLIC)
    assert find(giver).total == 0
    assert names(find(giver, kind=Kind.OFFER)) == [own.id]


def test_an_organisation_finds_the_offers_that_are_shared_with_members(
    find: Find, holder: Actor
) -> None:
    shared = OfferFactory.create(visibility=Visibility.MEMBERS)
    OfferFactory.create(visibility=Visibility.OFFICERS)
    OfferFactory.create(
        visibility=Visibility.PUBLIC, donor=DonorFactory.create(vetting=Vetting.UNVERIFIED)
    )
    assert names(find(holder, kind=Kind.OFFER)) == [shared.id]


@pytest.mark.parametrize(("count", "told"), [(0, 0), (1, 0), (9, 0), (10, 10), (14, 10), (15, 20)])
def test_of_others_records_it_is_told_in_tens_how_many_were_found(
    find: Find, partner: Actor, officer: Actor, count: int, told: int
) -> None:
    for _ in range(count):
        NeedFactory.create()
    NeedFactory.create(country="LT")
    asked: dict[str, Any] = {"filters": {"country": "PL"}, "facets": [Filter.COUNTRY]}
    page, exact = find(partner, **asked), find(officer, **asked)
    assert (page.total, exact.total) == (told, count)
    assert page.facets == {"country": {"PL": told} if told else {}}
    assert exact.facets["country"]["LT"] == 1
    assert len(page.items) == count


def test_a_donor_is_told_exactly_how_many_of_its_own_offers_were_found(
    find: Find, giver: Actor, session: RegistrySession
) -> None:
    from registry.storage.donors import Donor

    OfferFactory.create(donor=session.get_one(Donor, giver.donor_id))
    assert find(giver, kind=Kind.OFFER).total == 1


def test_an_offer_that_helps_everywhere_counts_for_every_country(
    find: Find, officer: Actor
) -> None:
    OfferFactory.create(countries=["LT"])
    OfferFactory.create()
    page = find(officer, kind=Kind.OFFER, filters={"country": "LT"}, facets=[Filter.COUNTRY])
    assert page.total == 2
    assert page.facets == {"country": {"LT": 2}}


@pytest.mark.parametrize("role", [Role.AUDITOR])
def test_an_auditor_finds_nothing(find: Find, make_actor: Callable[..., Actor], role: Role) -> None:
    NeedFactory.create()
    OfferFactory.create(visibility=Visibility.PUBLIC)
    actor = make_actor(role)
    assert find(actor).total == find(actor, kind=Kind.OFFER).total == 0


# The database says what is true


def test_what_the_index_does_not_know_yet_is_not_shown_any_more(
    find: Find, parts: Parts, officer: Actor, session: RegistrySession
) -> None:
    """Frozen a moment ago: the worker has not been at it, and nobody sees it all the same."""
    organisation = OrganisationFactory.create()
    needs = [NeedFactory.create(organisation=organisation) for _ in range(3)]
    other = NeedFactory.create()
    find(officer)
    organisation.state = RecordState.FROZEN
    session.add(organisation)
    session.commit()
    with parts.database.reading() as reading:
        page = search_records(reading, officer, Kind.NEED, limit=2)
    assert names(page) == [other.id]
    assert page.next_cursor is None
    assert len(needs) == 3


def test_a_destroyed_key_takes_its_texts_out_of_sight(
    find: Find, parts: Parts, officer: Actor
) -> None:
    need = NeedFactory.create()
    find(officer)
    parts.vault.keys.destroy_key(need.organisation_id)
    with parts.database.reading() as reading:
        assert search_records(reading, officer, Kind.NEED, "rent").items == []


# Slips


def test_what_a_slip_was_read_as_is_said(find: Find, officer: Actor) -> None:
    need = NeedFactory.create(title="Cameras were seized")
    page = find(officer, "siezed cameras")
    assert names(page) == [need.id]
    assert page.mended == [{"written": "siezed", "looked_for": ["seized"]}]


def test_a_slip_is_never_read_as_a_word_of_a_stored_text(find: Find, officer: Actor) -> None:
    asked = "blorptzal office"
    before = find(officer, asked).mended
    NeedFactory.create(title="Blorptzel office", summary="Blorptzel, blorptzel.")
    assert find(officer, asked).mended == before == []


# Refusals


@pytest.mark.parametrize(
    ("text", "options", "field", "code"),
    [
        ("ren*", {}, "q", "query_wildcards"),
        ("a" * 600, {}, "q", "query_too_long"),
        ("the", {}, "q", "query_without_words"),
        ("rent", {"cursor": "made up"}, "cursor", "bad_cursor"),
        ("rent", {"limit": 0}, "limit", "out_of_range"),
        ("rent", {"limit": 101}, "limit", "out_of_range"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_at_its_field(
    find: Find, officer: Actor, *, text: str, options: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(RecordRefusedError) as refused:
        find(officer, text, **options)
    assert [(each.field, each.code) for each in refused.value.problems] == [(field, code)]


def test_a_cursor_belongs_to_one_search(find: Find, officer: Actor) -> None:
    for _ in range(2):
        NeedFactory.create()
    cursor = find(officer, "rent", limit=1).next_cursor
    with pytest.raises(RecordRefusedError):
        find(officer, "newsroom", limit=1, cursor=cursor)


def test_an_index_that_cannot_answer_is_a_matter_of_waiting(
    parts: Parts, officer: Actor, session: RegistrySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise IndexUnavailable("broken", "")

    monkeypatch.setattr(parts.index, "search", broken)
    with pytest.raises(SearchUnavailableError):
        search_records(session, officer, Kind.NEED, "rent")
