"""Which language a page is written in: the reader's choice, else what the browser asks for.

The choice is a cookie that ends with the browser, so that a device tells less
about where it has been; it holds a language code and nothing else.
"""

import re
from urllib.parse import urlsplit

from flask import Blueprint, Flask, redirect, request
from flask_babel import get_locale
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from registry.web.catalogues import SOURCE_LANGUAGE, Languages
from search.codes import PAGE_LANGUAGES

COOKIE = "language"

OWN_NAMES = {"en": "English", "be": "Беларуская", "ru": "Русский"}
"""Each language's own name for itself, the same on every page."""

_LEADS_OUT = re.compile(r"[\x00-\x20\x7f\\]")

blueprint = Blueprint("language", __name__)


def choose_language() -> str:
    """Return the code of the language that this request is answered in."""
    chosen = request.cookies.get(COOKIE)
    if chosen in PAGE_LANGUAGES:
        return chosen
    return request.accept_languages.best_match(PAGE_LANGUAGES, SOURCE_LANGUAGE)


@blueprint.post("/language")
def set_language() -> Response:
    """Keep the reader's choice and go back to the page it was made on."""
    language = request.form.get("language")
    if language not in PAGE_LANGUAGES:
        raise BadRequest
    response = redirect(local_path(request.form.get("next", "/")), code=303)
    response.set_cookie(
        COOKIE, language, secure=request.is_secure, httponly=True, samesite="Lax", path="/"
    )
    return response


def page_language() -> str:
    """Return the code of the language that sentences are made in now."""
    locale = get_locale()
    return locale.language if locale else SOURCE_LANGUAGE


def page_to_return_to() -> str:
    """Return the path of this page if it can be asked for again, else of the front page."""
    if request.url_rule is None or "GET" not in (request.url_rule.methods or ()):
        return "/"
    return request.full_path.rstrip("?")


def local_path(target: str) -> str:
    """Return the target if it is a path of ours; anything else leads to the front page."""
    parts = urlsplit(target)
    is_local = not parts.scheme and not parts.netloc and target.startswith("/")
    leads_out = target.startswith("//") or _LEADS_OUT.search(target) is not None
    return target if is_local and not leads_out else "/"


def init_languages(app: Flask) -> None:
    """Give the application its languages and the form that chooses one."""
    Languages(app, default_locale=SOURCE_LANGUAGE, locale_selector=choose_language)
    app.register_blueprint(blueprint)
    app.context_processor(
        lambda: {
            "page_languages": OWN_NAMES,
            "page_language": page_language(),
            "page_to_return_to": page_to_return_to,
        }
    )
