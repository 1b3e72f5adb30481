"""What an officer chose to see of the queue: it stands in the address, so that it can be kept."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from flask import url_for
from flask_babel import gettext as _

from registry.services.matches.list_queue import SORTS
from registry.services.matches.queue_filters import ME, NOBODY, TRUSTED, UNVERIFIED, QueueFilters
from registry.web.choices import Choice, ChoiceGroup, category_choices, choices, country_choices

LEAST_SCORES = ("50", "60", "70", "80")
"""Percent."""

Answers = list[Choice] | list[ChoiceGroup]


def _score_choices() -> list[Choice]:
    return [Choice(code, _("%(share)s %% or more", share=code)) for code in LEAST_SCORES]


def _assigned_choices() -> list[Choice]:
    return [Choice(ME, _("Mine")), Choice(NOBODY, _("Nobody's yet"))]


def _question_choices() -> list[Choice]:
    return [Choice("yes", _("With an open question")), Choice("no", _("Without one"))]


def _organisation_choices() -> list[Choice]:
    return [
        Choice(TRUSTED, _("Vouched for, checked or hosted")),
        Choice(UNVERIFIED, _("Not checked yet")),
    ]


ANSWERS: dict[str, Callable[[], Answers]] = {
    "category": category_choices,
    "country": country_choices,
    "urgency": lambda: choices("urgency"),
    "score": _score_choices,
    "state": lambda: choices("match_state"),
    "assigned": _assigned_choices,
    "questions": _question_choices,
    "organisations": _organisation_choices,
}
"""Filter as it stands in the address -> what can be chosen."""


class QueueChoices:
    """Filters and order as they were asked for; what is no answer of ours counts as not asked."""

    def __init__(self, asked: Mapping[str, str]) -> None:
        self.answers = {name: answers() for name, answers in ANSWERS.items()}
        self.chosen = {
            name: asked[name]
            for name in ANSWERS
            if asked.get(name) in {each.code for each in _flat(self.answers[name])}
        }
        sort = asked.get("sort", "")
        self.sort = sort if sort in SORTS else SORTS[0]

    @property
    def filters(self) -> QueueFilters:
        """Return what `list_queue` takes."""
        named = ("category", "country", "urgency", "state", "assigned", "organisations")
        found: dict[str, Any] = {name: self.chosen[name] for name in named if name in self.chosen}
        if score := self.chosen.get("score"):
            found["min_score"] = int(score) / 100
        if questions := self.chosen.get("questions"):
            found["has_questions"] = questions == "yes"
        return cast("QueueFilters", found)

    def address(self, **more: Any) -> str:
        """Return the address of the queue with these choices."""
        return url_for("officer.queue", **self.query(), **more)

    def lines(self) -> list[tuple[str, str]]:
        """Return (what was chosen, address of the queue without it), one line per filter."""
        query = self.query()
        return [
            (self._label(name), url_for("officer.queue", **{**query, name: None}))
            for name in self.chosen
        ]

    def fields(self) -> list[tuple[str, str, Answers]]:
        """Return (name, what it is called, its answers) of every filter."""
        titles = {
            "category": _("What is needed"),
            "country": _("Where"),
            "urgency": _("How soon"),
            "score": _("Score"),
            "state": _("Where it stands"),
            "assigned": _("Who looks after it"),
            "questions": _("Questions"),
            "organisations": _("Organisations"),
        }
        return [(name, titles[name], answers) for name, answers in self.answers.items()]

    def sorts(self) -> list[Choice]:
        """Return the orders in which the queue can stand."""
        names = {
            "urgency": _("Most urgent first"),
            "days_left": _("Least time left first"),
            "score": _("Best score first"),
            "newest": _("Newest proposals first"),
        }
        return [Choice(sort, names[sort]) for sort in SORTS]

    def _label(self, name: str) -> str:
        known = {each.code: each.label for each in _flat(self.answers[name])}
        return known[self.chosen[name]]

    def query(self) -> dict[str, Any]:
        """Return filters and order as they stand in an address."""
        return self.chosen | ({"sort": self.sort} if self.sort != SORTS[0] else {})


def _flat(answers: Answers) -> list[Choice]:
    flat: list[Choice] = []
    for each in answers:
        flat.extend(each.choices if isinstance(each, ChoiceGroup) else [each])
    return flat
