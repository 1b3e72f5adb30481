"""Somebody who registers many parties of one kind and looks for what moves on their pages.

Each probe carries two secrets: whether the other side holds anything for it, and whether it was
excluded by name. The impostor looks at all it can reach before and after the others act, is told
the secrets of half of its probes, learns which sign goes with which secret, and guesses the
secrets of the other half.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from math import comb

from flask.testing import FlaskClient

from tests.conftest import ApiClient

MASKS = (
    (re.compile(r'name="(csrf_token|_once|once)" value="[^"]*"'), r'name="\1"'),
    (re.compile(r"\b[0-9a-f]{32}\b"), "ID"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f-]{27}\b"), "UUID"),
)


@dataclass(slots=True)
class Probe:
    """One false party with its record, its browser and its key; `secrets` are not its to know."""

    browser: FlaskClient
    client: ApiClient
    pages: Sequence[str]
    paths: Sequence[str]
    own_words: Sequence[str]
    secrets: dict[str, bool]
    seen: list[str] = field(default_factory=list)
    moved: str = ""

    def look(self) -> list[str]:
        """Return the lines of all that it can see now, with the status of every answer."""
        lines: list[str] = []
        for answer in (
            *(self.browser.get(page) for page in self.pages),
            *(self.client.get(path) for path in self.paths),
        ):
            text = self._mask(answer.get_data(as_text=True))
            lines += [f"== {answer.status_code}", *text.splitlines()]
        return lines

    def watch(self) -> None:
        """Look, and keep what moved since it looked last."""
        now = self.look()
        self.moved = "\n".join(unified_diff(self.seen, now, lineterm="", n=0))
        self.seen = now

    def signs(self) -> set[str]:
        """Return what the impostor can tell its probes apart by."""
        lines = self.moved.splitlines()
        return {*lines, f"{len(lines)} lines"}

    def _mask(self, text: str) -> str:
        for word in self.own_words:
            text = text.replace(word, "MINE")
        for pattern, instead in MASKS:
            text = pattern.sub(instead, text)
        return text


def guess(probes: Sequence[Probe], secret: str) -> tuple[int, int]:
    """Learn a secret from half of the probes, guess it of the others; return (hits, guesses).

    Learned is the one sign, a line that moved or how many did, that parts those best whose
    secret is known.
    """
    told, others = probes[::2], probes[1::2]
    signs = sorted({sign for each in told for sign in each.signs()})
    learned = max((_learn(told, secret, sign) for sign in ("", *signs)), key=lambda each: each[0])
    _right, sign, answers = learned
    hits = sum(answers[sign in each.signs()] is each.secrets[secret] for each in others)
    return hits, len(others)


def _learn(told: Sequence[Probe], secret: str, sign: str) -> tuple[int, str, dict[bool, bool]]:
    """Return how many of the told a sign gets right, the sign, and the answer it stands for."""
    usual = _most(each.secrets[secret] for each in told)
    answers = {}
    for is_there in (True, False):
        like = [each.secrets[secret] for each in told if (sign in each.signs()) is is_there]
        answers[is_there] = _most(like) if like else usual
    right = sum(answers[sign in each.signs()] is each.secrets[secret] for each in told)
    return right, sign, answers


def _most(answers: Iterable[bool]) -> bool:
    return Counter(answers).most_common(1)[0][0]


def chance_bound(guesses: int, most: float = 0.001) -> int:
    """Return the hits that coins tossed for each guess reach less often than `most`."""
    tail, hits = 0.0, guesses + 1
    while tail < most:
        hits -= 1
        tail += comb(guesses, hits) / 2**guesses
    return hits + 1
