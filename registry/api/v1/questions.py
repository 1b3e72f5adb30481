"""Questions about a record, under the record itself: read and answered with the record's scopes."""

from typing import Any

from flask.views import MethodView

from registry.api.blueprint import ApiBlueprint
from registry.api.documents import QuestionViewSchema, page_of, view_of
from registry.identity.current import current_actor, current_session
from registry.schemas.question import AnswerSchema
from registry.services.paging import ListPage
from registry.services.questions.about import AboutKind
from registry.services.questions.questions_of_record import answer_about, questions_about

questions = ApiBlueprint("questions", description="What is asked about a record, and answered.")

PAGE = page_of(QuestionViewSchema)

PLURALS = {
    AboutKind.NEED: "needs",
    AboutKind.OFFER: "offers",
    AboutKind.ORGANISATION: "organisations",
    AboutKind.DONOR: "donors",
    AboutKind.MATCH: "matches",
}


# Each operation has a name of its own, made from the first line of what it says.
READ = """Read the questions about {record}.

Open ones first, at most a hundred. Officers read all of them, a party those that it asked or was
asked; a question about a match that a side may not see yet stands with its own need or offer.
"""
ANSWER = """Answer a question about {record}.

Once, by the one who was asked, or by an officer for a party without an account.
"""


def _add_list(kind: AboutKind) -> None:
    class QuestionList(MethodView):
        @questions.response(200, PAGE)
        def get(self, record_id: str) -> ListPage:
            found = questions_about(current_session(), current_actor(), kind, record_id)
            return ListPage(found, None)

    QuestionList.get.__doc__ = READ.format(record=_in_words(kind))
    path = f"/{PLURALS[kind]}/<record_id>/questions"
    questions.route(path, endpoint=f"{kind.capitalize()}Questions")(QuestionList)


def _add_one(kind: AboutKind) -> None:
    class OneQuestion(MethodView):
        @questions.arguments(AnswerSchema)
        @questions.response(200, view_of(QuestionViewSchema))
        @questions.alt_response(409, "CONFLICT")
        def post(self, answer: dict[str, Any], record_id: str, question_id: str) -> dict[str, Any]:
            return answer_about(
                current_session(),
                current_actor(),
                kind,
                record_id,
                question_id=question_id,
                text=answer["answer"],
            )

    OneQuestion.post.__doc__ = ANSWER.format(record=_in_words(kind))
    path = f"/{PLURALS[kind]}/<record_id>/questions/<question_id>"
    questions.route(path, endpoint=f"One{kind.capitalize()}Question")(OneQuestion)


def _in_words(kind: AboutKind) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


for each in AboutKind:
    _add_list(each)
    _add_one(each)
