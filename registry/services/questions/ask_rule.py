"""An officer asks exactly what a rule needs to know, in the language of whom it asks."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import col, select

from registry.domain.errors import FieldProblem, NotAllowedError, RecordRefusedError
from registry.identity.actor import Actor
from registry.services.matches.see_match import see_match
from registry.services.matches.verdicts import read_rules
from registry.services.name_code import name_code
from registry.services.questions.ask_question import ask_question
from registry.storage.accounts import Account
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from search.codes import PAGE_LANGUAGES, Outcome, Party, QuestionState
from search.eligibility import sentences
from search.eligibility.unsaid import code_of
from search.eligibility.verdict import Verdict

ASKED = (Party.ORGANISATION, Party.DONOR)


def ask_rule(
    session: RegistrySession, actor: Actor, match_id: str, rule: str, *, language: str
) -> dict[str, Any]:
    """Put a rule's own question on the page of whoever can answer it.

    Args:
        session: a writing session.
        actor: an officer.
        match_id: the match whose rule is open.
        rule: its code.
        language: to ask in where the one who is asked has no account with a language.

    Returns:
        The question; see `view_question`.

    Raises:
        NotAllowedError: the actor is no officer.
        NotFoundError: there is no such match.
        RecordRefusedError: the rule is not open, or it is for officers to find out.
    """
    if not actor.is_officer:
        raise NotAllowedError
    match = see_match(session, actor, match_id).match
    verdict = _open_rules(session, match).get(rule)
    whom = sentences.asks_whom(verdict) if verdict else None
    if verdict is None or whom not in ASKED:
        raise RecordRefusedError([FieldProblem("rule", "not_accepted")])
    spoken = _language_of(session, match, whom) or language
    text = _wordings(session, match, spoken)[rule]
    code = code_of(verdict)
    return ask_question(
        session, actor, "match", match_id, to_role=whom, text=text, rule_question=code
    )


def rules_asked(session: RegistrySession, match: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return rule -> its newest question, of a match that `get_match` showed an officer.

    A question is known by its words, in whichever language it was asked.
    """
    row = session.get_one(Match, match["id"])
    questions = [each for each in match["questions"] if each["state"] != QuestionState.WITHDRAWN]
    found: dict[str, Mapping[str, Any]] = {}
    for language in PAGE_LANGUAGES if questions else ():
        for rule, text in _wordings(session, row, language).items():
            asked = _first(each for each in questions if each["text"] == text)
            if asked is not None:
                found.setdefault(rule, asked)
    return found


def _first(questions: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    return next(iter(questions), None)


def _open_rules(session: RegistrySession, match: Match) -> dict[str, Verdict]:
    return {
        judged.code: judged.verdict
        for judged in read_rules(session, match)
        if judged.outcome is Outcome.NEEDS_INFORMATION
    }


def _wordings(session: RegistrySession, match: Match, language: str) -> dict[str, str]:
    asked = {
        judged.code: sentences.question(judged.verdict, language, name_code)
        for judged in read_rules(session, match)
    }
    return {rule: text for rule, text in asked.items() if text}


def _language_of(session: RegistrySession, match: Match, whom: Party) -> str | None:
    owner = (
        col(Account.donor_id) == match.donor_id
        if whom is Party.DONOR
        else col(Account.organisation_id) == match.organisation_id
    )
    statement = select(col(Account.language)).where(owner, col(Account.active))
    return session.exec(statement.order_by(col(Account.id)).limit(1)).first()
