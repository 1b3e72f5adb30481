"""A form that makes an account or a key makes one, however often it is sent.

It carries a random word. The keyed hash of it is written down in the transaction that makes the
thing, beside the secret that is shown once, closed with the word itself. Whoever sends the same
form again (a double click, of which the browser shows only the second answer) is shown what the
first one made, until it is said to be written down; from then on that it was done already.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from registry.privacy.tokens import close_with, open_with
from registry.storage.database import RegistrySession
from registry.storage.sent_forms import SentForm, delete_old_sent_forms

KEPT_FOR = timedelta(days=1)
"""Longer than any browser session lives, and with it any form."""

PURPOSE = "sent form"

Secret = Mapping[str, str]


def make_once(session: RegistrySession, word: str, make: Callable[[], Secret]) -> Secret | None:
    """Make what a form asks for and return its secret; of the same form again, the same secret.

    Args:
        session: a writing session: two that are sent at once wait for each other.
        word: the random word of the form.
        make: writes the record and returns what is to be shown.

    Returns:
        The secret to show; None where it was said to be written down before.
    """
    sent = session.get(SentForm, _mark(session, word))
    if sent is not None:
        return open_with(word, PURPOSE, sent.shown) if sent.shown is not None else None
    secret = make()
    shown_once = close_with(word, PURPOSE, secret)
    row = SentForm(mark=_mark(session, word), sent_on=session.today, shown=shown_once)
    session.add(row)
    session.flush()
    return secret


def forget_secret(session: RegistrySession, word: str) -> None:
    """Show the secret of a form to nobody any more, whatever is sent again."""
    sent = session.get(SentForm, _mark(session, word))
    if sent is not None:
        sent.shown = None
        session.add(sent)
        session.flush()


def forget_sent_forms(session: RegistrySession) -> None:
    """Delete what is known of forms that nobody can send any more."""
    delete_old_sent_forms(session, session.today - KEPT_FOR)


def _mark(session: RegistrySession, word: str) -> bytes:
    return session.vault.lookup(PURPOSE, word)
