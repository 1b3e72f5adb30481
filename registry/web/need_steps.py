"""A need in four short steps; each step is kept before the next one is shown."""

from collections.abc import Mapping
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from registry.domain.msgid import N_
from registry.identity.current import current_actor, current_session
from registry.schemas.records import schema_of
from registry.services.needs.change_need import change_need
from registry.services.needs.get_need import get_need
from registry.services.needs.register_need import register_need
from registry.storage.needs import Need
from registry.web.editing import NEW_KEY, Edit, ask_instead, read_key, register_once, status_of
from registry.web.form import Form
from registry.web.organisation import blueprint, own_organisation_view
from registry.web.steps import Step, Steps, go_on
from search.codes import UNITS, Measure, NeedStatus, group_of, is_group, items_of
from search.money import Amount, family

NEED_STEPS = Steps(
    (
        Step(
            "what",
            N_("What you need"),
            (
                *("category", "country", "asks_for", "title", "summary", "language"),
                *("target_groups", "serves"),
            ),
        ),
        Step(
            "amount",
            N_("How much, and the least that would help"),
            (
                *("amount_requested", "quantity", "minimum_useful", "breakdown"),
                *("months_covered", "minimum_months", "recurrence"),
            ),
        ),
        Step(
            "way",
            N_("By when, and how it can reach you"),
            ("urgency", "needed_by", "useful_until", "channels"),
        ),
        Step(
            "readers",
            N_("Who may know"),
            ("readers", "publicity_accepted", "reporting_accepted", "situation"),
        ),
    )
)

AMOUNTS = ("amount_requested", "quantity", "minimum_useful")

ASKED_HERE = ("asks_for",)
"""Pages always ask which kind of help it is; the schema takes an amount in its place."""

View = Mapping[str, Any]


@blueprint.route("/needs/new", methods=["GET", "POST"])
def new_need() -> ResponseReturnValue:
    """Begin a need: with the first step a draft of it is kept."""
    step = NEED_STEPS.all[0]
    typed = request.form if request.method == "POST" else None
    form = Form(schema_of("need"), typed, only=step.fields, required=ASKED_HERE)
    key = read_key()
    need_id = _register(form, key) if typed is not None else None
    if need_id is not None:
        return _go_on(need_id, step, is_draft=True)
    page = _render(step, form, need=None, keep={NEW_KEY: key})
    return page, status_of(form)


@blueprint.route("/needs/<need_id>/<any(what, amount, way, readers):name>", methods=["GET", "POST"])
def need_step(need_id: str, name: str) -> ResponseReturnValue:
    """Show one step of a need with what stands in it; write what was typed."""
    need = get_need(current_session(), current_actor(), need_id)
    step = NEED_STEPS.find(name)
    edit = Edit("need", need | _implied(need), _fields_of(step, need), required=ASKED_HERE)
    if request.method == "POST" and edit.save(lambda *made: _change(need, *made)):
        return _go_on(need_id, step, is_draft=need["status"] == NeedStatus.DRAFT)
    if name == "what":
        ask_instead(edit.form, "amount_missing", "asks_for")
    return _render(step, edit.form, need, edit=edit), edit.status


def _register(form: Form, key: str) -> str | None:
    """Keep a draft and return its id; None with problems in the form."""
    actor = current_actor()
    own = actor.organisation_id or ""
    record = form.load(external_id=key, organisation=own, status=NeedStatus.DRAFT.value)
    ask_instead(form, "amount_missing", "asks_for")
    if record is None:
        return None
    return register_once(
        form, Need, record, lambda made: register_need(current_session(), actor, own, made)
    )


def _change(need: View, changes: dict[str, Any], version: int | None) -> None:
    changes = changes | _outdated(need, changes)
    change_need(current_session(), current_actor(), need["id"], changes, version)


def _outdated(need: View, changes: View) -> dict[str, None]:
    """Empty what a first step that changed leaves without a place: it could not be seen again."""
    emptied: dict[str, None] = {}
    if changes.get("category") and changes["category"] != need["category"]:
        emptied["breakdown"] = None
    if changes.get("asks_for"):
        emptied |= {name: None for name in AMOUNTS if not _is_asked(need.get(name), changes)}
        if Measure.MONEY not in changes["asks_for"]:
            emptied["recurrence"] = None
    return emptied


def _is_asked(amount: Amount | None, changes: View) -> bool:
    asked = {family(measure) for measure in changes["asks_for"]}
    return amount is None or family(amount.measure) in asked


def _implied(need: View) -> dict[str, Any]:
    """Return the kinds of help that the amounts speak of, where the need does not say them."""
    if need.get("asks_for"):
        return {}
    amounts = [need[name] for name in ("amount_requested", "quantity") if name in need]
    return {"asks_for": list(dict.fromkeys(Measure(amount.measure) for amount in amounts))}


def _fields_of(step: Step, need: View) -> tuple[str, ...]:
    """Return the fields of a step that have a place in this need."""
    asked = need.get("asks_for") or _implied(need)["asks_for"]
    hidden = set()
    if Measure.MONEY not in asked:
        hidden |= {"amount_requested", "recurrence"}
    if not set(asked) - {Measure.MONEY}:
        hidden.add("quantity")
    if not is_group(need["category"]):
        hidden.add("breakdown")
    return tuple(name for name in step.fields if name not in hidden)


def _go_on(need_id: str, step: Step, *, is_draft: bool) -> ResponseReturnValue:
    return go_on(
        NEED_STEPS,
        step,
        is_draft=is_draft,
        address_of=lambda following: url_for(
            "organisation.need_step", need_id=need_id, name=following.name
        ),
        page=url_for("organisation.need", need_id=need_id),
    )


def _render(step: Step, form: Form, need: View | None, **context: Any) -> str:
    return render_template(
        f"organisation/need_{step.name}.html",
        steps=NEED_STEPS,
        step=step,
        form=form,
        need=need,
        is_draft=need is None or need["status"] == NeedStatus.DRAFT,
        organisation=own_organisation_view(),
        **_choices_for(need),
        **{"edit": None, "keep": {}, **context},
    )


def _choices_for(need: View | None) -> dict[str, Any]:
    """Return what the second step needs to know: what is counted how, and which items there are."""
    if need is None:
        return {"asked": [], "units": [], "items": ()}
    asked = need.get("asks_for") or _implied(need)["asks_for"]
    return {
        "asked": asked,
        "units": [unit for unit in UNITS if unit in asked],
        "items": items_of(need["category"]) if is_group(group_of(need["category"])) else (),
    }
