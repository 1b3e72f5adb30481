"""Questions of rules that an officer asked by hand, so that nobody is asked the same twice."""

from datetime import date

from sqlmodel import col, select

from registry.domain.errors import KeyGoneError
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.questions import Question
from registry.storage.reach import PartyId
from search.codes import Party, QuestionState
from search.eligibility.catalogue import load_rules
from search.eligibility.unsaid import question_code


def asked_by_hand(
    session: RegistrySession, party: PartyId
) -> dict[tuple[str, str], tuple[str, date]]:
    """Return (record id, question of a rule) -> (question id, day) of what is open and asked."""
    records = _records_of_questions()
    whom = Party.DONOR if party.donor_id else Party.ORGANISATION
    statement = select(Question, Match).where(
        col(Question.state) == QuestionState.OPEN,
        col(Question.to_role) == whom,
        col(Question.rule_question).is_not(None),
        col(Question.organisation_id) == party.organisation_id,
        col(Question.donor_id) == party.donor_id,
        col(Match.id) == col(Question.about_id),
    )
    found: dict[tuple[str, str], tuple[str, date]] = {}
    for question, match in session.exec(statement.order_by(col(Question.id))).all():
        try:
            code = session.vault.read(question, "rule_question") or ""
        except KeyGoneError:
            continue  # its party deleted itself; the worker takes the row away
        if code in records:
            about = str(getattr(match, f"{records[code]}_id"))
            found.setdefault((about, code), (question.id, question.asked_on))
    return found


def _records_of_questions() -> dict[str, str]:
    """Return the record in which each question of a rule is answered."""
    return {
        question_code(code, key): question.answers[0].partition(".")[0]
        for code, rule in load_rules().items()
        for key, question in rule.questions.items()
        if question.answers
    }
