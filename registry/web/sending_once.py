"""Forms that make an account or a key: sent twice, they make one; its secret is shown once."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Literal

from flask import render_template, request, session
from flask.typing import ResponseReturnValue

from registry.domain.identifiers import is_id, new_id
from registry.identity.current import current_session
from registry.identity.sent_once import forget_secret, make_once

ONCE = "_once"
"""The field of a form that holds its random word."""

KEPT = "shown_once"
"""Where the browser's session, which only its cookie opens, keeps secrets till they are read."""

What = Literal["registration", "key", "account"]
"""What a form makes; its secret has a page of its own."""

Secret = Mapping[str, str]


def form_word() -> str:
    """Return the random word of the form that was sent; a new one for a form that is shown."""
    word = request.form.get(ONCE, "")
    return word if is_id(word) else new_id()


def make_and_keep(what: What, make: Callable[[], Secret]) -> Secret | None:
    """Make what the sent form asks for and keep its secret to be shown.

    None where the same form did so before and the secret was written down since.
    """
    word = form_word()
    secret = make_once(current_session(), word, make)
    if secret is not None:
        session[KEPT] = {**session.get(KEPT, {}), what: {**secret, ONCE: word}}
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
        forget_secret(current_session(), kept[ONCE])


def answer_done_before(what: What) -> ResponseReturnValue:
    """Say that the form was sent before, and what to do where its secret is not at hand."""
    return render_template("done_before.html", what=what), HTTPStatus.CONFLICT
