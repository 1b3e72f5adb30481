"""Every rule over all needs and offers as they stand: by offer as rows, by need as outcomes."""

from collections.abc import Callable
from datetime import date

import numpy as np

from search.eligibility.bulk.award_rows import AwardRows, Rows
from search.eligibility.bulk.awards import AwardColumns
from search.eligibility.bulk.bits import Row, empty_row, places_in, row_of
from search.eligibility.bulk.conversion import Rates
from search.eligibility.bulk.sides import Asking, Giving
from search.eligibility.bulk.tables import (
    MET,
    NOT_MET,
    OPEN,
    Day,
    Outcomes,
    OutcomeTable,
)
from search.eligibility.compiled import ByAwards
from search.eligibility.pair import Settings
from search.eligibility.rule import Rule

MOST_KEPT = 64 << 20
"""Bytes of rows that are kept, so that the next question costs no more than joining them."""


class Kept:
    """The rows that rules made of the needs as they stand: by rule and key, or offer's stamp."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        self._rows: dict[tuple[str, int], Rows] = {}
        self._bytes = 0
        self._version = -1

    def find(self, code: str, key: int, make: Callable[[], Rows]) -> Rows:
        """Return the rows of a key, made where they are not kept."""
        if self._version != self._asking.version:
            self._version = self._asking.version
            self.clear()
        rows = self._rows.get((code, key))
        if rows is None:
            rows = make()
            self._keep(code, key, rows)
        return rows

    def _keep(self, code: str, key: int, rows: Rows) -> None:
        alive = self._asking.alive
        own = (row for row in rows if row is not None and not np.may_share_memory(row, alive))
        size = sum(row.nbytes for row in own)
        if self._bytes + size <= MOST_KEPT:
            self._rows[code, key] = rows
            self._bytes += size

    def clear(self) -> None:
        self._rows.clear()
        self._bytes = 0


class KeyedJudge:
    """One rule that is judged by keys."""

    def __init__(self, rule: Rule, asking: Asking, giving: Giving, day: Day, kept: Kept) -> None:
        compiled = asking.keyed[rule.code]
        self._code, self._asking, self._giving, self._kept = rule.code, asking, giving, kept
        self._asked, self._given = asking.keys[rule.code], giving.keys[rule.code]
        self._names = (asking.names[rule.code], giving.names[rule.code]) if compiled.names else None
        self._table = OutcomeTable(
            rule,
            self._asked,
            self._given,
            day,
            decide=compiled.decide,
            nameless=compiled.names.nameless if compiled.names else None,
        )

    def rows(self, offer: int) -> Rows:
        """Return where the rule is not met and where it is open, over all needs."""
        number = int(self._given.numbers[offer])
        rows = self._kept.find(self._code, number, lambda: self._make(number))
        return rows if self._names is None else self._with_sharers(offer, number, rows)

    def _make(self, number: int) -> Rows:
        outcomes, alive = self._table.beside_offer(number), self._asking.alive
        return (
            self._asked.select(outcomes == NOT_MET, alive),
            self._asked.select(outcomes == OPEN, alive),
        )

    def _with_sharers(self, offer: int, number: int, rows: Rows) -> Rows:
        if self._names is None or not (shared := self._names[1].names_at(offer)):
            return rows
        places = np.array(self._names[0].naming(shared), dtype=np.intp)
        if not len(places):
            return rows
        outcomes = np.array([self._beside(place, offer, number) for place in places])
        words = len(self._asking.alive)
        apart = row_of(places, words)
        fails, opens = ((empty_row(words) if row is None else row & ~apart) for row in rows)
        fails |= row_of(places[outcomes == NOT_MET], words)
        opens |= row_of(places[outcomes == OPEN], words)
        return fails, opens

    def _beside(self, need: int, offer: int, number: int) -> int:
        asked = int(self._asked.numbers[need])
        return self._table.of_sharers(
            asked, number, self._asking.facts[need], self._giving.facts[offer]
        )

    def outcomes(self, need: int) -> Outcomes:
        """Return the outcome of one need beside every offer (of no meaning where none stands)."""
        of_keys = self._table.beside_need(int(self._asked.numbers[need]))
        numbers = self._given.numbers[: self._giving.places.many]
        outcomes = of_keys[numbers]
        if self._names and (shared := self._names[0].names_at(need)):
            for offer in self._names[1].naming(shared):
                outcomes[offer] = self._beside(need, offer, int(numbers[offer]))
        return outcomes


class AwardJudge:
    """The rule whose outcome is that of the award's range."""

    def __init__(self, rule: Rule, asking: Asking, giving: Giving, day: Day, kept: Kept) -> None:
        self._rule, self._asking, self._giving, self._day = rule, asking, giving, day
        self._kept = kept
        rates = Rates(day.on, day.settings)
        self._awards = AwardColumns(asking.amounts, giving.amounts, asking.denominations, rates)
        self._rows: AwardRows | None = None
        self._version = -1

    def _check(self, need: int, offer: int) -> int:
        return self._day.check(self._rule, self._asking.facts[need], self._giving.facts[offer])

    def rows(self, offer: int) -> Rows:
        """Return where the rule is not met and where it is open, over all needs."""
        ready = self._ready_rows()
        stamp = self._giving.stamps[offer]
        return self._kept.find(self._rule.code, stamp, lambda: ready.rows(offer))

    def rows_among(self, offer: int, wanted: Row) -> Rows:
        """Return the same for the wanted needs only, without putting all needs in order."""
        places, words = places_in(wanted), len(wanted)
        outcomes = self._awards.judge(places, offer, self._check)
        return row_of(places[outcomes == NOT_MET], words), row_of(places[outcomes == OPEN], words)

    def _ready_rows(self) -> AwardRows:
        if self._rows is None or self._version != self._asking.version:
            self._version = self._asking.version
            self._rows = AwardRows(
                self._awards,
                self._asking.amounts,
                self._giving.amounts,
                self._asking.alive.copy(),
                self._check,
            )
        return self._rows

    def outcomes(self, need: int) -> Outcomes:
        """Return the outcome of one need beside every offer (of no meaning where none stands)."""
        offers = np.arange(self._giving.places.many)
        outcomes = np.zeros(len(offers), dtype=np.uint8)
        standing = places_in(self._giving.places.alive)
        needs = np.full(len(standing), need)
        outcomes[standing] = self._awards.judge(needs, standing, self._check)
        return outcomes


