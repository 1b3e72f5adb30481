"""Why a record cannot be judged: every fault with its code, its field and its remedy."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: a stable code, the path of the field, and what to do about it (English)."""

    code: str
    field: str
    message: str


class FactsRefused(ValueError):  # noqa: N818 - named as what happened to the facts
    """The record holds no facts that could be judged. Never shows a value, only fields."""

    def __init__(self, errors: list[Fault]) -> None:
        super().__init__("; ".join(f"{each.field}: {each.message}" for each in errors))
        self.errors = errors
