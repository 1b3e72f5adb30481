"""A record that is written in several short pages: which they are, and which comes next."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import NotFound

from registry.domain.errors import FieldProblem
from registry.web.field_names import field_label
from registry.web.form import say_problem

LATER = "_later"
"""The button that keeps a draft without going on."""


@dataclass(frozen=True, slots=True)
class Step:
    """One page: its name in the address, its English msgid, and the fields it shows."""

    name: str
    label: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """The pages of one kind of record, in order."""

    all: tuple[Step, ...]

    def find(self, name: str) -> Step:
        """Return the step of this name; there is no page where there is none."""
        found = next((step for step in self.all if step.name == name), None)
        if found is None:
            raise NotFound
        return found

    def after(self, step: Step) -> Step | None:
        """Return the step that follows; None after the last."""
        place = self.all.index(step) + 1
        return self.all[place] if place < len(self.all) else None

    def before(self, step: Step) -> Step | None:
        """Return the step before; None before the first."""
        place = self.all.index(step)
        return self.all[place - 1] if place else None

    def number(self, step: Step) -> int:
        """Return the place of a step, from 1."""
        return self.all.index(step) + 1

    def names(self) -> list[str]:
        """Return what the steps are called, in the page's language."""
        return [str(_(step.label)) for step in self.all]

    def fields(self) -> Iterator[str]:
        """Yield every field of every step, in order."""
        return (name for step in self.all for name in step.fields)

    def step_of(self, field: str) -> Step:
        """Return the step on which a field is filled in."""
        return next(step for step in self.all if field in step.fields)


def go_on(
    steps: Steps, step: Step, *, is_draft: bool, address_of: Callable[[Step], str], page: str
) -> ResponseReturnValue:
    """Lead on after a step was kept: a draft to the next step, unless it is left for later.

    A record that is under way is changed one step at a time, so it leads back to its `page`.
    """
    following = steps.after(step)
    if is_draft and following is not None and LATER not in request.form:
        return redirect(address_of(following), code=303)
    flash(_("It is kept as a draft.") if is_draft else _("It is saved."), "good")
    return redirect(page, code=303)


def not_said(record: Mapping[str, Any], names: tuple[str, ...]) -> list[str]:
    """Return those of the names that the record leaves open."""
    return [name for name in names if name not in record]


def mend_first(
    steps: Steps, problems: Sequence[FieldProblem], address_of: Callable[[str], str]
) -> ResponseReturnValue:
    """Lead to the page of the field that keeps a record from being opened, and say what it is.

    `address_of` makes the address of a step from its name.
    """
    for problem in problems:
        flash(f"{field_label(problem.field)}: {say_problem(problem)}", "warn")
    first = problems[0].field
    return redirect(f"{address_of(steps.step_of(first).name)}#f-{first}", code=303)
