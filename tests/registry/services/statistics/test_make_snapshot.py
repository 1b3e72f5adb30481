"""What counts in a snapshot, what is told of it, and what is kept of it."""

from datetime import date

import pytest

from registry.domain.identifiers import new_id
from registry.privacy.disclosure_control import ABROAD, HOME
from registry.services.statistics.count_shares import count_shares
from registry.services.statistics.make_snapshot import (
    make_snapshot,
    prepare_snapshot,
    store_snapshot,
)
from registry.services.statistics.read_statistics import read_statistics
from registry.storage.awards import KeptAward
from registry.storage.statistics import find_latest_snapshot
from search.codes import NeedStatus, RecordState, Vetting
from search.money import Money, Quantity
from tests.factories import NeedFactory, OrganisationFactory


def shares(session, group: str = "fixed_costs") -> dict:
    return count_shares(session).get(group, {HOME: {}, ABROAD: {}})


def give(session, need, amount: Money, month: date) -> None:
    session.add(
        KeptAward(id=new_id(), amount=amount, month=month, category_group="x", need_id=need.id)
    )
    session.flush()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("vetting", Vetting.UNVERIFIED),
        ("vetting", Vetting.SUSPENDED),
        ("state", RecordState.FROZEN),
    ],
)
def test_only_organisations_that_are_vouched_for_count(session, field, value):
    own = OrganisationFactory.create()
    NeedFactory.create(organisation=own)
    setattr(own, field, value)
    session.flush()
    assert count_shares(session) == {}


@pytest.mark.parametrize("status", [NeedStatus.DRAFT, NeedStatus.EXPIRED, NeedStatus.WITHDRAWN])
def test_needs_that_are_not_open_count_nowhere(session, status):
    NeedFactory.create(status=status)
    assert count_shares(session) == {}


def test_an_organisation_counts_once_in_a_cell_with_all_its_needs(session):
    own = OrganisationFactory.create()
    for amount in (100_000, 200_000):
        NeedFactory.create(organisation=own, amount_requested=Money(amount, "EUR"))
    NeedFactory.create(organisation=own, country="BY", amount_requested=Money(50_000, "EUR"))
    found = shares(session)
    (abroad,), (home,) = found[ABROAD].items(), found[HOME].items()
    assert (abroad[1].unmet, home[1].unmet) == (300_000, 50_000)
    assert abroad[0] == home[0]  # one mark in both cells, so that it counts once where they join


def test_marks_lead_to_no_organisation_and_not_from_one_line_to_another(session):
    own = OrganisationFactory.create()
    NeedFactory.create(organisation=own)
    NeedFactory.create(organisation=own, category="legal_aid.fines")
    (rent,), (fines,) = shares(session)[ABROAD], shares(session, "legal_aid")[ABROAD]
    assert rent != fines
    assert own.id not in (rent, fines)


def test_what_was_given_counts_towards_the_need_from_its_first_day(session, calendar):
    need = NeedFactory.create(amount_requested=Money(100_000, "EUR"), status=NeedStatus.PARTLY_MET)
    give(session, need, Money(30_000, "EUR"), date(2027, 1, 1))
    give(session, need, Money(10_000, "EUR"), date(2027, 3, 1))
    (share,) = shares(session)[ABROAD].values()
    assert (share.asked, share.given, share.unmet) == (100_000, 40_000, 60_000)
    assert share.days == (date(2027, 1, 1) - need.created_on).days


def test_a_need_that_is_met_lacks_nothing_any_more(session):
    NeedFactory.create(status=NeedStatus.MET)
    (share,) = shares(session)[ABROAD].values()
    assert (share.lacks, share.unmet, share.asked) == (False, 0, 450_000)


def test_hours_count_as_lacking_without_an_amount(session):
    need = NeedFactory.create(
        amount_requested=NeedFactory.ABSENT, quantity=Quantity(2_000, "hours")
    )
    give(session, need, Quantity(500, "hours"), date(2027, 1, 1))
    (share,) = shares(session)[ABROAD].values()
    assert (share.lacks, share.unmet, share.given) == (True, 0, 0)


def test_too_few_for_any_figure_make_no_snapshot(session):
    for _ in range(9):
        NeedFactory.create()
    assert make_snapshot(session) is None
    told = read_statistics(session)
    assert (told.made_on, told.next_on, told.cells) == (None, date(2027, 1, 1), [])


def test_ten_make_one_in_which_all_other_kinds_are_told_as_none(session):
    for _ in range(10):
        NeedFactory.create()
    make_snapshot(session)
    told = {cell["category"]: cell for cell in read_statistics(session).cells}
    assert told["fixed_costs"]["organisations"] == 10
    assert told["fixed_costs"]["amount_unmet"] == Money(4_500_000, "EUR")
    assert {cell["organisations"] for name, cell in told.items() if name != "fixed_costs"} == {0}
    assert len(told) == 12


def test_inside_and_outside_stand_apart_where_both_are_ten(session):
    for country in ("BY", "PL"):
        for _ in range(10):
            NeedFactory.create(country=country)
    make_snapshot(session)
    cells = [cell for cell in read_statistics(session).cells if cell["organisations"]]
    assert [(cell["countries"], cell["organisations"]) for cell in cells] == [
        ("home", 10),
        ("abroad", 10),
    ]


@pytest.fixture
def next_snapshot(session, parts, calendar):
    """Let a quarter pass and make its snapshot, in a session of its own; say what is told."""

    def make():
        session.commit()
        calendar.pass_days(92)
        with parts.database.writing() as writing:
            make_snapshot(writing)
            return {cell["category"]: cell for cell in read_statistics(writing).cells}

    return make


def test_only_the_newest_snapshot_keeps_what_it_was_made_of(session, next_snapshot):
    for _ in range(10):
        NeedFactory.create()
    first = make_snapshot(session)
    assert session.vault.read_document(first, "counted")["fixed_costs"]["all"]
    for _ in range(10):
        NeedFactory.create()
    assert next_snapshot()["fixed_costs"]["organisations"] == 20
    session.expire_all()
    assert first.counted is None
    assert find_latest_snapshot(session).counted is not None


def test_a_cell_that_did_not_move_keeps_its_day_in_the_next_snapshot(session, next_snapshot):
    for category in ("fixed_costs.rent", "legal_aid.fines"):
        for _ in range(10):
            NeedFactory.create(category=category)
    made = make_snapshot(session).made_on
    for _ in range(10):
        NeedFactory.create(category="legal_aid.fines")
    NeedFactory.create()
    told = next_snapshot()
    assert (told["fixed_costs"]["organisations"], told["fixed_costs"]["set_on"]) == (10, made)
    assert told["legal_aid"]["organisations"] == 20
    assert told["legal_aid"]["set_on"] > made


def test_what_was_prepared_is_not_published_over_another_snapshot(session):
    for _ in range(10):
        NeedFactory.create()
    prepared = prepare_snapshot(session)
    made = make_snapshot(session)
    assert store_snapshot(session, prepared) is None
    assert find_latest_snapshot(session) is made
