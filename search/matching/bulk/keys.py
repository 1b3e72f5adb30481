"""What the parts of the score see of each side: a key per place and set of facts."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from operator import attrgetter
from typing import Any

from search.eligibility.bulk.columns import KeyColumn, frozen

Key = Callable[[Any], Hashable]
Bearer = tuple[object, ...]


class SideKeys:
    """Key columns of one side, made when first asked for and kept in step from then on.

    A bearer holds the facts of one place in the order of `parts`, such as need and organisation.
    """

    def __init__(
        self,
        parts: tuple[str, ...],
        places: Callable[[], Iterable[int]],
        look_up: Callable[[int], Bearer],
    ) -> None:
        """`places` yields every place where something stands; `look_up` its facts."""
        self._parts, self._places, self._look_up = parts, places, look_up
        self._columns: dict[frozenset[str], tuple[Key, KeyColumn]] = {}

    def column(self, reads: frozenset[str]) -> KeyColumn:
        """Return the column of those of the facts that are of this side."""
        own = frozenset(each for each in reads if each.partition(".")[0] in self._parts)
        if own not in self._columns:
            key, column = key_of(own, self._parts), KeyColumn(self._look_up)
            for place in self._places():
                column.put(place, key(self._look_up(place)))
            self._columns[own] = key, column
        return self._columns[own][1]

    def put(self, place: int, bearer: Bearer) -> None:
        for key, column in self._columns.values():
            column.put(place, key(bearer))

    def drop(self, place: int) -> None:
        for _, column in self._columns.values():
            column.drop(place)


def key_of(reads: Iterable[str], parts: tuple[str, ...]) -> Key:
    """Return what makes a key of a bearer: the values of the facts, in the order of their names."""
    readers = list(_readers(sorted(reads), parts))

    def key(bearer: Any) -> Hashable:
        return tuple(frozen(read(bearer[place])) for place, read in readers)

    return key


def _readers(
    reads: Iterable[str], parts: tuple[str, ...]
) -> Iterator[tuple[int, Callable[[Any], object]]]:
    for fact in reads:
        part, _, name = fact.partition(".")
        yield parts.index(part), attrgetter(name)