class Judging:
    """All rules in force on a day, for two sides that may change between two questions."""

    def __init__(
        self, asking: Asking, giving: Giving, on: date, settings: Settings | None = None
    ) -> None:
        """Prepare to judge on a day (UTC). `settings` are those of the sides unless given.

        Raises:
            ValueError: the settings have other home countries than the sides were encoded for.
        """
        chosen = settings or asking.settings
        if chosen.home_countries != asking.settings.home_countries:
            raise ValueError("Encode the needs anew: the home countries are not those of before.")
        self.asking, self.giving, self.on = asking, giving, on
        self.codes = tuple(asking.rules)
        self._kept = Kept(asking)
        day = Day(on, chosen)
        self._judges = {
            code: self._judge_of(rule, day)
            for code, rule in asking.rules.items()
            if rule.is_in_force(on)
        }

        # Amounts come last: they are looked at one by one where few needs are left.
        self._in_turn = dict(
            sorted(self._judges.items(), key=lambda each: isinstance(each[1], AwardJudge))
        )

    def _judge_of(self, rule: Rule, day: Day) -> KeyedJudge | AwardJudge:
        if isinstance(rule.compiled, ByAwards):
            return AwardJudge(rule, self.asking, self.giving, day, self._kept)
        return KeyedJudge(rule, self.asking, self.giving, day, self._kept)

    @property
    def in_force(self) -> frozenset[str]:
        return frozenset(self._judges)

    def rows_of(self, code: str, offer: int) -> Rows:
        """Return where one rule is not met and where it is open; None stands for nowhere."""
        if code not in self._judges or code in self.giving.left_out[offer]:
            return None, None
        return self._judges[code].rows(offer)

    def judge_offer(self, offer: int, *, among_many: bool = False) -> tuple[Row, Row]:
        """Return the needs that an offer fits, and those where that is still open.

        With `among_many` offers to come, amounts are put in order of size for all of them first.
        """
        left_out = self.giving.left_out[offer]
        refused, opens = ~self.asking.alive, empty_row(self.asking.places.words)
        for code, judge in self._in_turn.items():
            if code in left_out:
                continue
            if among_many or isinstance(judge, KeyedJudge):
                fails, unknown = judge.rows(offer)
            else:
                fails, unknown = judge.rows_among(offer, ~refused)
            if fails is not None:
                np.bitwise_or(refused, fails, out=refused)
            if unknown is not None:
                np.bitwise_or(opens, unknown, out=opens)
        passes = ~refused
        return passes & ~opens, passes & opens

    def offers(self) -> list[int]:
        """Return the offers' places so that those follow each other that share most work."""
        of = self.giving.amounts.of
        names = ("family", "denomination", "months")
        return sorted(self.giving, key=lambda offer: [int(of[name][offer]) for name in names])

    def compile(self) -> None:
        """Make the rows of all rules and offers beforehand, as far as they may be kept."""
        for offer in self.offers():
            self.judge_offer(offer, among_many=True)

    def judge_need(self, need: int) -> Outcomes:
        """Return what all rules together say of one need beside every offer's place.

        `NOT_MET` stands for refused (also where no offer stands), `OPEN` for open, `MET` for
        eligible. Raises KeyError where no need stands.
        """
        self.asking.places.check(need)
        fails = np.ones(self.giving.places.many, dtype=np.bool_)
        fails[places_in(self.giving.places.alive)] = False
        opens = np.zeros_like(fails)
        for code in self._judges:
            outcomes = self.outcomes_of(code, need)
            fails |= outcomes == NOT_MET
            opens |= outcomes == OPEN
        return np.where(fails, NOT_MET, np.where(opens, OPEN, MET)).astype(np.uint8)

    def outcomes_of(self, code: str, need: int) -> Outcomes:
        """Return what one rule says of a need beside every offer; met where it does not count."""
        if code not in self._judges:
            return np.zeros(self.giving.places.many, dtype=np.uint8)
        outcomes = self._judges[code].outcomes(need)
        outcomes[self.giving.leaving_out(code)] = MET
        return outcomes
