"""Questions on the officers' desk: to answer, to ask, to take back."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.identity.current import current_actor, current_session
from registry.schemas.question import AnswerSchema
from registry.schemas.records import schema_of
from registry.services.questions.about import AboutKind, find_concerned
from registry.services.questions.answer_question import answer_question
from registry.services.questions.ask_question import ask_once
from registry.services.questions.list_questions import list_questions
from registry.services.questions.view_question import find_question, view_question
from registry.services.questions.withdraw_question import withdraw_question
from registry.services.reach.list_decisions import list_decisions
from registry.web.editing import status_of
from registry.web.form import Form
from registry.web.language import page_language
from registry.web.officer import back_to, blueprint
from search.codes import QuestionState
from search.eligibility import sentences

PAGES = {
    "need": ("officer.need", "need_id"),
    "offer": ("officer.offer", "offer_id"),
    "match": ("officer.match", "match_id"),
    "organisation": ("officer.organisation", "party_id"),
    "donor": ("officer.donor", "party_id"),
}
"""What a question can be about -> the page of it, and the name of the id in its address."""


@blueprint.get("/questions")
def questions() -> str:
    """List questions: those that wait for an officer first, then the others by state."""
    session, actor = current_session(), current_actor()
    asked = request.args.get("state", "")
    state = asked if asked in set(QuestionState) else None
    found = list_questions(session, actor, state)
    return render_template(
        "officer/questions.html",
        waiting=[each for each in found if each["waits_for_me"]],
        others=[each for each in found if not each["waits_for_me"]],
        state=state,
        decisions=[] if state else list_decisions(session, actor),
    )


@blueprint.app_template_global("rule_label")
def label_rule(rule: str) -> str:
    """Name a rule in the page's language."""
    return sentences.label(rule, page_language())


@blueprint.route("/questions/<question_id>", methods=["GET", "POST"])
def answer(question_id: str) -> ResponseReturnValue:
    """Answer a question, or write down the answer of a party without an account."""
    session, actor = current_session(), current_actor()
    question = view_question(session, actor, find_question(session, actor, question_id)[0])
    form = Form(AnswerSchema(), request.form if request.method == "POST" else None)
    answered = form.load() if request.method == "POST" else None
    if answered is None:
        page = render_template("officer/answer.html", question=question, form=form)
        return page, status_of(form)
    if question["answer"] != answered["answer"]:
        answer_question(session, actor, question_id, answered["answer"])
    flash(_("The answer is sent."), "good")
    return redirect(url_for("officer.questions"), code=303)


@blueprint.post("/questions/<question_id>/withdraw")
def withdraw(question_id: str) -> ResponseReturnValue:
    """Take a question back; sent twice, it is taken back once."""
    session, actor = current_session(), current_actor()
    question, _part = find_question(session, actor, question_id)
    if question.state != QuestionState.WITHDRAWN:
        withdraw_question(session, actor, question_id)
    flash(_("The question is taken back."), "good")
    return back_to("officer.questions")


def ask_about(
    about_kind: str, about_id: str, to_role: str, endpoint: str, **address: Any
) -> ResponseReturnValue:
    """Put a free question on a party's page, then lead back to the page it came from."""
    find_concerned(current_session(), current_actor(), AboutKind(about_kind), about_id)
    typed = request.form if request.method == "POST" else None
    form = Form(schema_of("question"), typed, only=("text",), labels={"text": _("Your question")})
    asked = form.load(about=about_id, to_role=to_role) if typed is not None else None
    back = url_for(endpoint, **address)
    if asked is None:
        page = render_template("officer/ask.html", form=form, to_role=to_role, back=back)
        return page, status_of(form)
    ask_once(
        current_session(),
        current_actor(),
        about_kind,
        about_id,
        to_role=to_role,
        text=asked["text"],
    )
    flash(_("Your question waits on the other side's page; the answer will stand here."), "good")
    return redirect(back, code=303)


@blueprint.app_template_global("page_of_question")
def page_of(question: dict[str, Any]) -> str:
    """Return the address of what a question is about."""
    endpoint, name = PAGES[question["about_kind"]]
    return url_for(endpoint, **{name: question["about"]})
