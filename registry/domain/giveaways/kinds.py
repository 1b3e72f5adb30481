"""The kinds of what gives people away."""

from enum import StrEnum


class GiveawayKind(StrEnum):
    """In the order in which a piece of text is taken for one of them: the surest first."""

    EMAIL = "email"
    HANDLE = "handle"
    LINK = "link"
    ACCOUNT = "account"
    CARD = "card"
    DOCUMENT = "document"
    ADDRESS = "address"
    PHONE = "phone"
