"""A form that makes an account or a key makes one, however often it is sent.

It carries a random word, which counts only for what the form makes and for who sends it. The
keyed hash of the three is written down in the transaction that makes the thing, beside the secret
that is shown once, closed with the same. Whoever sends the same form again (a double click, of
which the browser shows only the second answer) is shown what the first one made, until it is said
to be written down or the browser signs out; from then on that it was done already.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from registry.privacy.tokens import close_with, open_with
from registry.storage.database import RegistrySession
from registry.storage.sent_forms import SentForm, delete_old_sent_forms

KEPT_FOR = timedelta(days=1)
"""Longer than any browser session lives, and with it any form."""

PURPOSE = "sent form"

KEPT = "shown_once"
"""Where a signed-in browser's session keeps secrets till they are read: what -> secret."""

BOUND = "bound_word"
"""Where such a secret holds the bound word of its form."""

Secret = Mapping[str, str]


def bind_word(what: str, sender: str, word: str) -> str:
    """Bind a form's word to what the form makes and to the id of the account that sends it.

    `sender` is empty where nobody has to be signed in.
    """
    return f"{what}|{sender}|{word}"


def make_once(session: RegistrySession, bound: str, make: Callable[[], Secret]) -> Secret | None:
    """Make what a form asks for and return its secret; of the same form again, the same secret.

    Args:
        session: a writing session: two that are sent at once wait for each other.
        bound: the word of the form; see `bind_word`.
        make: writes the record and returns what is to be shown.

    Returns:
        The secret to show; None where it was said to be written down before.
    """
    sent = session.get(SentForm, _mark(session, bound))
    if sent is not None:
        return open_with(bound, PURPOSE, sent.shown) if sent.shown is not None else None
    secret = make()
    shown_once = close_with(bound, PURPOSE, secret)
    row = SentForm(mark=_mark(session, bound), sent_on=session.today, shown=shown_once)
    session.add(row)
    session.flush()
    return secret


def forget_secret(session: RegistrySession, bound: str) -> None:
    """Show the secret of a form to nobody any more, whatever is sent again."""
    sent = session.get(SentForm, _mark(session, bound))
    if sent is not None:
        sent.shown = None
        session.add(sent)
        session.flush()


def forget_kept_secrets(session: RegistrySession, browser: Mapping[str, Any]) -> None:
    """Forget the secrets that a browser's session still keeps, for it signs out."""
    for kept in browser.get(KEPT, {}).values():
        forget_secret(session, kept[BOUND])


def forget_sent_forms(session: RegistrySession) -> None:
    """Delete what is known of forms that nobody can send any more."""
    delete_old_sent_forms(session, session.today - KEPT_FOR)


def _mark(session: RegistrySession, bound: str) -> bytes:
    return session.vault.lookup(PURPOSE, bound)
