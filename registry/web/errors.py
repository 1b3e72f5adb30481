"""Pages for what went wrong: what it is and what to do next, never a detail.

They are made without database, session and context of others, so that they
still work when those do not.
"""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Response, current_app, g
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from registry.domain import labels
from registry.domain.errors import InvalidMoveError, ThrottledError
from registry.domain.msgid import N_
from registry.domain.pipeline import PIPELINES
from registry.web.asking_who import ask_who_is_there
from registry.web.language import OWN_NAMES, page_language, page_to_return_to

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """English msgids: what happened, why that may be, what to do next."""

    title: str
    sentence: str
    next_steps: tuple[str, ...]


PROBLEMS: dict[int, Problem] = {
    400: Problem(
        N_("The registry could not read this"),
        N_("What the browser sent was not complete, or the page had been open for too long."),
        (
            N_("Go back, load the page anew and send it again."),
            N_("If your browser refuses cookies, allow them for this site."),
        ),
    ),
    403: Problem(
        N_("This is not open to you"),
        N_("Your account cannot do this. Nothing was changed."),
        (
            N_("If you have another account, sign out and sign in with that one."),
            N_("If you think it should be open to you, ask an officer."),
        ),
    ),
    404: Problem(
        N_("There is nothing here"),
        N_("There is no such page, or none that you can open. Both look the same on purpose."),
        (
            N_("If you typed the address, look at it again."),
            N_("If you are not signed in, sign in and try once more."),
        ),
    ),
    405: Problem(
        N_("This page cannot be opened like that"),
        N_("It takes part in a form. Nothing was changed."),
        (N_("Go back to the form and send it from there."),),
    ),
    409: Problem(
        N_("Somebody was quicker"),
        N_("What you wanted to change has changed in the meantime. Nothing was overwritten."),
        (
            N_("Go back and copy what you typed, if you want to keep it."),
            N_("Open the page anew, look at what is there now, and change it again."),
        ),
    ),
    410: Problem(
        N_("This was deleted"),
        N_("What stood here was deleted for good. Nobody can bring it back, neither can we."),
        (N_("Go to the start and look from there."),),
    ),
    413: Problem(
        N_("This is too large"),
        N_("The text or file is larger than the registry takes. Nothing was kept."),
        (N_("Go back, make it shorter or smaller, and send it again."),),
    ),
    415: Problem(
        N_("This kind of file is not taken"),
        N_("The registry cannot read what was sent. Nothing was kept."),
        (N_("Go back and send it in one of the forms that the page names."),),
    ),
    422: Problem(
        N_("Something in the form needs another look"),
        N_("The registry cannot keep it as it stands. Nothing was changed."),
        (N_("Go back to the form, compare each field with its hint, and send it again."),),
    ),
    428: Problem(
        N_("This page is too old"),
        N_("It does not say which state it was made from. Nothing was changed."),
        (N_("Open the page anew and repeat the change there."),),
    ),
    429: Problem(
        N_("Too many attempts"),
        N_("To protect accounts, the registry now waits a little. Nothing is lost."),
        (
            N_("Wait a few minutes, then try again. What you try before that is not looked at."),
            N_("If it was not you who tried, tell an officer."),
        ),
    ),
    500: Problem(
        N_("Something broke on our side"),
        N_("It is not your fault. What you saved before is still there."),
        (
            N_("Wait a minute, go back and try again."),
            N_("If it happens again, tell an officer what you wanted to do."),
        ),
    ),
    503: Problem(
        N_("The registry is busy"),
        N_("It is being started or looked after. What you saved is still there."),
        (N_("Wait a minute and load the page again."),),
    ),
}
"""Status -> what its page says. Other statuses are shown as 400 or 500."""


def answer_page_error(status: int, error: Exception) -> ResponseReturnValue:
    """Turn an error into its page; whoever is not signed in is led to where one signs in.

    Of an HTTP error, `Retry-After` and `Allow` are kept and everything else is dropped.
    """
    if status == HTTPStatus.UNAUTHORIZED:
        return ask_who_is_there(error)
    possible = _possible_states(error) if isinstance(error, InvalidMoveError) else ()
    wait = error.seconds if isinstance(error, ThrottledError) else None
    page = render_problem(status, possible, wait)
    answer = Response(page, status, content_type="text/html; charset=utf-8")
    for name, value in error.get_headers() if isinstance(error, HTTPException) else ():
        if name in ("Retry-After", "Allow"):
            answer.headers[name] = value
    if wait is not None:
        answer.headers["Retry-After"] = str(wait)
    return answer


def render_problem(status: int, possible: tuple[str, ...] = (), wait: int | None = None) -> str:
    """Return the page for a status in the reader's language.

    Args:
        status: an HTTP status; one without a page of its own is shown as 400 or 500.
        possible: msgids of what can be done instead.
        wait: the seconds after which it may be tried again, where that is known.
    """
    problem = (
        PROBLEMS.get(status) or PROBLEMS[400 if status < HTTPStatus.INTERNAL_SERVER_ERROR else 500]
    )
    template = current_app.jinja_env.get_template("problem.html")
    return template.render(
        problem=problem,
        possible=possible,
        minutes=None if wait is None else -(-wait // MINUTE),
        request_id=g.get("request_id") if status == HTTPStatus.INTERNAL_SERVER_ERROR else None,
        bare=True,
        page_language=page_language(),
        page_languages=OWN_NAMES,
        page_to_return_to=page_to_return_to,
        leave_url=current_app.config["LEAVE_URL"],
        development=current_app.config["DEVELOPMENT"],
    )


def _possible_states(error: InvalidMoveError) -> tuple[str, ...]:
    """Name the states that the record can go to instead, where it has such names."""
    if error.record not in PIPELINES:
        return ()
    codes = PIPELINES[error.record].codes
    return tuple(labels.label(codes, state) for state in error.possible)
