"""What a match keeps of how it was judged: a record, and the text of it that is encrypted.

A need and an offer stand in many pairs, and pairs share most of their verdicts. A writer writes
each of them once and puts texts together, to the letter as the whole record would be written.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from registry.privacy.vault import Vault, write_text
from search.eligibility.facts import Recorded
from search.eligibility.pair import Pair
from search.matching.pairing import Pairing

PASSING_FACTS = {"offer": ("budget_left",), "need": ("urgency_confirmed",)}
"""Facts that change by themselves or rank only: they bring no declined pair back."""
HASHED = "match facts"
MOST_KEPT = 20_000
"""Texts of one kind that a writer keeps; past it they are forgotten, and written anew."""


class Writable(Protocol):
    """What can be written as a record."""

    def to_record(self) -> Mapping[str, Any]: ...


def record_evidence(pair: Pair, pairing: Pairing) -> dict[str, Any]:
    """Return `on`, `facts` by side, and what `Pairing.to_record` writes.

    `Pairing.from_record` reads it back, and `registry match assess` reads the facts.
    """
    facts = {side: known.to_record() for side, known in _sides(pair)}
    return {"on": pair.on.isoformat(), "facts": facts, **pairing.to_record()}


class EvidenceWriter:
    """Writes the evidence of the pairs of one run; holds the facts that it was shown."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._found = _Texts(_write)
        self._facts = _Texts(_write)
        self._lasting = {
            "need": _Texts(lambda facts: _write_lasting("need", facts)),
            "organisation": _Texts(lambda facts: _write_lasting("organisation", facts)),
            "offer": _Texts(lambda facts: _write_lasting("offer", facts)),
        }

    def write(self, pair: Pair, pairing: Pairing) -> str:
        """Return `record_evidence` as the text that the vault makes of it."""
        score, proposed = pairing.score, pairing.score.proposed
        facts = (f'"{side}":{self._facts.of(each)}' for side, each in _sides(pair))
        parts = (f'"{code}":{self._found.of(each)}' for code, each in sorted(score.parts.items()))
        verdicts = map(self._found.of, pairing.assessment.verdicts)
        return (
            f'{{"confidence":{score.confidence!r},"facts":{{{",".join(facts)}}},'
            f'"on":"{pair.on.isoformat()}","outcome":"{pairing.outcome}",'
            f'"parts":{{{",".join(parts)}}},'
            f'"proposed":{_write(proposed) if proposed else "null"},'
            f'"score":{score.value!r},"verdicts":[{",".join(verdicts)}],'
            f'"weights_version":{write_text(score.weights_version)}}}'
        )

    def hash_facts(self, pair: Pair) -> bytes:
        """Return the keyed hash of the facts that a person's no was about."""
        written = (f'"{side}": {self._lasting[side].of(each)}' for side, each in _sides(pair))
        return self._vault.lookup(HASHED, f"{{{', '.join(written)}}}")


class _Texts:
    """The texts of what was written, by object; one that is kept is held, so its `id` stays its."""

    def __init__(self, write: Callable[[Any], str]) -> None:
        self._write = write
        self._kept: dict[int, tuple[object, str]] = {}

    def of(self, written: Writable) -> str:
        """Return the text, the same one for the same object."""
        kept = self._kept.get(id(written))
        if kept is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            kept = self._kept[id(written)] = (written, self._write(written))
        return kept[1]


def _sides(pair: Pair) -> tuple[tuple[str, Recorded], ...]:
    """Return the facts of the three sides, in the order of their names."""
    return ("need", pair.need), ("offer", pair.offer), ("organisation", pair.organisation)


def _write(written: Writable) -> str:
    return write_text(written.to_record())


def _write_lasting(side: str, facts: Recorded) -> str:
    passing = PASSING_FACTS.get(side, ())
    lasting = {name: value for name, value in facts.to_record().items() if name not in passing}
    return json.dumps(lasting, ensure_ascii=False, sort_keys=True)
