"""A party answers an open question of a rule: the fact goes into the record it is about."""

from collections.abc import Callable, Mapping
from typing import Any

from registry.domain.errors import FieldProblem, RecordRefusedError
from registry.identity.actor import Actor
from registry.services.donors.change_donor import change_donor
from registry.services.needs.change_need import change_need
from registry.services.offers.change_offer import change_offer
from registry.services.organisations.change_organisation import change_organisation
from registry.services.questions.answer_question import answer_question
from registry.services.questions.list_unsaid import OpenQuestion, find_unsaid, party_of
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession
from registry.storage.reach import find_withheld, new_withheld

_CHANGE: Mapping[str, Callable[..., dict[str, Any]]] = {
    "need": change_need,
    "organisation": change_organisation,
    "offer": change_offer,
    "donor": change_donor,
}


def say_fact(
    session: RegistrySession,
    actor: Actor,
    question: OpenQuestion,
    changes: Mapping[str, Any],
    version: int | None,
) -> dict[str, Any]:
    """Write the answer into its record; the worker judges every pair of it anew.

    Returns:
        The record as its owner sees it.

    Raises:
        ConflictError, VersionMissingError, NotAllowedError: as for any change of the record.
        RecordRefusedError: fields that do not agree, or that say nothing of what is asked; the
            caller rolls back.
    """
    record = _CHANGE[question.record](session, actor, question.record_id, changes, version)
    asked = [name for name in question.fields if name in changes] or list(question.fields)
    # A zero and a "no" are answers. What is said is kept, even if more is left to ask.
    is_empty = all(record.get(name) in (None, (), [], {}) for name in asked)
    if is_empty and find_unsaid(session, actor, *question.is_about) is not None:
        raise RecordRefusedError([FieldProblem(asked[0], "required")])
    return record


def close_by_hand(
    session: RegistrySession, actor: Actor, question: OpenQuestion, answer: str
) -> None:
    """Answer the officer who asked the same by hand, if one did."""
    if question.question_id is not None:
        answer_question(session, actor, question.question_id, answer)


def withhold_fact(session: RegistrySession, actor: Actor, question: OpenQuestion) -> None:
    """Note that the party would rather not say this; sent twice, it is noted once.

    It stays so until the fact is said after all; nobody but the party itself reads it.
    """
    party = party_of(actor)
    row = find_withheld(session, party) or new_withheld(party)
    document = session.vault.read_document(row, "questions")
    codes = document.setdefault(question.record_id, [])
    if question.code in codes:
        return
    document[question.record_id] = sorted((*codes, question.code))
    session.vault.write_document(row, "questions", document)
    session.add(row)
    session.flush()
    write_audit(session, actor.account_id, "fact_withheld", question.record_id)
