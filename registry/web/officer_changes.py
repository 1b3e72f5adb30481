"""What changed since a day, as an officer reads it: what, and why, with a link to the pair."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import FieldProblem
from registry.domain.msgid import N_
from registry.identity.current import current_actor, current_session
from registry.services.matches.what_changed import a_week_before, what_changed
from registry.web.editing import status_of
from registry.web.field_names import FIELD_NAMES, field_label
from registry.web.form import Form, read_day
from registry.web.formats import name_code, show_day
from registry.web.language import page_language
from registry.web.officer import blueprint
from search.eligibility import sentences
from search.eligibility.catalogue import load_rules

LATEST = {N_("a week"): 7, N_("a month"): 30, N_("three months"): 90}
"""How far back the page leads by one press -> days. What changed is kept for 90."""

FEW = 5
"""Longer lists of what is new or moved are folded, so that what changed is not lost below them."""

FACT_NAMES = {"donor_vetting": "vetting", "funded_by": "funded_amount"}
"""Facts that are no fields of a record -> the field that says it in words."""


@blueprint.get("/changes")
def changes() -> ResponseReturnValue:
    """Show what changed since a day in the address, since last week where it names none."""
    session = current_session()
    form = Form(typed=request.args)
    since = _read_since(form, session.today)
    found = what_changed(session, current_actor(), since)
    return render_template(
        "officer/changes.html",
        since=since,
        form=form,
        found=found,
        latest={label: session.today - timedelta(days=days) for label, days in LATEST.items()},
        few=FEW,
        why=lambda change: list(_reasons(change)),
        verdicts=lambda change: list(_verdicts(change)),
    ), status_of(form)


def _read_since(form: Form, today: date) -> date:
    """Return the day that was typed; else a week before, with a problem if one was typed."""
    typed = read_day(form.typed("since"))
    if not typed:
        return a_week_before(today)
    try:
        since = date.fromisoformat(typed)
    except ValueError:
        form.refuse([FieldProblem("since", "not_a_day")])
        return a_week_before(today)
    if since > today:
        form.refuse([FieldProblem("since", "in_the_future")])
        return a_week_before(today)
    return since


def _verdicts(change: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield what a rule is called, and what it said before and says now."""
    for code, (before, after) in change["rules"].items():
        name = sentences.label(code, page_language()) if code in load_rules() else code
        yield name, _say_outcome(before), _say_outcome(after)


def _say_outcome(outcome: str | None) -> str:
    if outcome is None:
        return str(_("not judged"))
    return str(_("set aside")) if outcome == "waived" else name_code(outcome, "outcome")


def _reasons(change: Mapping[str, Any]) -> Iterator[str]:
    """Yield why it is otherwise: facts, weights, rules; else the days that went by, or a waiver."""
    weights, rules, on = change["weights"], change["rules_version"], change["on"]
    if change["facts"]:
        names = dict.fromkeys(_name_fact(fact) for fact in change["facts"])
        yield _("Changed facts: %(names)s.", names="; ".join(names))
    if weights[0] != weights[1]:
        yield _("Other weights: %(new)s in place of %(old)s.", new=weights[1], old=weights[0])
    if rules[0] != rules[1]:
        yield _("The rules themselves were written anew.")
    if change["facts"] or weights[0] != weights[1] or rules[0] != rules[1]:
        return
    if on[0] != on[1] and on[0] is not None:
        yield _("Days went by: it was last judged on %(day)s.", day=show_day(on[0]))
    else:
        yield _("A rule was set aside, or no longer is.")


def _name_fact(fact: str) -> str:
    """Say which fact of which side, without its value."""
    side, _dot, name = fact.partition(".")
    field = FACT_NAMES.get(name, name)
    label = field_label(field, for_others=True) if field in FIELD_NAMES else name
    of = {"need": _("need"), "organisation": _("organisation"), "offer": _("offer")}
    return f"{label} ({of[side]})"
