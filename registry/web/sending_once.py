"""Forms that make an account or a key: sent twice, they make one; its secret is shown once."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Literal

from flask import render_template, request, session
from flask.typing import ResponseReturnValue

from registry.domain.identifiers import is_id, new_id
from registry.identity.current import current_actor, current_session
from registry.identity.sent_once import BOUND, KEPT, bind_word, forget_secret, make_once

ONCE = "_once"
"""The field of a form that holds its random word."""

What = Literal["registration", "key", "account", "renewal", "holder"]
"""What a form makes; its secret has a page of its own."""

Secret = Mapping[str, str]


def form_word() -> str:
    """Return the random word of the form that was sent; a new one for a form that is shown."""
    word = request.form.get(ONCE, "")
    return word if is_id(word) else new_id()


def make_and_keep(
    what: What, make: Callable[[], Secret], admit: Callable[[Secret], bool] = lambda _: True
) -> Secret | None:
    """Make what the sent form asks for and keep its secret to be shown.

    `admit` signs the sender in where nobody is yet: what a visitor's browser keeps is signed, not
    encrypted, and must never hold a secret. Where it says no, nothing is kept.

    None where the same form did so before and the secret was written down since, or where
    `admit` says no.
    """
    bound = _bind(what)
    secret = make_once(current_session(), bound, make)
    if secret is None or not admit(secret):
        return None
    _keep(what, {**secret, BOUND: bound})
    return secret


def kept_to_show(what: What) -> dict[str, str] | None:
    """Return the secret that is still to be written down; None where there is none."""
    kept: dict[str, str] | None = session.get(KEPT, {}).get(what)
    return kept


def forget_shown(what: What) -> None:
    """Forget the secret: its owner said that it is written down."""
    kept = kept_to_show(what)
    if kept is not None:
        session[KEPT] = {name: each for name, each in session[KEPT].items() if name != what}
        forget_secret(current_session(), kept[BOUND])


def answer_done_before(what: What) -> ResponseReturnValue:
    """Say that the form was sent before, and what to do where its secret is not at hand."""
    return render_template("done_before.html", what=what), HTTPStatus.CONFLICT


def _keep(what: What, secret: dict[str, str]) -> None:
    before = kept_to_show(what)
    if before is not None and before[BOUND] != secret[BOUND]:
        forget_shown(what)  # no page leads to it any more, nor would signing out forget it
    session[KEPT] = {**session.get(KEPT, {}), what: secret}


def _bind(what: What) -> str:
    # Who registers is nobody yet, and may be signed in when the same form arrives again.
    sender = "" if what == "registration" else current_actor().account_id
    return bind_word(what, sender, form_word())
