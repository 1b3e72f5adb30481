"""Every rule over all needs and offers as they stand: by offer as rows, by need as outcomes."""

from datetime import date

import numpy as np

from search.eligibility.bulk.award_rows import AwardRows, Rows
from search.eligibility.bulk.awards import AwardColumns
from search.eligibility.bulk.bits import (
    WORD,
    Places,
    Row,
    count,
    empty_row,
    places_in,
    row_of,
    unpack,
)
from search.eligibility.bulk.columns import FEW_KEYS
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
from search.eligibility.compiled import ByAwards, ByKeys
from search.eligibility.pair import Settings
from search.eligibility.rule import Rule

MOST_KEPT = 1 << 21
"""Bytes of rows that a rule keeps for the next offer with the same terms."""
FEW = 8
"""Where less than one in so many needs is left, the rest of the rules is asked need by need."""


class KeyedJudge:
    """One rule that is judged by keys."""

    def __init__(
        self, rule: Rule, compiled: ByKeys, asking: Asking, giving: Giving, day: Day
    ) -> None:
        self._asking, self._giving = asking, giving
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
        self._kept: dict[int, Rows] = {}
        self._version = -1

    @property
    def is_light(self) -> bool:
        """Whether its rows are quickly made, so that they come first."""
        return len(self._asked) <= FEW_KEYS

    def rows(self, offer: int, _wanted: Row) -> Rows:
        """Return where the rule is not met and where it is open, over all needs."""
        number = int(self._given.numbers[offer])
        if self._version != self._asking.version:
            self._kept, self._version = {}, self._asking.version
        if number not in self._kept:
            self._keep(number)
        if self._names is None:
            return self._kept[number]
        return self._with_sharers(offer, number, self._kept[number])

    def _keep(self, number: int) -> None:
        alive = self._asking.alive
        if len(self._kept) * alive.nbytes > MOST_KEPT:
            self._kept.clear()
        outcomes = self._table.beside_offer(number)
        self._kept[number] = (
            self._asked.select(outcomes == NOT_MET, alive),
            self._asked.select(outcomes == OPEN, alive),
        )

    def outcomes_at(self, offer: int, places: Places) -> Outcomes:
        """Return the outcome of the needs at these places (ascending) beside an offer."""
        number = int(self._given.numbers[offer])
        outcomes = self._table.beside_offer(number)[self._asked.numbers[places]]
        if self._names and (shared := self._names[1].names_at(offer)):
            sharers = np.array(self._names[0].naming(shared), dtype=np.intp)
            for place in np.flatnonzero(np.isin(places, sharers)):
                outcomes[place] = self._beside(int(places[place]), offer, number)
        return outcomes

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

    def __init__(self, rule: Rule, asking: Asking, giving: Giving, day: Day) -> None:
        self._rule, self._asking, self._giving, self._day = rule, asking, giving, day
        rates = Rates(day.on, day.settings)
        self._awards = AwardColumns(asking.amounts, giving.amounts, asking.denominations, rates)
        self._rows: AwardRows | None = None
        self._version = -1

    @property
    def is_light(self) -> bool:
        return False

    def _check(self, need: int, offer: int) -> int:
        return self._day.check(self._rule, self._asking.facts[need], self._giving.facts[offer])

    def rows(self, offer: int, wanted: Row) -> Rows:
        """Return where the rule is not met and where it is open, over the wanted needs."""
        return self._ready_rows().rows(offer, wanted)

    def outcomes_at(self, offer: int, places: Places) -> Outcomes:
        """Return the outcome of the needs at these places beside an offer."""
        return self._ready_rows().outcomes_at(offer, places)

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
        day = Day(on, chosen)
        self._judges = {
            code: self._judge_of(rule, day)
            for code, rule in asking.rules.items()
            if rule.is_in_force(on)
        }

    def _judge_of(self, rule: Rule, day: Day) -> KeyedJudge | AwardJudge:
        if isinstance(rule.compiled, ByAwards):
            return AwardJudge(rule, self.asking, self.giving, day)
        return KeyedJudge(rule, self.asking.keyed[rule.code], self.asking, self.giving, day)

    @property
    def in_force(self) -> frozenset[str]:
        return frozenset(self._judges)

    def rows_of(self, code: str, offer: int) -> Rows:
        """Return where one rule is not met and where it is open; None stands for nowhere."""
        if code not in self._judges or code in self.giving.left_out[offer]:
            return None, None
        return self._judges[code].rows(offer, self.asking.alive)

    def judge_offer(self, offer: int) -> tuple[Row, Row]:
        """Return the needs that an offer fits, and those where that is still open."""
        judges = self._counting(offer)
        alive = self.asking.alive
        refused, opens = ~alive, empty_row(len(alive))
        while judges and (
            judges[0].is_light or count(refused) * FEW < WORD * len(alive) * (FEW - 1)
        ):
            fails, unknown = judges.pop(0).rows(offer, ~refused)
            if fails is not None:
                np.bitwise_or(refused, fails, out=refused)
            if unknown is not None:
                np.bitwise_or(opens, unknown, out=opens)
        if judges:
            return self._finish(offer, judges, ~refused, opens)
        return ~refused & ~opens, ~refused & opens

    def _counting(self, offer: int) -> list[KeyedJudge | AwardJudge]:
        """Return the judges of the rules that count for an offer, the quick ones first."""
        left_out = self.giving.left_out[offer]
        judges = [judge for code, judge in self._judges.items() if code not in left_out]
        return sorted(judges, key=_weight)

    def _finish(
        self, offer: int, judges: list[KeyedJudge | AwardJudge], left: Row, opens: Row
    ) -> tuple[Row, Row]:
        """Ask the last rules about the few needs that are left."""
        places, words = places_in(left), len(left)
        unknown = unpack(opens)[places]
        for judge in judges:
            outcomes = judge.outcomes_at(offer, places)
            passes = outcomes != NOT_MET
            places, unknown = places[passes], (unknown | (outcomes == OPEN))[passes]
        return row_of(places[~unknown], words), row_of(places[unknown], words)

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


def _weight(judge: KeyedJudge | AwardJudge) -> int:
    return 2 if isinstance(judge, AwardJudge) else 0 if judge.is_light else 1
