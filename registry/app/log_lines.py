"""The log: one JSON object a line, to standard error, with nothing of a person in it.

Lines of our own say what happened, in words that hold no input. Of a library's lines only the
level and the place are told, for at some level some library writes what it was handed. There is
no time in a line: what collects the lines may add one, the registry keeps none.
"""

import json
import logging
import secrets
import sys

from flask import Flask, g, has_request_context
from werkzeug.wrappers import Response

OURS = {"registry", "gunicorn"}
"""Loggers whose words are ours: the web server's are cleaned by `registry.cli.quiet_log`."""

HEADER = "X-Request-Id"
ID_BYTES = 8


class LogLine(logging.Formatter):
    """Writes a record as `{"level", "source", "event" or "place", "request"}`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a traceback, whose last line may be somebody's input, is left out.

        But for the web server's own: of requests it hands none on, so it is about the start.
        """
        line = {"level": record.levelname.lower(), "source": record.name}
        if record.name.partition(".")[0] in OURS:
            line["event"] = record.getMessage()
        else:
            line["place"] = f"{record.module}:{record.lineno}"
        if record.exc_info and record.name.startswith("gunicorn"):
            line["trace"] = self.formatException(record.exc_info)
        if has_request_context() and "request_id" in g:
            line["request"] = g.request_id
        return json.dumps(line, ensure_ascii=False)


def write_log_lines(level: str) -> None:
    """Send every line of this process, from this level on, to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LogLine())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.captureWarnings(capture=True)


def init_request_ids(app: Flask) -> None:
    """Give each request an id of its own, in its log lines and its answer; never the caller's."""

    @app.before_request
    def begin() -> None:
        g.request_id = secrets.token_hex(ID_BYTES)

    @app.after_request
    def tell(response: Response) -> Response:
        if "request_id" in g:
            response.headers[HEADER] = g.request_id
        return response
