"""The weights of the score, read once from the file beside this one."""

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
    comfortable_days: int
    channel_safety: Mapping[str, float]


@lru_cache(maxsize=1)
def load_weights(path: Path = WEIGHTS_FILE) -> Weights:
    """Read a weights file (see `weights.toml` for what it holds)."""
    chosen = tomllib.loads(path.read_text("utf-8"))
    return Weights(
        version=chosen["version"],
        of_parts=chosen["weights"],
        comfortable_days=chosen["time"]["comfortable_days"],
        channel_safety=chosen["channel_safety"],
    )
