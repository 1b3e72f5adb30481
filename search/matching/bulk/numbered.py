"""Small whole numbers for things that are compared often, given back when nobody holds them."""

from collections.abc import Hashable
from typing import Generic, TypeVar

Thing = TypeVar("Thing", bound=Hashable)


class Numbered(Generic[Thing]):
    """Numbers from 0 up, one per thing; the number of a thing that all have released is reused."""

    def __init__(self) -> None:
        self._numbers: dict[Thing, int] = {}
        self._things: list[Thing | None] = []
        self._holders: list[int] = []
        self._free: list[int] = []

    def __len__(self) -> int:
        """Count the numbers that are or were in use: all numbers are below it."""
        return len(self._things)

    def hold(self, thing: Thing) -> int:
        """Return the number of a thing, and count one more holder of it."""
        number = self._numbers.get(thing)
        if number is None:
            number = self._give_number(thing)
        self._holders[number] += 1
        return number

    def release(self, number: int) -> Thing | None:
        """Count one holder less; return the thing if it was the last one."""
        self._holders[number] -= 1
        if self._holders[number]:
            return None
        thing = self._things[number]
        assert thing is not None
        self._things[number] = None
        del self._numbers[thing]
        self._free.append(number)
        return thing

    def _give_number(self, thing: Thing) -> int:
        if self._free:
            number = self._free.pop()
            self._things[number] = thing
        else:
            number = len(self._things)
            self._things.append(thing)
            self._holders.append(0)
        self._numbers[thing] = number
        return number
