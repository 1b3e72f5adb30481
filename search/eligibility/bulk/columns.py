"""What one rule sees of one side: a key per place, and which places have which key."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.eligibility.bulk.bits import Row, empty_row, pack, switch, words_for

MOST_ROWS = 400
"""More different keys than this get no row of bits each; they are spread place by place."""
FEW_ROWS = 48
"""So many rows are joined in the time in which all places are spread."""
NO_KEY = -1


def frozen(value: object) -> Hashable:
    """Make a fact hashable. A list is taken for a set: its order means nothing to a rule."""
    if isinstance(value, Mapping):
        return frozenset((key, frozen(each)) for key, each in value.items())
    if isinstance(value, tuple):
        return frozenset(value)
    assert isinstance(value, Hashable)
    return value


def _blank(key: Hashable) -> Hashable:
    """Return what stands for a forgotten key: of the same length, for `KeyColumn.members`."""
    return (0,) * len(key) if isinstance(key, tuple) else None


def grown(column: NDArray[Any], places: int, filled_with: object) -> NDArray[Any]:
    """Return the column, or a longer copy of it, so that it has at least so many places.

    A longer one ends with a whole word of bits, since rows are read a word at a time.
    """
    if len(column) >= places:
        return column
    length = words_for(max(places + 64, len(column) * 3 // 2)) * 64
    longer = np.full((length, *column.shape[1:]), filled_with)
    longer = longer.astype(column.dtype, copy=False)
    longer[: len(column)] = column
    return longer


class KeyColumn:
    """The key of every place, numbered in order of first sight, and a place that bears each.

    A place without a key has been removed, or never was. A key goes with its last bearer, and the
    facts of a bearer are looked up, so that what was removed is gone. The number of such a key is
    not given again: what was found out about it is kept elsewhere by its number.
    """

    def __init__(self, look_up: Callable[[int], Any]) -> None:
        """`look_up` returns the facts that stand in a place."""
        self.numbers: NDArray[np.intp] = np.full(64, NO_KEY, dtype=np.intp)
        self.keys: list[Hashable] = []
        self._look_up = look_up
        self._bearers: list[int] = []
        self._counts: list[int] = []
        self._known: dict[Hashable, int] = {}
        self._rows: list[Row] | None = None
        self._members: NDArray[np.int64] = np.zeros((0, 0), dtype=np.int64)

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def members(self) -> NDArray[np.int64]:
        """The keys as columns, where they are tuples of whole numbers: one row per member."""
        if self._members.shape[1] != len(self.keys):
            self._members = np.array(self.keys, dtype=np.int64).T
        return self._members

    def put(self, place: int, key: Hashable) -> None:
        """Give a place its key; the facts that it was made of stand there."""
        number = self._known.setdefault(key, len(self.keys))
        if number == len(self.keys):
            self.keys.append(key)
            self._bearers.append(place)
            self._counts.append(0)
        self.numbers = grown(self.numbers, place + 1, NO_KEY)
        self._renumber(place, number)

    def bearer(self, number: int) -> Any:
        """Return the facts of a place with this key; some place has to have it (`is_borne`)."""
        place = self._bearers[number]
        if self.numbers[place] != number:
            place = self._bearers[number] = int(np.flatnonzero(self.numbers == number)[0])
        return self._look_up(place)

    def is_borne(self, number: int) -> bool:
        """Say whether some place has this key."""
        return self._counts[number] > 0

    def drop(self, place: int) -> None:
        """Take the key from a place."""
        self._renumber(place, NO_KEY)

    def _renumber(self, place: int, number: int) -> None:
        before, self.numbers[place] = int(self.numbers[place]), number
        if before == number:
            return
        self._count(before, number)
        if self._rows is None:
            return
        if number >= len(self._rows) or place >= len(self._rows[0]) * 64:
            self._rows = None
            return
        if before != NO_KEY:
            switch(self._rows[before], place, on=False)
        if number != NO_KEY:
            switch(self._rows[number], place, on=True)

    def _count(self, before: int, number: int) -> None:
        """Count a bearer from one key to another; forget the key that nobody bears any more."""
        if number != NO_KEY:
            self._counts[number] += 1
        if before == NO_KEY:
            return
        self._counts[before] -= 1
        if not self._counts[before]:
            key = self.keys[before]
            del self._known[key]
            self.keys[before] = _blank(key)
            self._members[:, before : before + 1] = 0

    def select(self, chosen: NDArray[np.bool_], alive: Row) -> Row | None:
        """Return the row of the places whose key is among the chosen; None where there is none."""
        many, all_keys = int(np.count_nonzero(chosen)), len(self.keys)
        if not many:
            return None
        if many == all_keys:
            return alive
        if all_keys > MOST_ROWS or FEW_ROWS < many < all_keys - FEW_ROWS:
            return self._spread(chosen, alive)
        if many * 2 <= all_keys:
            return self._join(np.flatnonzero(chosen), len(alive))
        return alive & ~self._join(np.flatnonzero(~chosen), len(alive))

    def _join(self, numbers: NDArray[np.intp], words: int) -> Row:
        rows = self._ready_rows(words)
        joined = empty_row(words)
        for number in numbers:
            np.bitwise_or(joined, rows[number], out=joined)
        return joined

    def _spread(self, chosen: NDArray[np.bool_], alive: Row) -> Row:
        places = min(len(self.numbers), len(alive) * 64)
        return pack(chosen[self.numbers[:places]], len(alive)) & alive

    def _ready_rows(self, words: int) -> list[Row]:
        if self._rows is None or len(self._rows) < len(self.keys) or len(self._rows[0]) != words:
            numbers = self.numbers[: words * 64]
            self._rows = [pack(numbers == each, words) for each in range(len(self.keys))]
        return self._rows


class NameColumn:
    """Which places name an identifier, and which identifiers a place names."""

    def __init__(self) -> None:
        self._places: dict[str, set[int]] = {}
        self._names: dict[int, frozenset[str]] = {}

    def put(self, place: int, names: frozenset[str]) -> None:
        self.drop(place)
        if names:
            self._names[place] = names
        for name in names:
            self._places.setdefault(name, set()).add(place)

    def drop(self, place: int) -> None:
        for name in self._names.pop(place, frozenset()):
            self._places[name].discard(place)
            if not self._places[name]:
                del self._places[name]

    def names_at(self, place: int) -> frozenset[str]:
        return self._names.get(place, frozenset())

    def naming(self, names: frozenset[str]) -> list[int]:
        """Return the places that name one of these identifiers, ascending."""
        return sorted(set().union(*(self._places.get(name, ()) for name in names)))


class Places:
    """Numbered places that are taken and given back; the lowest free one is taken first."""

    def __init__(self) -> None:
        self._free: list[int] = []
        self._taken: set[int] = set()
        self.many = 0
        self.version = 0
        self._alive: Row = empty_row(1)

    def take(self) -> int:
        place = self._free.pop() if self._free else self.many
        self.many = max(self.many, place + 1)
        if words_for(self.many) > len(self._alive):
            self._alive = grown(self._alive, words_for(self.many), 0)
        self._taken.add(place)
        switch(self._alive, place, on=True)
        return place

    def give_back(self, place: int) -> None:
        self.check(place)
        self._taken.discard(place)
        self._free.append(place)
        switch(self._alive, place, on=False)

    def check(self, place: int) -> None:
        """Raise KeyError unless something stands in the place."""
        if place not in self._taken:
            raise KeyError(f"Nothing stands in place {place}; add it first.")

    def __len__(self) -> int:
        return len(self._taken)

    def __iter__(self) -> Iterator[int]:
        return iter(sorted(self._taken))

    @property
    def words(self) -> int:
        return max(1, words_for(self.many))

    @property
    def alive(self) -> Row:
        """The row of the places that are taken."""
        return self._alive[: self.words]
