"""Weights are found by their version, as long as they were kept."""

from pathlib import Path

import pytest

from search.matching import weights
from search.matching.weights import WEIGHTS_FILE, find_weights, load_weights


def test_the_present_weights_are_found_by_their_version() -> None:
    assert find_weights(load_weights().version) is load_weights()


def test_past_weights_are_found_where_they_were_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    past = WEIGHTS_FILE.read_text("utf-8").replace(load_weights().version, "2020-01-1")
    (tmp_path / "weights-2020-01-1.toml").write_text(past, "utf-8")
    monkeypatch.setattr(weights, "WEIGHTS_FILE", tmp_path / "weights.toml")
    found = find_weights("2020-01-1")
    assert found is not None
    assert found.version == "2020-01-1"
    assert find_weights("2019-01-1") is None


def test_weights_say_what_each_part_is_of_the_whole() -> None:
    shares = load_weights().shares
    assert sum(shares.values()) == pytest.approx(1)
    assert shares["need_covered"] == 0.25
