"""Questions that officers ask, and their answers: the same for organisations and donors."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.identity.current import current_actor, current_session
from registry.schemas.question import AnswerSchema
from registry.schemas.records import schema_of
from registry.services.questions.answer_question import answer_question
from registry.services.questions.ask_question import ask_once
from registry.services.questions.list_questions import list_questions
from registry.services.questions.list_unsaid import list_unsaid, party_of
from registry.services.questions.view_question import find_question, view_question
from registry.services.reach.read_reach import read_told
from registry.web.editing import status_of
from registry.web.facts_asked import ask_facts, fact_of, without_asked
from registry.web.form import Form
from search.codes import Party, QuestionState

OFFICER = Party.OFFICER.value


def show_questions(side: str) -> str:
    """List what this side has not said, and the questions from and to it, open ones first."""
    session, actor = current_session(), current_actor()
    unsaid = list_unsaid(session, actor)
    facts = ask_facts(each for each in unsaid if not each.withheld)
    return render_template(
        "shared/questions.html",
        side=side,
        questions=without_asked(list_questions(session, actor), facts),
        facts=facts,
        withheld=ask_facts(each for each in unsaid if each.withheld),
        counted_on=read_told(session, party_of(actor)).counted_on,
    )


def ask(side: str, about_id: str) -> ResponseReturnValue:
    """Put a question to the officers that is about oneself."""
    typed = request.form if request.method == "POST" else None
    form = Form(schema_of("question"), typed, only=("text",), labels={"text": _("Your question")})
    question = form.load(about=about_id, to_role=OFFICER) if typed is not None else None
    if question is None:
        return render_template("shared/ask.html", side=side, form=form), status_of(form)
    ask_once(
        current_session(), current_actor(), side, about_id, to_role=OFFICER, text=question["text"]
    )
    flash(_("Your question is on the officers' page. The answer will stand here."), "good")
    return redirect(url_for(f"{side}.questions"), code=303)


def answer(side: str, question_id: str) -> ResponseReturnValue:
    """Take the answer to a question; an empty one is asked for again, what was typed is kept.

    Where a rule asks the same, its own form is shown: so the answer gets into the record too.
    """
    session, actor = current_session(), current_actor()
    question = view_question(session, actor, find_question(session, actor, question_id)[0])
    typed = request.form if request.method == "POST" else None
    fact = fact_of(question_id) if typed is None and question["may_answer"] else None
    if fact is not None:
        return redirect(fact.address)
    form = Form(AnswerSchema(), typed)
    answered = form.load() if typed is not None else None
    if answered is None:
        page = render_template(
            "shared/answer.html", side=side, question=question, form=form, words=None
        )
        return page, status_of(form)
    if question["state"] == QuestionState.OPEN:
        answer_question(session, actor, question_id, answered["answer"])
        flash(_("Your answer is sent."), "good")
    elif question["answer"] != answered["answer"]:
        return _show_unsent(side, question, answered["answer"]), HTTPStatus.CONFLICT
    return redirect(url_for(f"{side}.questions"), code=303)


def _show_unsent(side: str, question: Mapping[str, Any], typed: str) -> str:
    """Show the question as it stands, and what was typed to it, which can go on as a question."""
    words = Form(schema_of("question"), record={"text": typed}, only=("text",))
    return render_template(
        "shared/answer.html", side=side, question=question, form=None, words=words
    )
