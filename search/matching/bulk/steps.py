"""Values from 0 to 1 as whole ten-thousandths, rounded as Python rounds to four decimals."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Steps = NDArray[np.int64]

STEPS = 10_000
_IN_DOUBT = 1e-6


def in_steps(values: NDArray[Any]) -> Steps:
    """Round as `round(value, 4)` does; where a product might mislead, that very function does it.

    NumPy scales a value before it rounds, Python looks at the exact decimal: near a half they can
    differ.
    """
    scaled = np.asarray(values, np.float64) * STEPS
    found = np.rint(scaled).astype(np.int64)
    doubtful = np.flatnonzero(np.abs(scaled - np.floor(scaled) - 0.5) < _IN_DOUBT)
    if len(doubtful):
        exact = (round(value, 4) for value in np.asarray(values).flat[doubtful].tolist())
        found.flat[doubtful] = [round(value * STEPS) for value in exact]
    return found


def share_in_steps(sums: Steps, counts: Steps | int) -> Steps:
    """Divide whole numbers (none negative) and round to whole ones, halves to the even one."""
    whole, rest = np.divmod(sums, counts)
    up = (2 * rest > counts) | ((2 * rest == counts) & (whole % 2 == 1))
    found: Steps = whole + up
    return found
