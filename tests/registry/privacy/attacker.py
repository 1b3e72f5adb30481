"""Somebody who keeps every snapshot that was ever published, knows the method, and reckons.

All that may follow from what was published is written as bounds on whole numbers of organisations,
and solved: what is the least and the most that a number can be?
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

MOST = 1000
"""More organisations than there can be in any cell."""

Terms = Mapping[str, float]
"""A sum of unknown numbers: name -> factor."""


@dataclass
class Attacker:
    """What is known so far of unknown whole numbers."""

    names: dict[str, int] = field(default_factory=dict)
    known: list[tuple[Terms, float, float]] = field(default_factory=list)

    def learn(self, terms: Terms, least: float, most: float) -> None:
        """Learn that a sum lies between two bounds."""
        for name in terms:
            self.names.setdefault(name, len(self.names))
        self.known.append((terms, least, most))

    def learn_either(self, one: str, other: str, most: float, name: str) -> None:
        """Learn that one of two numbers is at most so much, but not which."""
        self.learn({name: 1}, 0, 1)
        self.learn({one: 1, name: -MOST}, -MOST, most)
        self.learn({other: 1, name: MOST}, -MOST, most + MOST)

    def bounds(self, terms: Terms) -> tuple[int, int]:
        """Return the least and the most that a sum can be."""
        return self._solve(terms, 1), self._solve(terms, -1)

    def _solve(self, terms: Terms, sign: int) -> int:
        size = len(self.names)
        matrix = np.array([self._row(each, size) for each, _, _ in self.known])
        found = milp(
            sign * self._row(terms, size),
            constraints=LinearConstraint(
                matrix, [least for _, least, _ in self.known], [most for *_, most in self.known]
            ),
            integrality=np.ones(size),
            bounds=Bounds(0, MOST),
        )
        assert found.success, found.message
        return round(sign * found.fun)

    def _row(self, terms: Terms, size: int) -> np.ndarray:
        row = np.zeros(size)
        for name, factor in terms.items():
            row[self.names[name]] = factor
        return row
