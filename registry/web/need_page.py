"""The page of one need: where it stands, who reads what of it, and what can be done with it."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import ConflictError, InvalidMoveError, RecordRefusedError
from registry.domain.pipeline import Mover, moves_from
from registry.identity.current import current_actor, current_session
from registry.services.needs.get_need import get_need
from registry.services.needs.move_need import move_need
from registry.services.needs.read_coverage import read_coverage
from registry.services.questions.list_questions import list_questions
from registry.services.reach.tell_reach import tell_need_reach
from registry.web.editing import read_version
from registry.web.facts_asked import facts_about, without_asked
from registry.web.introductions import look_in_day
from registry.web.language import page_language
from registry.web.need_readers import reader_columns
from registry.web.need_steps import NEED_STEPS
from registry.web.organisation import blueprint, own_organisation_view
from registry.web.steps import mend_first, not_said
from search.codes import MATCHED_NEED_STATUSES, NeedStatus

IMPORTANT = ("channels", "publicity_accepted", "reporting_accepted", "needed_by", "readers")
"""Fields that may stay empty, but without which many an offer cannot be judged."""


ASKED_OF = MATCHED_NEED_STATUSES
"""The states of a need in which rules ask for what it does not say."""


@blueprint.get("/needs/<need_id>")
def need(need_id: str) -> str:
    """Show a need to its organisation; a draft with what is left to do before it opens."""
    session, actor = current_session(), current_actor()
    view, organisation = get_need(session, actor, need_id), own_organisation_view()
    facts = facts_about(need_id, organisation["id"]) if view["status"] in ASKED_OF else []
    asked = {name for fact in facts for name in fact.question.fields}
    return render_template(
        "organisation/need.html",
        need=view,
        coverage=read_coverage(session, [view])[need_id],
        columns=reader_columns(view, organisation),
        organisation=organisation,
        possible=moves_from("need", view["status"], Mover.ORGANISATION),
        not_said=[name for name in not_said(view, IMPORTANT) if name not in asked],
        questions=without_asked(list_questions(session, actor, about=need_id), facts),
        facts=facts,
        limits=tell_need_reach(session, actor, need_id, page_language())["rules"],
        steps=NEED_STEPS,
        look_in=look_in_day(),
    )


@blueprint.post("/needs/<need_id>/open")
def open_need(need_id: str) -> ResponseReturnValue:
    """Publish a draft, or open again what was past its last day."""
    said = _("It is open. The registry begins to look, and an officer checks what it finds.")
    return _move(need_id, NeedStatus.OPEN, said)


@blueprint.route("/needs/<need_id>/withdraw", methods=["GET", "POST"])
def withdraw_need(need_id: str) -> ResponseReturnValue:
    """Ask whether the need is to be withdrawn; then withdraw it for good."""
    if request.method == "POST":
        return _move(need_id, NeedStatus.WITHDRAWN, _("It is withdrawn. Nothing is looked for."))
    return _ask(need_id, "organisation/need_withdraw.html")


@blueprint.route("/needs/<need_id>/met", methods=["GET", "POST"])
def close_need(need_id: str) -> ResponseReturnValue:
    """Ask whether the need is met; then close it."""
    if request.method == "POST":
        return _move(need_id, NeedStatus.MET, _("It is closed as met. We are glad."))
    return _ask(need_id, "organisation/need_met.html")


def _ask(need_id: str, template: str) -> str:
    view = get_need(current_session(), current_actor(), need_id)
    return render_template(template, need=view)


def _move(need_id: str, status: NeedStatus, said: str) -> ResponseReturnValue:
    """Move a need; sent twice, or in two tabs, it is moved once.

    Where it cannot be moved from the state that it is in by now, its page shows that state.
    """
    session, actor = current_session(), current_actor()
    if get_need(session, actor, need_id)["status"] != status:
        try:
            move_need(session, actor, need_id, status, read_version())
        except (ConflictError, InvalidMoveError):
            flash(_("It had changed in the meantime, so nothing was done."), "warn")
            return need(need_id), HTTPStatus.CONFLICT
        except RecordRefusedError as refused:
            return mend_first(
                NEED_STEPS,
                refused.problems,
                lambda name: url_for("organisation.need_step", need_id=need_id, name=name),
            )
    flash(said, "good")
    return redirect(url_for("organisation.need", need_id=need_id), code=303)
