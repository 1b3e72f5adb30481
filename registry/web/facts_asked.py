"""The open questions of rules on the pages of the one who can answer: each a small form.

The answer goes into the record that the question is about, as on any page that changes it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.identity.current import current_actor, current_session
from registry.schemas.records import dump_record
from registry.services.donors.get_donor import get_donor
from registry.services.needs.get_need import get_need
from registry.services.offers.get_offer import get_offer
from registry.services.organisations.get_organisation import get_organisation
from registry.services.questions.list_unsaid import (
    OpenQuestion,
    find_unsaid,
    list_unsaid,
    party_of,
)
from registry.services.questions.say_fact import close_by_hand, say_fact, withhold_fact
from registry.services.reach.read_reach import Told, may_know, read_told
from registry.web.described import describe
from registry.web.editing import Edit
from registry.web.field_names import field_label
from registry.web.formats import show_day
from registry.web.introductions import look_in_day
from registry.web.language import local_path, page_language
from search.codes import Measure, items_of

View = Mapping[str, Any]

RATHER_NOT = "_rather_not"
"""The button that says: I would rather not say."""

AT_HOME = 3
"""Questions that a first page shows; the others stand on the page of questions."""

_GET: Mapping[str, Callable[..., dict[str, Any]]] = {
    "need": get_need,
    "organisation": get_organisation,
    "offer": get_offer,
    "donor": get_donor,
}
_BESIDE = frozenset({"minimum_months", "minimum_useful", "breakdown", "min_award", "max_award"})
"""Fields that may stay empty where another one answers the question."""


@dataclass(frozen=True, slots=True)
class AskedFact:
    """One open question with the form of its answer.

    `is_inline` is False where another form on the page has the same field already.
    """

    question: OpenQuestion
    record: View
    edit: Edit
    is_inline: bool = True

    @property
    def words(self) -> str:
        """Ask as the rule does; by the field's name where that would tell of somebody's offer."""
        words, language = self.question.unsaid.question.words, page_language()
        if words.gaps(language):
            return field_label(next(iter(self.edit.shown)))
        return words.in_language(language)

    @property
    def rather_not(self) -> str:
        """The name of the button of those who would rather not say."""
        return RATHER_NOT

    @property
    def items(self) -> tuple[str, ...]:
        """The items that the category of a need stands for."""
        return items_of(self.record["category"]) if self.question.record == "need" else ()

    @property
    def address(self) -> str:
        """Where its page is, and where its form is sent."""
        side = "donor" if self.question.record in ("offer", "donor") else "organisation"
        return url_for(f"{side}.fact", record_id=self.question.record_id, code=self.question.code)


def ask_facts(
    questions: Iterable[OpenQuestion], *, only: Collection[str] | None = None
) -> list[AskedFact]:
    """Return the questions with their forms, all of them or those about these records."""
    shown: set[str] = set()
    records: dict[str, View] = {}
    asked = []
    for question in questions:
        if only is None or question.record_id in only:
            record = records.get(question.record_id) or _read_record(question)
            records[question.record_id] = record
            fact = _make(question, record, is_inline=shown.isdisjoint(question.fields))
            shown |= set(question.fields)
            asked.append(fact)
    return asked


def open_questions() -> list[OpenQuestion]:
    """Return what the actor's party is asked and would answer, the most useful first."""
    asked = list_unsaid(current_session(), current_actor())
    return [question for question in asked if not question.withheld]


def facts_at_home() -> dict[str, Any]:
    """Return what a first page shows of the open questions: the first few, and how many more.

    What an officer asked by hand stands among what waits already.
    """
    asked = [question for question in open_questions() if question.question_id is None]
    return {"facts": ask_facts(asked[:AT_HOME]), "more_facts": max(0, len(asked) - AT_HOME)}


def facts_about(*record_ids: str) -> list[AskedFact]:
    """Return the open questions about these records, with their forms."""
    return ask_facts(open_questions(), only=record_ids)


def without_asked(questions: Iterable[View], facts: Iterable[AskedFact]) -> list[View]:
    """Leave out the questions of officers that stand on the page as forms of their own."""
    asked = {fact.question.question_id for fact in facts}
    return [question for question in questions if question["id"] not in asked]


def fact_of(question_id: str) -> AskedFact | None:
    """Return the open fact that an officer asked for by this question, if it is one."""
    found = (each for each in open_questions() if each.question_id == question_id)
    return next((_make(question, _read_record(question)) for question in found), None)


def told_of_offer(offer_id: str) -> dict[str, Any]:
    """Return what the donor may know of an offer's reach, for the macro `reach_line`."""
    session, party = current_session(), party_of(current_actor())
    told: Told = read_told(session, party)
    return {
        "may_know": may_know(session, party),
        "needs": told.of_offer(offer_id),
        "counted_on": told.counted_on,
    }


def show_fact(side: str, record_id: str, code: str) -> ResponseReturnValue:
    """Show one open question and take its answer, or that the party would rather not say."""
    back = local_path(request.form.get("_back", ""))
    back = back if back != "/" else url_for(f"{side}.questions")
    question = find_unsaid(current_session(), current_actor(), record_id, code)
    if question is None:
        flash(_("This is not asked any more: it was answered, or it does not matter now."), "good")
        return redirect(back, code=303)
    if request.method == "POST" and RATHER_NOT in request.form:
        _withhold(question)
        return redirect(back, code=303)
    fact = _make(question, _read_record(question))
    if request.method == "POST" and fact.edit.save(lambda *made: _say(question, *made)):
        flash(
            _(
                "It is saved. The registry looks again at what fits, and an officer checks what it"
                " finds. Look in again on %(day)s.",
                day=show_day(look_in_day()),
            ),
            "good",
        )
        return redirect(back, code=303)
    page = render_template("shared/fact.html", side=side, fact=fact, back=back)
    return page, fact.edit.status


def _read_record(question: OpenQuestion) -> View:
    return _GET[question.record](current_session(), current_actor(), question.record_id)


def _make(question: OpenQuestion, view: View, *, is_inline: bool = True) -> AskedFact:
    fields = _fields_of(question, view)
    required = [name for name in fields if len(fields) == 1 or name not in _BESIDE]
    edit = Edit(question.record, view, fields, required=required)
    return AskedFact(question, view, edit, is_inline)


def _fields_of(question: OpenQuestion, view: View) -> tuple[str, ...]:
    """Return the fields that have a place in this record: an amount in the kinds asked for.

    Parts of an amount have one only where the record names parts already.
    """
    if set(question.fields) != {"amount_requested", "quantity"}:
        parts = () if len(question.fields) == 1 or "breakdown" in view else ("breakdown",)
        return tuple(name for name in question.fields if name not in parts)
    asks_for = view.get("asks_for") or ()
    is_money = Measure.MONEY in asks_for and "amount_requested" not in view
    return ("amount_requested",) if is_money else ("quantity",)


def _say(question: OpenQuestion, changes: dict[str, Any], version: int | None) -> None:
    record = say_fact(current_session(), current_actor(), question, changes, version)
    said = describe(dump_record(question.record, record), question.fields)
    answer = "\n".join(f"{name}: {value}" for name, value in said)
    close_by_hand(current_session(), current_actor(), question, answer)


def _withhold(question: OpenQuestion) -> None:
    withhold_fact(current_session(), current_actor(), question)
    close_by_hand(current_session(), current_actor(), question, _("We would rather not say."))
    flash(_("Then it stays unsaid, and you are not asked again."), "good")
