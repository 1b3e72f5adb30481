"""What every answer tells the browser it may do: nothing beyond what is ours."""

from flask import Flask, request
from werkzeug.wrappers import Response

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FILE_POLICY = "default-src 'none'; frame-ancestors 'none'"

EVERYWHERE = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
TWO_YEARS = "max-age=63072000"
"""Browsers heed it over TLS alone; behind an onion address there is none."""


def protect_response(response: Response) -> Response:
    """Add the headers; one that a view has set already stays.

    Only files say of themselves that they may be kept. Flask-Security would say `no-store=True`
    of its pages, which no browser knows.
    """
    for name, value in EVERYWHERE.items():
        response.headers.setdefault(name, value)
    if not request.host.partition(":")[0].endswith(".onion"):
        response.headers.setdefault("Strict-Transport-Security", TWO_YEARS)
    is_page = response.mimetype == "text/html"
    response.headers.setdefault("Content-Security-Policy", PAGE_POLICY if is_page else FILE_POLICY)
    if not response.cache_control.public:
        response.headers["Cache-Control"] = "no-store"
    return response


def init_headers(app: Flask) -> None:
    """Protect every answer of the application, errors and files too."""
    app.after_request(protect_response)
