"""The six roles an account can have; one account has exactly one."""

from enum import StrEnum


class Role(StrEnum):
    ORGANISATION = "organisation"
    DONOR = "donor"
    OFFICER = "officer"
    PARTNER = "partner"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Scope(StrEnum):
    """What an API key may do, at most; the account's role narrows it further."""

    NEEDS_READ = "needs:read"
    NEEDS_TEXT = "needs:text"
    NEEDS_WRITE = "needs:write"
    ORGANISATIONS_READ = "organisations:read"
    ORGANISATIONS_WRITE = "organisations:write"
    OFFERS_READ = "offers:read"
    OFFERS_WRITE = "offers:write"
    MATCHES_READ = "matches:read"
    MATCHES_REVIEW = "matches:review"
    STATISTICS_READ = "statistics:read"
