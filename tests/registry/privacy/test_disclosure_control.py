"""What figures may tell, and when they may move."""

from datetime import date
from typing import Any

import pytest

from registry.privacy.disclosure_control import (
    ABROAD,
    EVERYWHERE,
    HOME,
    MERGED,
    NOTHING,
    SPLIT,
    Figures,
    Share,
    add_shares,
    figures_document,
    is_dominated,
    line_from,
    may_move,
    publish_line,
    round_sum,
    shares_document,
)

FIRST, LATER = date(2026, 10, 1), date(2027, 1, 1)


def shares(count: int, start: int = 0, **values: Any) -> dict[str, Share]:
    return {f"org-{n}": Share(**values) for n in range(start, start + count)}


def told(line, cell: str = EVERYWHERE) -> int:
    return line.figures[cell].organisations


class TestTheShapeOfALine:
    def test_both_cells_stand_where_ten_are_behind_each(self):
        line = publish_line(None, shares(12), shares(26, 50), FIRST)
        assert (line.shape, told(line, HOME), told(line, ABROAD)) == (SPLIT, 10, 30)

    @pytest.mark.parametrize(("home", "abroad"), [(9, 40), (40, 9), (0, 49), (49, 0)])
    def test_else_one_figure_stands_for_all_countries(self, home, abroad):
        line = publish_line(None, shares(home), shares(abroad, 50), FIRST)
        assert (line.shape, told(line)) == (MERGED, 50)

    @pytest.mark.parametrize("count", [0, 1, 9])
    def test_few_and_none_look_the_same(self, count):
        line = publish_line(None, shares(count, unmet=500), {}, FIRST)
        assert line.figures == {EVERYWHERE: Figures(0, FIRST)}

    def test_an_organisation_in_both_cells_counts_once_for_all(self):
        line = publish_line(None, shares(9, unmet=100), shares(9, unmet=100), FIRST)
        assert told(line) == 0

    def test_it_changes_only_where_ten_changed_in_both_cells(self):
        before = publish_line(None, shares(8), shares(30, 50), FIRST)
        one_side = publish_line(before, shares(18), shares(30, 50), LATER)
        both = publish_line(before, shares(18), shares(40, 50), LATER)
        back = publish_line(both, shares(8), shares(50, 50), LATER)
        assert one_side.shape == MERGED
        assert (both.shape, told(both, HOME), told(both, ABROAD)) == (SPLIT, 20, 40)
        assert (back.shape, told(back)) == (MERGED, 60)


class TestWhenAFigureMoves:
    def test_nine_arrivals_do_not_show_and_ten_do(self):
        before = publish_line(None, shares(24), {}, FIRST)
        nine = publish_line(before, shares(33), {}, LATER)
        ten = publish_line(before, shares(34), {}, LATER)
        assert nine.figures == before.figures
        assert (told(ten), ten.figures[EVERYWHERE].set_on) == (30, LATER)

    def test_what_came_is_counted_over_quarters(self):
        line = publish_line(None, shares(24), {}, FIRST)
        for count in (29, 33):
            line = publish_line(line, shares(count), {}, LATER)
            assert told(line) == 20
        assert told(publish_line(line, shares(34), {}, LATER)) == 30

    def test_those_who_left_and_those_who_changed_count_as_well(self):
        before = shares(24, unmet=100)
        line = publish_line(None, before, {}, FIRST)
        gone = publish_line(line, shares(14, 10, unmet=100), {}, LATER)
        changed = publish_line(line, before | shares(10, unmet=120), {}, LATER)
        assert (told(gone), told(changed)) == (10, 20)
        assert changed.figures[EVERYWHERE].set_on == LATER

    def test_each_cell_moves_by_itself(self):
        before = publish_line(None, shares(24), shares(24, 50), FIRST)
        after = publish_line(before, shares(33), shares(36, 50), LATER)
        assert after.figures[HOME] == before.figures[HOME]
        assert (told(after, ABROAD), after.figures[ABROAD].set_on) == (40, LATER)
        assert len(after.shares[HOME]) == 24

    def test_a_cell_that_fell_below_ten_says_so_only_once_ten_are_gone(self):
        before = publish_line(None, shares(17), shares(24, 50), FIRST)
        nine = publish_line(before, shares(8), shares(24, 50), LATER)
        ten = publish_line(before, shares(7), shares(24, 50), LATER)
        assert (told(nine, HOME), told(ten, HOME)) == (20, 0)

    def test_a_change_that_is_mostly_one_waits_for_others(self):
        before = shares(30, unmet=1000)
        line = publish_line(None, before, {}, FIRST)
        now = before | shares(9, 30, unmet=1000) | {"giant": Share(unmet=9001)}
        assert publish_line(line, now, {}, LATER).figures == line.figures
        assert told(publish_line(line, now | shares(1, 40, unmet=1000), {}, LATER)) == 40

    @pytest.mark.parametrize(("count", "moves"), [(9, False), (10, True)])
    def test_ten_have_to_change(self, count, moves):
        assert may_move({}, shares(count)) is moves
        assert may_move(shares(count), {}) is moves


class TestSums:
    def test_a_sum_has_two_digits(self):
        assert round_sum([1_234] * 10) == 12_000
        assert round_sum([1_250] * 10) == 13_000
        assert round_sum([9] * 10) == 90

    @pytest.mark.parametrize("amounts", [[100] * 9, [100] * 9 + [0], [100] * 9 + [901]])
    def test_too_few_or_mostly_one_tell_nothing(self, amounts):
        assert round_sum(amounts) is None

    def test_half_of_it_is_not_most(self):
        assert not is_dominated([5, 3, 2])
        assert is_dominated([6, 3, 2])
        assert not is_dominated([])
        assert not is_dominated([0, 0])

    def test_coverage_and_days_come_from_ten_who_got_something(self):
        ten = shares(10, unmet=700, asked=1000, given=300, days=34)
        nine = shares(9, unmet=700, asked=1000, given=300, days=34) | shares(9, 50, asked=1000)
        full = publish_line(None, ten, {}, FIRST).figures[EVERYWHERE]
        none = publish_line(None, nine, {}, FIRST).figures[EVERYWHERE]
        assert (full.unmet, full.coverage, full.days) == (7000, 30, 30)
        assert (none.organisations, none.coverage, none.days) == (20, None, None)

    def test_more_than_was_asked_covers_no_more_than_all(self):
        line = publish_line(None, shares(10, asked=1000, given=5000), {}, FIRST)
        assert line.figures[EVERYWHERE].coverage == 100

    def test_one_large_request_hides_the_coverage(self):
        ten = shares(10, asked=1000, given=300) | {"giant": Share(asked=10_001)}
        assert publish_line(None, ten, {}, FIRST).figures[EVERYWHERE].coverage is None

    def test_whoever_lacks_nothing_any_more_is_not_counted(self):
        line = publish_line(None, shares(9) | shares(9, 50, lacks=False), {}, FIRST)
        assert told(line) == 0


def test_shares_of_two_needs_add_up():
    one, other = Share(1, 2, 3, 40), Share(10, 20, 30, 4, lacks=False)
    assert add_shares(one, other) == Share(11, 22, 33, 4)
    assert add_shares(NOTHING, other) == other
    assert add_shares(NOTHING, NOTHING) == NOTHING


def test_a_line_comes_back_as_it_was_written():
    line = publish_line(None, shares(12, unmet=5, days=1), shares(12, 50), FIRST)
    assert line_from(figures_document(line), shares_document(line)) == line
    assert "days" not in figures_document(line)[ABROAD]
