"""The web server's log: it says that something happened, and nothing of who asked for what."""

import logging

import pytest
from gunicorn.config import Config
from gunicorn.workers.base import Worker

from registry.cli import serving
from registry.cli.quiet_log import QuietLogger

ADDRESS = "203.0.113.7"
PLANTED = "marigold"


class Request:
    uri = f"/search?q={PLANTED}"
    method = "GET"


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> QuietLogger:
    made = QuietLogger(Config())
    made.error_log.handlers = [caplog.handler]
    made.error_log.setLevel(logging.DEBUG)
    return made


def tell(log: QuietLogger, message: str, error: Exception) -> None:
    """Say what gunicorn's worker says of a request that it cannot serve."""
    try:
        raise error
    except type(error):
        if message.startswith("Invalid"):
            log.warning(message.format(ip=ADDRESS, error=str(error)))
        else:
            log.exception(message, Request.method, Request.uri)


@pytest.mark.parametrize(
    "message", ["Invalid request from ip={ip}: {error}", "Error handling request %s %s"]
)
def test_nothing_of_a_request_is_told(
    log: QuietLogger, caplog: pytest.LogCaptureFixture, message: str
) -> None:
    tell(log, message, ValueError(PLANTED))
    assert "request" in caplog.text
    assert ADDRESS not in caplog.text
    assert PLANTED not in caplog.text


def test_gunicorn_still_says_it_in_these_words() -> None:
    """Were they to change, the lines would pass unseen."""
    from inspect import getsource

    assert "Invalid request from ip=" in getsource(Worker.handle_error)
    assert "Error handling request" in getsource(Worker.handle_error)


def test_what_is_no_request_keeps_its_traceback(
    log: QuietLogger, caplog: pytest.LogCaptureFixture
) -> None:
    tell(log, "Exception in worker process %s %s", ValueError("no such setting"))
    assert "no such setting" in caplog.text


def test_the_server_is_told_to_use_it() -> None:
    assert serving.logger_class == f"{QuietLogger.__module__}.{QuietLogger.__name__}"
