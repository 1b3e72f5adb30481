from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from flask import Flask
from flask_babel import force_locale

from registry.web import formats
from registry.web.choices import (
    category_choices,
    choices,
    country_choices,
    currency_choices,
    language_choices,
)
from registry.web.described import describe, differences
from search.codes import COUNTRIES, LANGUAGES, UNITS
from search.money import Money, Quantity

EUR = {"amount": "1500.00", "currency": "EUR"}
SPACE = formats.NBSP


@pytest.fixture
def reading(look: Flask) -> Callable[[str], object]:
    """Read as somebody does whose pages are in a language: `with reading("be"):`."""

    @contextmanager
    def read(language: str) -> Iterator[None]:
        with look.test_request_context(), force_locale(language):
            yield

    return read


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "€1,500"), ("be", f"1{SPACE}500{SPACE}€"), ("ru", f"1{SPACE}500{SPACE}€")],
)
def test_money_is_written_in_the_reader_manner(reading, language: str, written: str) -> None:
    with reading(language):
        assert formats.show_money(EUR) == written
        assert formats.show_money(Money.of("1500.00", "EUR")) == written


def test_cents_are_shown_where_there_are_any(reading) -> None:
    with reading("en"):
        assert formats.show_money({"amount": "1500.50", "currency": "PLN"}) == "PLN1,500.50"
        assert formats.show_money({"amount": "0.05", "currency": "EUR"}) == "€0.05"


@pytest.mark.parametrize(
    ("count", "be", "ru"),
    [
        ("1", "1 гадзіна", "1 час"),
        ("3", "3 гадзіны", "3 часа"),
        ("5", "5 гадзін", "5 часов"),
        ("11", "11 гадзін", "11 часов"),
        ("21", "21 гадзіна", "21 час"),
        ("1.5", "1,5 гадзіны", "1,5 часа"),
    ],
)
def test_quantities_have_the_right_plural(reading, count: str, be: str, ru: str) -> None:
    hours = {"amount": count, "unit": "hours"}
    with reading("be"):
        assert formats.show_quantity(hours) == be
    with reading("ru"):
        assert formats.show_quantity(hours) == ru


def test_every_unit_can_be_counted(reading) -> None:
    with reading("en"):
        for unit in UNITS:
            assert formats.show_quantity(Quantity.of("20", unit)).startswith("20 ")


def test_an_amount_says_itself_whichever_it_is(reading) -> None:
    with reading("en"):
        assert formats.show_amount(EUR) == "€1,500"
        assert formats.show_amount(Quantity.of("20.00", "hours")) == "20 hours"


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("en", "31 March 2027"),
        ("be", "31 сакавіка 2027 года"),
        ("ru", "31 марта 2027 года"),
    ],
)
def test_days_are_written_in_the_reader_manner(reading, language: str, written: str) -> None:
    with reading(language):
        assert formats.show_day(date(2027, 3, 31)).replace(SPACE, " ") == written
        assert formats.show_day("2027-03-31").replace(SPACE, " ") == written


def test_time_that_is_left_is_said_in_words(reading) -> None:
    with reading("en"):
        assert formats.show_days_left(5) == "5 days left"
        assert formats.show_days_left(1) == "1 day left"
        assert formats.show_days_left(0) == "today is the last day"
        assert formats.show_days_left(-1) == "the time is over"


def test_countries_languages_and_codes_have_names(reading) -> None:
    with reading("be"):
        assert formats.name_country("PL") == "Польшча"
        assert formats.name_language("uk") == "украінская"
    with reading("en"):
        assert formats.name_currency("EUR") == "Euro (EUR)"
        assert formats.name_code("fixed_costs.rent", "category") == "Rent for an office or a room"
        assert "name" in formats.say_consequence("pseudonymous", "publicity")
        assert formats.say_consequence("fixed_costs.rent", "category") == ""


@pytest.mark.parametrize("language", ["en", "be", "ru"])
def test_no_code_is_shown_where_a_name_exists(reading, language: str) -> None:
    with reading(language):
        for groups, codes in ((country_choices(), COUNTRIES), (language_choices(), LANGUAGES)):
            shown = [choice for group in groups for choice in group.choices]
            assert {choice.code for choice in shown} == codes
            assert len(shown) == len(codes)


def test_categories_stand_under_their_group_and_offer_all_of_it(reading) -> None:
    with reading("en"):
        group = next(group for group in category_choices() if group.label == "Legal help")
        assert [choice.code for choice in group.choices][:2] == [
            "legal_aid",
            "legal_aid.representation",
        ]
        assert group.choices[0].label == "Legal help: all of it"


def test_choices_carry_what_they_mean(reading) -> None:
    with reading("en"):
        assert all(choice.consequence for choice in choices("publicity"))
        assert [choice.code for choice in choices("vetting", ["verified"])] == ["verified"]


def test_a_currency_that_stands_in_a_record_is_offered_too(reading) -> None:
    with reading("en"):
        assert "THB" not in [choice.code for choice in currency_choices()]
        assert "THB" in [choice.code for choice in currency_choices("THB")]


def test_a_record_is_described_in_words_and_what_is_absent_left_out(reading) -> None:
    need = {
        "country": "PL",
        "amount_requested": EUR,
        "channels": ["in_kind"],
        "needed_by": "2027-03-31",
        "title": "",
        "breakdown": {"legal_aid.fines": EUR},
        "unheard_of": "x",
    }
    with reading("en"):
        described = dict(describe(need))
    assert described["Where it is needed"] == "Poland"
    assert described["How much money"] == "€1,500"
    assert described["How much of it for what"] == "Paying fines: €1,500"
    assert "In a few words" not in described
    assert "x" not in described.values()


def test_differences_show_both_sides_even_where_one_is_not_valid(reading) -> None:
    theirs = {"country": "PL", "title": "A"}
    yours = {"country": "nowhere", "title": "A", "needed_by": "31 of March"}
    with reading("en"):
        found = differences(theirs, yours, ["country", "title", "needed_by"])
    assert found == [
        ("Where it is needed", "Poland", "nowhere"),
        ("Needed by", "", "31 of March"),
    ]


def test_shares_stay_between_none_and_all(look: Flask) -> None:
    small, large = {"amount": "100.00", "currency": "EUR"}, EUR
    assert formats.share_of(large, small) == 1
    assert formats.share_of({"amount": "375", "currency": "EUR"}, large) == 0.25
    assert formats.share_of(small, {"amount": "0", "currency": "EUR"}) == 0


def test_a_filter_of_constants_is_asked_in_every_language(look: Flask, reading) -> None:
    page = look.jinja_env.from_string('{{ "open"|consequence("need_status") }} {{ "PL"|country }}')
    said = set()
    for language in ("en", "be", "ru"):
        with reading(language):
            said.add(page.render())
    assert len(said) == 3
