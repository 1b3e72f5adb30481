"""What a code is called, and what choosing it means."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """English msgids: a name in plain words, and one sentence where the choice has consequences."""

    label: str
    consequence: str | None = None


Wordings = Mapping[str, Wording]
"""Code -> wording, for one closed list."""
