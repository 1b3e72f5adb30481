"""Every table, imported once, so that metadata is whole for migrations and tests."""

from sqlmodel import SQLModel

from registry.storage import (
    accounts,
    audit,
    awards,
    donors,
    envelopes,
    match_changes,
    matches,
    needs,
    offers,
    organisations,
    outbox,
    programmes,
    questions,
    reach,
    sent_forms,
    sessions,
    statistics,
    throttle,
    vetting,
)

__all__ = [
    "accounts",
    "audit",
    "awards",
    "donors",
    "envelopes",
    "match_changes",
    "matches",
    "metadata",
    "needs",
    "offers",
    "organisations",
    "outbox",
    "programmes",
    "questions",
    "reach",
    "sent_forms",
    "sessions",
    "statistics",
    "throttle",
    "vetting",
]

metadata = SQLModel.metadata
