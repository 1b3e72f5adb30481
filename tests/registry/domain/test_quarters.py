from datetime import date

import pytest

from registry.domain.quarters import next_quarter, quarter_begins


@pytest.mark.parametrize(
    ("day", "begins", "following"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 6, 30), date(2026, 4, 1), date(2026, 7, 1)),
        (date(2026, 9, 30), date(2026, 7, 1), date(2026, 10, 1)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_a_day_lies_in_a_quarter_and_another_one_follows(day, begins, following):
    assert (quarter_begins(day), next_quarter(day)) == (begins, following)
