"""The best of many by whole numbers: highest first, equal ones in their order."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]

NO_PLACE = -1


def best_of_rows(values: NDArray[Any], k: int, least: int = 0) -> tuple[Places, NDArray[Any]]:
    """Return for each row the k places with the highest values, best first, and those values.

    Values below `least` (which is not negative) are no candidates: where a row has less than k
    others, its places and values end in NO_PLACE. Equal values are ordered by place.
    """
    rows, width = values.shape
    kept = min(k, width)
    keys = _key(values, least)
    if kept < width:
        keys = np.partition(keys, width - kept, axis=1)[:, width - kept :]
    keys = -np.sort(-keys, axis=1)
    places = np.full((rows, k), NO_PLACE, np.int64)
    found = np.full((rows, k), NO_PLACE, values.dtype)
    chosen = keys >= 0
    places[:, :kept] = np.where(chosen, width - 1 - keys % width, NO_PLACE)
    found[:, :kept] = np.where(chosen, keys // width, NO_PLACE)
    return places, found


def _key(values: NDArray[Any], least: int) -> NDArray[Any]:
    """Return numbers that order by value, then by place; NO_PLACE for what is no candidate."""
    width = values.shape[1]
    highest = int(values.max(initial=0))
    kind = np.int32 if (highest + 1) * width < 2**31 else np.int64
    keys: NDArray[Any] = values.astype(kind)
    keys *= width
    keys += np.arange(width - 1, -1, -1, dtype=kind)
    keys[values < least] = NO_PLACE
    return keys
