"""The house's weights: told by version, the former ones kept, none changed in place."""

import hashlib
import re
from pathlib import Path

import pytest

from search.matching import weights as module
from search.matching.weights import WEIGHTS_FILE, find_weights, load_weights

DIGESTS = {"2026-11-1": "cb4ebe9f133baf12"}
"""Version -> digest of what it holds. A change of the file is a new line here, with a new version;
the old file stays as weights-<version>.toml."""


def digest_of(path: Path) -> str:
    """Digest what a file says, without its comments."""
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    return hashlib.sha256("\n".join(filter(None, lines)).encode()).hexdigest()[:16]


def test_every_version_still_says_what_it_said():
    files = [WEIGHTS_FILE, *WEIGHTS_FILE.parent.glob("weights-*.toml")]
    assert {load_weights(path).version: digest_of(path) for path in files} == DIGESTS


def test_the_present_version_is_found():
    assert find_weights(load_weights().version) is load_weights()
    assert find_weights("1999-01-1") is None


def test_a_former_version_is_found_beside_the_present_one(tmp_path, monkeypatch):
    text = WEIGHTS_FILE.read_text("utf-8")
    former = re.sub(r"urgency = \d+", "urgency = 90", text).replace("2026-11-1", "2026-10-1")
    (tmp_path / "weights-2026-10-1.toml").write_text(former, "utf-8")
    (tmp_path / "weights.toml").write_text(text, "utf-8")
    monkeypatch.setattr(module, "WEIGHTS_FILE", tmp_path / "weights.toml")
    found = find_weights("2026-10-1")
    assert found is not None
    assert (found.version, found.of_parts["urgency"]) == ("2026-10-1", 90)
    assert load_weights().of_parts["urgency"] == 15


def test_shares_are_parts_of_one():
    shares = load_weights().shares
    assert sum(shares.values()) == pytest.approx(1, abs=1e-3)
    assert shares["need_covered"] == 0.25
