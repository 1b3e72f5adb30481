"""Pages for what went wrong: what it is and what to do next, never a detail.

They are made without database, session and context of others, so that they
still work when those do not.
"""

from dataclasses import dataclass

from flask import Flask, Response, current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import HTTPException, default_exceptions

from registry.domain.msgid import N_
from registry.web.language import OWN_NAMES, page_language, page_to_return_to

JSON_PREFIXES = ("/api/", "/common-grants/", "/healthz", "/readyz")
"""Addresses that answer machines; their errors are not pages."""


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
    429: Problem(
        N_("Too many attempts"),
        N_("To protect accounts, the registry now waits a little. Nothing is lost."),
        (
            N_("Wait 15 minutes, then try again."),
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


def render_problem(status: int) -> str:
    """Return the page for a status in the reader's language."""
    problem = PROBLEMS.get(status) or PROBLEMS[400 if status < 500 else 500]
    template = current_app.jinja_env.get_template("problem.html")
    return template.render(
        problem=problem,
        bare=True,
        page_language=page_language(),
        page_languages=OWN_NAMES,
        page_to_return_to=page_to_return_to,
        leave_url=current_app.config["LEAVE_URL"],
        development=current_app.config["DEVELOPMENT"],
        say=gettext,
    )


def is_for_machines() -> bool:
    """Say whether this request expects JSON, so gets no page."""
    return request.path.startswith(JSON_PREFIXES)


def answer_with_page(error: HTTPException) -> ResponseReturnValue:
    """Turn an HTTP error into its page; keeps `Retry-After` and `Allow`, drops the rest."""
    status = error.code or 500
    answer = Response(render_problem(status), status, content_type="text/html; charset=utf-8")
    for name, value in error.get_headers():
        if name in ("Retry-After", "Allow"):
            answer.headers[name] = value
    return answer


def answer_error(error: HTTPException) -> ResponseReturnValue:
    """Answer people with a page, and leave machines to the handler that the API registered."""
    if not is_for_machines():
        return answer_with_page(error)
    handlers = current_app.error_handler_spec[None][None]
    of_the_api = handlers.get(HTTPException)
    return of_the_api(error) if of_the_api else error.get_response()


def init_problems(app: Flask) -> None:
    """Register the pages for every status that is an error."""
    for status in default_exceptions:
        app.register_error_handler(status, answer_error)
