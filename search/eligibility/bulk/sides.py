"""The two sides of all pairs, encoded: needs with their organisations, and offers.

Both stay in memory and are changed place by place; a place that was given back is taken again.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from search.eligibility.bulk.amounts import Denominations, NeedAmounts, OfferAmounts
from search.eligibility.bulk.bits import Row
from search.eligibility.bulk.columns import KeyColumn, NameColumn, Places, frozen
from search.eligibility.bulk.tables import Asker
from search.eligibility.catalogue import load_rules
from search.eligibility.compiled import ByAwards, ByKeys
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.pair import Settings
from search.eligibility.rule import Rule


def keyed_rules(rules: Mapping[str, Rule]) -> dict[str, ByKeys]:
    """Return how each rule is keyed: as it declares, or by all that it reads."""
    return {
        code: rule.compiled or _key_by_reads(rule)
        for code, rule in rules.items()
        if not isinstance(rule.compiled, ByAwards)
    }


def _key_by_reads(rule: Rule) -> ByKeys:
    named = [fact.partition(".")[::2] for fact in sorted(rule.reads)]
    of_need = [name for part, name in named if part == "need"]
    of_organisation = [name for part, name in named if part == "organisation"]
    of_offer = [name for part, name in named if part == "offer"]

    def asking(need: NeedFacts, organisation: OrganisationFacts, _settings: Settings) -> Any:
        return _read(need, of_need), _read(organisation, of_organisation)

    return ByKeys(asking, lambda offer: _read(offer, of_offer))


def _read(facts: object, names: list[str]) -> tuple[Any, ...]:
    return tuple(frozen(getattr(facts, name)) for name in names)


class _Side:
    """The places of one side, and what each keyed rule sees there."""

    def __init__(
        self,
        settings: Settings,
        rules: Mapping[str, Rule] | None,
        look_up: Callable[[int], Any],
    ) -> None:
        self.settings = settings
        self.rules = load_rules() if rules is None else rules
        self.keyed = keyed_rules(self.rules)
        self.places = Places()
        self.version = 0
        self.keys = {code: KeyColumn(look_up) for code in self.keyed}
        self.names = {code: NameColumn() for code, each in self.keyed.items() if each.names}

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[int]:
        """Go through the places where something stands, ascending."""
        return iter(self.places)

    def _forget(self, place: int) -> None:
        self.places.give_back(place)
        for keys in self.keys.values():
            keys.drop(place)
        for names in self.names.values():
            names.drop(place)
        self.version += 1


class Asking(_Side):
    """Needs with their organisations. A place is a column of bits in every row."""

    def __init__(
        self, settings: Settings | None = None, rules: Mapping[str, Rule] | None = None
    ) -> None:
        """Make room for needs; `rules` other than the catalogue's are for tests of new ones."""
        self.facts: dict[int, Asker] = {}
        super().__init__(settings or Settings(), rules, self.facts.__getitem__)
        self.denominations = Denominations({})
        self.amounts = NeedAmounts(self.denominations)

    def add(self, need: NeedFacts, organisation: OrganisationFacts) -> int:
        """Add a need; return its place."""
        place = self.places.take()
        self._write(place, need, organisation)
        return place

    def replace(self, place: int, need: NeedFacts, organisation: OrganisationFacts) -> None:
        """Put other facts into a place; raises KeyError where nothing stands."""
        self.places.check(place)
        self._write(place, need, organisation)

    def remove(self, place: int) -> None:
        """Forget a need and its facts; raises KeyError where nothing stands."""
        self._forget(place)
        self.amounts.clear(place)
        del self.facts[place]

    def _write(self, place: int, need: NeedFacts, organisation: OrganisationFacts) -> None:
        self.facts[place] = (need, organisation)
        for code, keyed in self.keyed.items():
            self.keys[code].put(place, keyed.asking(need, organisation, self.settings))
            if keyed.names:
                names = frozenset(keyed.names.asking(need, organisation))
                self.names[code].put(place, names)
        self.amounts.put(place, need)
        self.version += 1

    @property
    def alive(self) -> Row:
        """The row of the places where a need stands."""
        return self.places.alive


class Giving(_Side):
    """Offers, each perhaps with rules that its programme leaves out. A place is a row of bits."""

    def __init__(self, asking: Asking) -> None:
        """Make room for offers to be held against these needs.

        `stamps` tells an offer from the one that stood in its place before.
        """
        self.facts: dict[int, OfferFacts] = {}
        super().__init__(asking.settings, asking.rules, self.facts.__getitem__)
        self.left_out: dict[int, frozenset[str]] = {}
        self.stamps: dict[int, int] = {}
        self._leaving: dict[str, set[int]] = {code: set() for code in self.rules}
        self.amounts = OfferAmounts(asking.denominations)

    def add(self, offer: OfferFacts, left_out: Collection[str] = ()) -> int:
        """Add an offer; return its place. Raises ValueError for rules that are never left out."""
        codes = self._known(left_out)
        place = self.places.take()
        self._write(place, offer, codes)
        return place

    def replace(self, place: int, offer: OfferFacts, left_out: Collection[str] = ()) -> None:
        """Put another offer into a place; raises KeyError and ValueError."""
        self.places.check(place)
        self._write(place, offer, self._known(left_out))

    def remove(self, place: int) -> None:
        """Forget an offer and its facts; raises KeyError where nothing stands."""
        self._forget(place)
        self._leave_out(place, frozenset())
        self.amounts.clear(place)
        del self.facts[place], self.left_out[place], self.stamps[place]

    def _known(self, left_out: Collection[str]) -> frozenset[str]:
        optional = {code for code, rule in self.rules.items() if rule.optional}
        refused = ", ".join(sorted(set(left_out) - optional))
        if refused:
            raise ValueError(f"These rules are never left out: {refused}. Take them from the list.")
        return frozenset(left_out)

    def _write(self, place: int, offer: OfferFacts, left_out: frozenset[str]) -> None:
        self.facts[place] = offer
        self._leave_out(place, left_out)
        for code, keyed in self.keyed.items():
            self.keys[code].put(place, keyed.giving(offer))
            if keyed.names:
                self.names[code].put(place, frozenset(keyed.names.giving(offer)))
        self.amounts.put(place, offer)
        self.version += 1
        self.stamps[place] = self.version

    def _leave_out(self, place: int, codes: frozenset[str]) -> None:
        for code in self.left_out.get(place, frozenset()):
            self._leaving[code].discard(place)
        for code in codes:
            self._leaving[code].add(place)
        self.left_out[place] = codes

    def leaving_out(self, code: str) -> list[int]:
        """Return the places of the offers whose programme leaves a rule out."""
        return list(self._leaving[code])
