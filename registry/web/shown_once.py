"""Secrets that are shown once: kept in the session, which only its cookie opens, till then."""

from collections.abc import Mapping

from flask import session

KEPT = "shown_once"


def keep_to_show(secret: Mapping[str, str]) -> None:
    """Keep a secret for the page that shows it."""
    session[KEPT] = dict(secret)


def kept_to_show() -> dict[str, str] | None:
    """Return the secret that is still to be written down; None where there is none."""
    kept: dict[str, str] | None = session.get(KEPT)
    return kept


def forget_shown() -> None:
    """Forget the secret: its owner said that it is written down."""
    session.pop(KEPT, None)
