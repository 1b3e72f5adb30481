"""A number, once told, moves seldom; and a party is told only so many of them.

What stood there once is remembered after it has gone, so that nobody gets a number rounded afresh
by taking a draft away and writing it anew.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any, TypeVar

from registry.domain.disclosure import SMALL

KEPT = timedelta(days=90)
"""How long a number is remembered, and counted among those that were told, after it has gone."""

Shown = TypeVar("Shown", bound=str | int)


def settle(
    before: tuple[Shown, int] | None, number: int, coarse: Callable[[int], Shown]
) -> tuple[Shown, int]:
    """Return what to show of a number, and the number that this was made from.

    It moves only once the truth has moved by ten, so that no single arrival shows in it.
    """
    if before is not None and abs(number - before[1]) < SMALL:
        return before
    return coarse(number), number


def settle_all(
    before: Mapping[str, Any],
    numbers: Mapping[str, Mapping[str, int]],
    coarse: Callable[[int], Shown],
    today: date,
    most: int | None = None,
) -> dict[str, Any]:
    """Return what to store of a party's numbers, by kind and key, and under `gone` what was told.

    Of at most so many numbers in all anything is told, those that have gone among them: first of
    those that were told before, then kind by kind.
    """
    known = _told(before, numbers) | _gone(before, today)
    names = [_name(kind, key) for kind in numbers for key in sorted(numbers[kind])]
    left = None if most is None else max(0, most - len(known))
    allowed = {*known, *[name for name in names if name not in known][:left]}
    told: dict[str, Any] = {
        kind: {
            key: settle(_before(known, _name(kind, key)), number, coarse)
            for key, number in of_kind.items()
            if _name(kind, key) in allowed
        }
        for kind, of_kind in numbers.items()
    }
    gone = {name: [*known[name], today.isoformat()][:3] for name in known.keys() - set(names)}
    return told | ({"gone": gone} if gone else {})


def _before(known: Mapping[str, Any], name: str) -> Any:
    return known[name][:2] if name in known else None


def _name(kind: str, key: str) -> str:
    return f"{kind} {key}"


def _told(before: Mapping[str, Any], kinds: Iterable[str]) -> dict[str, Any]:
    return {_name(kind, key): told for kind in kinds for key, told in before.get(kind, {}).items()}


def _gone(before: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return what was told of things that have gone, as long as it is to be remembered."""
    return {
        name: told
        for name, told in before.get("gone", {}).items()
        if date.fromisoformat(told[2]) + KEPT > today
    }
