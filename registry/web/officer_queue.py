"""The queue: what waits for officers, need by need, and what can be done with many at once."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from registry.domain.errors import ConflictError, FieldProblem, RecordRefusedError
from registry.domain.pipeline import Mover
from registry.domain.reasons import REASONS
from registry.identity.current import current_actor, current_session
from registry.services.matches.assign_match import assign_need
from registry.services.matches.decline_match import decline_many
from registry.services.matches.list_queue import Queue, list_queue
from registry.services.needs.confirm_urgency import confirm_urgency
from registry.services.waiting import what_waits
from registry.web.editing import read_version, status_of
from registry.web.form import Form
from registry.web.introductions import refusal_schema
from registry.web.officer import back_to, blueprint
from registry.web.officer_dossier import show_need
from registry.web.queue_choices import QueueChoices
from search.codes import ReasonCode, Urgency

MARKED = "_match"
"""Name of the boxes that mark proposals; they belong to the form at the end of the page."""

WAITS_ELSEWHERE = (
    "question",
    "answer",
    "introduced",
    "unverified_organisations",
    "unverified_donors",
)
"""Kinds of what waits for an officer that do not stand in the queue itself."""


@blueprint.get("/queue")
def queue() -> str:
    """Show what waits, as far as the filters in the address leave it."""
    return _show_queue(Form(refusal_schema(Mover.OFFICER)))


@blueprint.post("/queue/decline")
def decline_selected() -> ResponseReturnValue:
    """Decline all proposals that were marked, with one reason; what was typed is kept."""
    form = Form(refusal_schema(Mover.OFFICER), request.form, labels={MARKED: _("Proposals")})
    refusal = form.load()
    if not form.all_typed(MARKED):
        form.refuse([FieldProblem(MARKED, "nothing_marked")])
    elif refusal is not None and _declined(form, refusal):
        return redirect(QueueChoices(request.args).address(), code=303)
    return _show_queue(form), status_of(form)


@blueprint.post("/needs/<need_id>/assign")
def assign_all(need_id: str) -> ResponseReturnValue:
    """Hand what is proposed for a need to an officer, or to nobody."""
    receiver = request.form.get("to") or None
    changed = assign_need(current_session(), current_actor(), need_id, to=receiver)
    if changed and receiver == current_actor().account_id:
        flash(_("It is yours now."), "good")
    elif changed:
        flash(_("It has changed hands."), "good")
    return back_to("officer.need", need_id=need_id)


@blueprint.post("/needs/<need_id>/urgency")
def confirm_need_urgency(need_id: str) -> ResponseReturnValue:
    """Stand for how urgent a need is; it counts in the score from now on.

    Where the need changed since the page was made, it is shown as it stands now instead.
    """
    try:
        urgency = Urgency(request.form.get("urgency", ""))
    except ValueError:
        problem = FieldProblem("urgency", "unknown_code", allowed=", ".join(Urgency))
        raise RecordRefusedError([problem]) from None
    try:
        confirm_urgency(current_session(), current_actor(), need_id, urgency, read_version())
    except ConflictError:
        flash(_("It had changed in the meantime, so nothing was done."), "warn")
        return show_need(need_id), HTTPStatus.CONFLICT
    flash(_("The urgency is confirmed; scores that it changes are made anew in a moment."), "good")
    return back_to("officer.need", need_id=need_id)


def _show_queue(form: Form) -> str:
    session, actor = current_session(), current_actor()
    chosen = QueueChoices(request.args)
    found = list_queue(
        session, actor, filters=chosen.filters, sort=chosen.sort, cursor=request.args.get("cursor")
    )
    return render_template(
        "officer/queue.html",
        queue=found,
        chosen=chosen,
        form=form,
        marked=form.all_typed(MARKED),
        reasons=REASONS[Mover.OFFICER],
        waiting=_waits_elsewhere(),
        pages=_page_links(found, chosen),
        me=actor.account_id,
    )


def _page_links(found: Queue, chosen: QueueChoices) -> dict[str, Any]:
    following = chosen.address(cursor=found.next_cursor) if found.next_cursor else ""
    return {
        "shown": len(found.groups),
        "next_href": following,
        "first_href": chosen.address() if request.args.get("cursor") else "",
    }


def _waits_elsewhere() -> dict[str, int]:
    """Count, by kind, what waits on other pages than this one."""
    counts = dict.fromkeys(WAITS_ELSEWHERE, 0)
    for item in what_waits(current_session(), current_actor())["items"]:
        if item["kind"] in counts:
            counts[item["kind"]] += item["count"]
    return counts


def _declined(form: Form, refusal: Mapping[str, Any]) -> bool:
    try:
        done = decline_many(
            current_session(),
            current_actor(),
            form.all_typed(MARKED),
            reason_code=ReasonCode(refusal["reason_code"]),
            note=refusal.get("note"),
        )
    except RecordRefusedError as refused:
        form.refuse(FieldProblem(MARKED, each.code, **each.values) for each in refused.problems)
        return False
    count = len(done.declined)
    flash(
        ngettext("%(num)s proposal is declined.", "%(num)s proposals are declined.", count), "good"
    )
    if done.left_alone:
        left = len(done.left_alone)
        flash(
            ngettext(
                "%(num)s was moved on by somebody else meanwhile and is left as it is.",
                "%(num)s were moved on by somebody else meanwhile and are left as they are.",
                left,
            ),
            "warn",
        )
    return True
