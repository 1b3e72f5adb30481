"""The house's weights: told by version, the former ones kept, none changed in place."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from search.eligibility.pair import Settings
from search.matching import weights as module
from search.matching.affinity import compare
from search.matching.judge import judge_line
from search.matching.weights import WEIGHTS_FILE, find_weights, load_weights
from search.text.languages import LANGUAGES
from search.text.vocabulary.entries import read_entries
from tests.search.matching.test_labelled_set import FACTS, read_pairs

DIGESTS = {"2026-11-1": "cb4ebe9f133baf12", "2026-11-24": "172768fd0837f371"}
"""Version -> digest of what it holds. A change of the file is a new line here, with a new version;
the old file stays as weights-<version>.toml."""

SCORED_BY = ("2026-11-24", "d47348b32861d384")
"""The present version, and the digest of what it makes of the labelled pairs. Where the digest
differs, scores mean something else than before: name a new version in both files."""


def digest_of(path: Path) -> str:
    """Digest what a file says, without its comments."""
    lines = (line.partition("#")[0].strip() for line in path.read_text("utf-8").splitlines())
    return hashlib.sha256("\n".join(filter(None, lines)).encode()).hexdigest()[:16]


def judge_with_texts(pair: dict[str, Any]) -> dict[str, Any]:
    facts = {name: pair[name] for name in FACTS}
    return judge_line(facts, Settings(), "en", lambda kind, code, language: code, compare)


def test_every_version_still_says_what_it_said():
    files = [WEIGHTS_FILE, *WEIGHTS_FILE.parent.glob("weights-*.toml")]
    assert {load_weights(path).version: digest_of(path) for path in files} == DIGESTS


def test_no_score_changes_without_a_new_version():
    """Parts, vocabulary and the reading of texts are told by the version as the weights are."""
    scored = [judge_with_texts(pair) for pair in read_pairs()]
    found = [[each["score"], [part["value"] for part in each["parts"].values()]] for each in scored]
    words = {language: read_entries(language) for language in LANGUAGES}
    said = json.dumps([found, words], sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(said.encode()).hexdigest()[:16]
    assert (load_weights().version, digest) == SCORED_BY


def test_the_present_version_is_found():
    assert find_weights(load_weights().version) is load_weights()
    assert find_weights("1999-01-1") is None


def test_a_former_version_is_found_beside_the_present_one(tmp_path, monkeypatch):
    text = WEIGHTS_FILE.read_text("utf-8")
    former = re.sub(r"urgency = \d+", "urgency = 90", text).replace("2026-11-24", "2026-10-1")
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
