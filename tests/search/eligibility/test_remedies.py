"""Whoever is refused reads what to write instead: every fault has its own sentence."""

from typing import Any

import pytest

from search.codes import CATEGORY_ITEMS
from search.eligibility.reading import read_line, read_need, read_offer, read_organisation
from search.eligibility.refusal import FactsRefused
from tests.search.eligibility import records
from tests.search.eligibility.records import euros, units


def remedies(read: Any, record: object) -> list[tuple[str, str]]:
    with pytest.raises(FactsRefused) as refused:
        read(record)
    assert str(refused.value) == "; ".join(
        f"{each.field}: {each.message}" for each in refused.value.errors
    )
    return [(each.field, each.message) for each in refused.value.errors]


@pytest.mark.parametrize(
    ("field", "value", "remedy"),
    [
        ("external_id", 7, "Write text in quotes."),
        ("external_id", "a\nb", "Take out control characters and broken characters."),
        ("external_id", "x" * 201, "Write at most 200 characters."),
        ("country", 7, "Write one code in quotes: a country code of ISO 3166-1, such as LT."),
        ("country", "Litva", "Use a country code of ISO 3166-1, such as LT."),
        ("category", "rents", "Use a category code of the taxonomy, such as fixed_costs.rent."),
        ("language", "bel", "Use a language code of ISO 639-1, such as be."),
        ("recurrence", "weekly", "Use one of: one_off, monthly."),
        ("recurrence", 7, "Write one code in quotes: one of: one_off, monthly."),
        ("asks_for", "money", 'Write a list, such as ["a", "b"].'),
        ("months_covered", "6", "Write a whole number without quotes."),
        ("months_covered", 1_201, "Write a whole number from 0 to 1200."),
        ("needed_by", 20260203, 'Write the day as "2026-05-31".'),
        ("needed_by", "3.2.2026", "Write the day as 2026-05-31, without time."),
        ("needed_by", "2026-02-30", "There is no such day; check the date."),
        ("amount_requested", units("5"), "Give this amount in a currency, not a unit."),
        ("quantity", euros("5"), "Give this amount in a unit, not a currency."),
        ("breakdown", ["rent"], "Write a map from category codes to values."),
        ("breakdown", {"rent": euros("5")}, "Write the full code: fixed_costs.rent."),
        (
            "breakdown",
            {"rents": euros("5")},
            "Use category codes of the taxonomy, such as fixed_costs.rent.",
        ),
        ("contact", "x", "Leave sealed fields out; nothing is judged by them."),
        ("colour", "x", "There is no such field; check its spelling or drop it."),
        ("category", None, "Give this field; nothing can be judged without it."),
        (
            "amount_requested",
            None,
            "Say how much: amount_requested, quantity, or asks_for where it is not known.",
        ),
    ],
)
def test_a_need_that_is_refused_says_what_to_write(field, value, remedy):
    assert remedies(read_need, records.need(**{field: value})) == [(f"need.{field}", remedy)]


@pytest.mark.parametrize(
    ("read", "record", "place", "remedy"),
    [
        (
            read_organisation,
            records.organisation(active_since=0),
            "organisation.active_since",
            "Write a whole number from 1 to 9999.",
        ),
        (
            read_organisation,
            records.organisation(declines_anonymous="yes"),
            "organisation.declines_anonymous",
            "Write true or false, without quotes.",
        ),
        (
            read_offer,
            records.offer(category_caps={"fixed_costs": "101"}),
            "offer.category_caps.fixed_costs",
            "Write a percentage from 0 to 100.",
        ),
        (
            read_offer,
            records.offer(reallocation_percent=[1]),
            "offer.reallocation_percent",
            'Write a percentage such as "33.5" or 33.5.',
        ),
        (
            read_offer,
            records.offer(max_award=units("5")),
            "offer",
            "Give all amounts of an offer in one currency or one unit.",
        ),
        (
            read_need,
            records.need(minimum_useful={"amount": "5", "currency": "USD"}),
            "need",
            "Give all amounts of it in one currency.",
        ),
        (
            read_need,
            records.need(quantity=units("3", "nights"), minimum_useful=units("3", "seats")),
            "need",
            "Give all quantities of it in one unit.",
        ),
        (
            read_line,
            {**records.line(), "on": None},
            "on",
            'Say the day to judge on, such as "2026-05-31".',
        ),
        (read_need, "rent", "need", "Write an object with named fields."),
    ],
)
def test_what_does_not_fit_together_is_said_at_its_place(read, record, place, remedy):
    assert (place, remedy) in remedies(read, record)


def test_a_short_name_that_two_categories_share_names_both():
    [code] = [each for each in CATEGORY_ITEMS if each == "relocation.living_costs"]
    [(_, remedy)] = remedies(read_need, records.need(breakdown={"living_costs": euros("5")}))
    assert remedy == f"Write the full code: {code} or victim_support.living_costs."


@pytest.mark.parametrize("name", ["budget_left", "min_award", "max_award"])
def test_every_amount_of_an_offer_is_in_the_currency_of_its_budget(name):
    dollars = {"amount": "5.00", "currency": "USD"}
    assert remedies(read_offer, records.offer(**{name: dollars})) == [
        ("offer", "Give all amounts of it in one currency.")
    ]
    assert read_offer(records.offer(**{name: euros("5.00")}))


def test_the_longest_and_the_largest_that_may_be_written_are_read():
    longest = records.need(external_id="x" * 200, months_covered=1_200)
    assert read_need(longest).external_id == "x" * 200
    assert read_need(longest).months_covered == 1_200
    most = records.offer(decision_days=36_500, min_years_active=1_000, reallocation_percent=100)
    assert read_offer(most).decision_days == 36_500
    assert read_offer(most).min_years_active == 1_000
    prose = records.need(summary="Two lines\nand a\ttab." * 100, title="\u00a0")
    assert read_need(prose)
