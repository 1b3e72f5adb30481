"""A number, once told, moves seldom; and a party is told only so many of them.

What stood there once is remembered after it has gone, so that nobody gets a number rounded afresh
by taking a draft away and writing it anew.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import chain
from typing import Any, TypeVar

from registry.domain.disclosure import SMALL

KEPT = timedelta(days=90)
"""How long a number is remembered, and counted among those that were told, after it has gone."""

Shown = TypeVar("Shown", bound=str | int)


def settle(before: tuple[Shown, int] | None, parties: int, shown: Shown) -> tuple[Shown, int]:
    """Return what to show of a number, and of how many parties it told when that was set.

    It moves only once ten parties more or fewer stand behind it, whatever one of them brings along,
    so that no single arrival shows in it.
    """
    if before is not None and abs(parties - before[1]) < SMALL:
        return before
    return shown, parties


def settle_all(
    before: Mapping[str, Any],
    numbers: Mapping[str, Mapping[str, tuple[int, Shown]]],
    today: date,
    *,
    most: int | None = None,
    shares: Mapping[str, int] | None = None,
) -> dict[str, Any]:
    """Return what to store of a party's numbers, by kind and key, and under `gone` what was told.

    Of at most so many numbers in all anything is told, those that have gone among them: first of
    those that were told before, then kind by kind. `shares` bounds single kinds besides. A number
    is given as the parties behind it, and what would be shown of it.
    """
    known = _told(before, numbers) | _gone(before, today)
    names = {kind: [_name(kind, key) for key in sorted(numbers[kind])] for kind in numbers}
    new = [
        name
        for kind, of_kind in names.items()
        for name in _new_names(known, kind, of_kind, (shares or {}).get(kind))
    ]
    left = None if most is None else max(0, most - len(known))
    allowed = {*known, *new[:left]}
    told: dict[str, Any] = {
        kind: {
            key: settle(_before(known, _name(kind, key)), *number)
            for key, number in of_kind.items()
            if _name(kind, key) in allowed
        }
        for kind, of_kind in numbers.items()
    }
    gone = {
        name: [*known[name], today.isoformat()][:3]
        for name in known.keys() - set(chain.from_iterable(names.values()))
    }
    return told | ({"gone": gone} if gone else {})


def _new_names(
    known: Mapping[str, Any], kind: str, names: Iterable[str], share: int | None
) -> list[str]:
    """Return the names of a kind that are not known, as many as its share leaves room for."""
    told = sum(name.partition(" ")[0] == kind for name in known)
    left = None if share is None else max(0, share - told)
    return [name for name in names if name not in known][:left]


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
