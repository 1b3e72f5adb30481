"""Needs, and what people type who look for them in another language; see meaning/README.md."""

import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from search.text.languages import LANGUAGES
from tests.search.index.documents import need

MEANING = Path(__file__).parent / "meaning"
DEMO = Path(__file__).parents[3] / "registry" / "demo"
FEWEST_NEEDS = 300


@dataclass(frozen=True)
class Written:
    """A need as its organisation wrote it."""

    title: str
    summary: str
    language: str

    def document(self, number):
        return need(self.title, self.summary, language=self.language, number=number)


@dataclass(frozen=True)
class Asked:
    """A query in a language, and the title of the need that it should find."""

    query: str
    language: str
    title: str
    written_in: str
    held_out: bool


@cache
def read_asked():
    return tuple(
        Asked(query, asked_in, each["title"], language, each.get("held_out", False))
        for language in sorted(LANGUAGES)
        for each in _read(language)["need"]
        for asked_in, query in each["asked"].items()
    )


@cache
def read_misspelt():
    titles = [each.title for each in read_needs()]
    return tuple(
        Asked(each["query"], each["language"], _only(each["need"], titles), "", held_out=False)
        for each in _read("misspelt")["asked"]
    )


@cache
def read_needs():
    """The needs of the set, those of the demonstration, and crosses of these up to FEWEST_NEEDS.

    A cross has the title of one demonstration need and the summary of the next in its language.
    """
    found = [
        Written(each["title"], each["summary"], language)
        for language in sorted(LANGUAGES)
        for each in _read(language)["need"]
    ]
    shown = _demonstration()
    nexts = [
        next((other for other in shown[n + 1 :] if other.language == each.language), None)
        for n, each in enumerate(shown)
    ]
    crossed = [
        Written(each.title, other.summary, each.language)
        for each, other in zip(shown, nexts, strict=True)
        if other
    ]
    return (*found, *shown, *crossed)


def _demonstration():
    with (DEMO / "needs.jsonl").open(encoding="utf-8") as lines:
        needs = [json.loads(line) for line in lines]
    told = [each for each in needs if each.get("title") and each.get("summary")]
    return [Written(each["title"], each["summary"], each["language"]) for each in told]


def _read(name):
    return tomllib.loads((MEANING / f"{name}.toml").read_text(encoding="utf-8"))


def _only(beginning, titles):
    (title,) = [each for each in titles if each.startswith(beginning)]
    return title
