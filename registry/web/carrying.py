"""What somebody typed after the session had ended: carried through signing in, kept nowhere.

The fields go back to the browser as hidden ones of the sign-in page, from there through the code
of the second factor, and at last into the form again. Nothing is sent by that: the form only
shows them, and whoever is there decides. Passphrases and codes are not carried.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, g, has_app_context, make_response, render_template, request
from flask import session as browser
from werkzeug.datastructures import MultiDict

from registry.identity.current import close_request
from registry.identity.proof import pending_account_id
from registry.web.language import local_path, page_to_return_to

TO = "_carried_to"
PREFIX = "_carried."
AGAIN = "_typed_again"
"""The field that says: show the form with what is sent, as if it had just been typed."""

NEVER_CARRIED = frozenset({"csrf_token", "password", "passphrase", "recovery_code", "code", AGAIN})
PROVING = frozenset({"security.login", "second_factor.enter", "second_factor.prove"})

Typed = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Carried:
    """The address of a form and what was typed into it."""

    to: str
    fields: Typed

    def hidden(self) -> Iterator[tuple[str, str]]:
        """Yield names and values of the hidden fields that carry it one page on."""
        yield TO, self.to
        yield from ((PREFIX + name, value) for name, value in self.fields.items(multi=True))


def carry_sent_form() -> bool:
    """Carry on what this request wanted to send; False where there is nothing to go back to.

    Only forms of our own pages are: a page elsewhere could have filled in anything.
    """
    is_own = request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
    to = page_to_return_to()
    if request.method != "POST" or not is_own or to == "/":
        return False
    kept = [item for item in request.form.items(multi=True) if item[0] not in NEVER_CARRIED]
    g.carried = Carried(to, MultiDict(kept))
    return True


def carry_on() -> None:
    """Carry on what came with this request from the page before."""
    if request.method == "POST" and TO in request.form:
        fields = (
            (name.removeprefix(PREFIX), value)
            for name, value in request.form.items(multi=True)
            if name.startswith(PREFIX)
        )
        g.carried = Carried(local_path(request.form[TO]), MultiDict(fields))


def typed_again() -> Typed | None:
    """Return what is to stand in the form of this page again; None for a page as it is."""
    found: Typed | None = g.get("typed_again") if has_app_context() else None
    return found


def init_carrying(app: Flask) -> None:
    """Carry fields through every page on which somebody proves to be there."""

    @app.before_request
    def take_up() -> None:
        carry_on()
        if page_to_return_to() != "/" and request.method == "POST" and AGAIN in request.form:
            close_request()  # it only shows a form: it needs no lock
            request.method = "GET"
            g.typed_again = request.form

    @app.after_request
    def go_back(response: Response) -> Response:
        leads_on = response.status_code in (HTTPStatus.FOUND, HTTPStatus.SEE_OTHER)
        if request.endpoint not in PROVING or not leads_on or "carried" not in g:
            return response
        template = "second_factor/enter.html" if pending_account_id(browser) else "back.html"
        return make_response(render_template(template, problem=False, next=g.carried.to))

    app.context_processor(lambda: {"carried": g.get("carried")})
