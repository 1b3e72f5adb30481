"""The weights of the score, read once from the file beside this one.

A file that was replaced stays beside it as `weights-<version>.toml`, so that a score of old can be
told and replayed.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

WEIGHTS_FILE = Path(__file__).with_name("weights.toml")


@dataclass(frozen=True, slots=True)
class Weights:
    """What each part counts, and the choices that parts are measured by."""

    version: str
    of_parts: Mapping[str, float]
    channel_safety: Mapping[str, float]

    @property
    def shares(self) -> dict[str, float]:
        """Return what each part is of the whole, 0 to 1."""
        total = sum(self.of_parts.values())
        return {code: round(weight / total, 4) for code, weight in self.of_parts.items()}


@lru_cache(maxsize=8)
def load_weights(path: Path = WEIGHTS_FILE) -> Weights:
    """Read a weights file (see `weights.toml` for what it holds)."""
    chosen = tomllib.loads(path.read_text("utf-8"))
    return Weights(
        version=chosen["version"],
        of_parts=chosen["weights"],
        channel_safety=chosen["channel_safety"],
    )


def find_weights(version: str) -> Weights | None:
    """Return the house's weights of a version, present or past; None where they were not kept."""
    if load_weights().version == version:
        return load_weights()
    kept = {path.stem: path for path in WEIGHTS_FILE.parent.glob("weights-*.toml")}
    path = kept.get(f"weights-{version}")
    return load_weights(path) if path else None
