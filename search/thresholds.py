"""Numbers that may change, each with the day from which it counts, read by day.

They stand in a file beside the rules. It is read here, below money and rules, because exchange
rates go by one of them.
"""

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

THRESHOLDS_FILE = Path(__file__).parent / "eligibility" / "thresholds.toml"


class ThresholdsBroken(ValueError):  # noqa: N818 - named as what happened to the file
    """The file of thresholds is not as it must be; the program does not go on with it."""


@dataclass(frozen=True, slots=True)
class Dated:
    """The values of one threshold, and the days from which they count, in order."""

    days: tuple[date, ...]
    values: tuple[int, ...]

    def on(self, day: date) -> int:
        """Return what holds on a day: the first value also before its own day."""
        return self.values[max(bisect_right(self.days, day) - 1, 0)]


@lru_cache(maxsize=4)
def load_thresholds(path: Path | None = None) -> Mapping[str, Dated]:
    """Read the file (ours where none is named) once.

    Raises:
        ThresholdsBroken: days out of order or given twice, or a value that is no whole number.
    """
    written = tomllib.loads((path or THRESHOLDS_FILE).read_text("utf-8"))
    return MappingProxyType({name: _read_dated(name, lines) for name, lines in written.items()})


def _read_dated(name: str, lines: list[dict[str, object]]) -> Dated:
    days, values = [line["from"] for line in lines], [line["value"] for line in lines]
    if not all(type(day) is date for day in days) or days != sorted(set(days)):  # type: ignore[type-var]
        raise ThresholdsBroken(f"{name}: write each day once, as 2026-05-31, the oldest first.")
    if not all(type(value) is int for value in values):
        raise ThresholdsBroken(f"{name}: write whole numbers.")
    return Dated(tuple(days), tuple(values))  # type: ignore[arg-type]


def threshold(name: str, on: date) -> int:
    """Return what a threshold is on a day.

    Raises:
        KeyError: there is no threshold of this name (a mistake of the program).
    """
    return load_thresholds()[name].on(on)
