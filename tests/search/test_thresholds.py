"""Numbers that may change: read by day, so that an old pair is judged by what held then."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from search import thresholds
from search.codes import PairOutcome
from search.eligibility.engine import Settings, assess
from search.eligibility.reading import read_line
from search.money import Rate, find_rate
from search.thresholds import ThresholdsBroken, load_thresholds, threshold
from tests.search.eligibility import records
from tests.search.eligibility.test_engine import VERIFIED

STRICTER = """
[[rate_stale_days]]
from = 1999-01-01
value = 45
[[rate_stale_days]]
from = 2026-06-01
value = 10
"""
ENTERED = Rate("BYN", date(2026, 5, 15), Decimal("3.5"), "an officer")


@pytest.fixture
def write_thresholds(tmp_path, monkeypatch):
    """Let other thresholds hold for a test."""

    def write(text):
        file = tmp_path / "thresholds.toml"
        file.write_text(text, "utf-8")
        monkeypatch.setattr(thresholds, "THRESHOLDS_FILE", file)
        load_thresholds.cache_clear()

    yield write
    load_thresholds.cache_clear()


def outcome_on(day):
    need = {"amount_requested": {"amount": "100.00", "currency": "BYN"}}
    line = read_line(records.line(day.isoformat(), need=need, offer=VERIFIED))
    return assess(*line, Settings(entered_rates=(ENTERED,))).outcome


def test_a_month_to_spare_is_as_good_as_any_more():
    assert threshold("comfortable_days", date(2026, 11, 24)) == 30


def test_a_rate_counts_for_forty_five_days():
    assert threshold("rate_stale_days", date(2026, 11, 24)) == 45


def test_the_first_value_holds_before_its_own_day_and_each_from_its_day_on(write_thresholds):
    write_thresholds(STRICTER)
    days = (date(1990, 1, 1), date(2026, 5, 31), date(2026, 6, 1), date(2030, 1, 1))
    assert [threshold("rate_stale_days", day) for day in days] == [45, 45, 10, 10]


def test_an_old_pair_is_judged_by_what_held_on_its_day(write_thresholds):
    last_old, first_new = date(2026, 5, 31), date(2026, 6, 1)
    assert outcome_on(first_new) is PairOutcome.ELIGIBLE
    write_thresholds(STRICTER)
    assert outcome_on(last_old) is PairOutcome.ELIGIBLE
    assert outcome_on(first_new) is PairOutcome.NEEDS_INFORMATION
    assert find_rate("BYN", ENTERED.day + timedelta(days=10), (ENTERED,)) == ENTERED


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[a]]\nfrom = 2026-02-01\nvalue = 1\n[[a]]\nfrom = 2026-01-01\nvalue = 2", "oldest"),
        ("[[a]]\nfrom = 2026-02-01\nvalue = 1\n[[a]]\nfrom = 2026-02-01\nvalue = 2", "once"),
        ('[[a]]\nfrom = "soon"\nvalue = 1', "each day"),
        ("[[a]]\nfrom = 2026-02-01\nvalue = 1.5", "whole numbers"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(write_thresholds, text, said):
    write_thresholds(text)
    with pytest.raises(ThresholdsBroken, match=said):
        threshold("a", date(2026, 1, 1))
