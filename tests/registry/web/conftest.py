from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.serving import make_server

from tests.registry.web.kitchen_sink import make_app


@pytest.fixture
def look() -> Flask:
    """Make an application of the look alone: kitchen sink, front pages, no database."""
    return make_app(WTF_CSRF_ENABLED=False)


@pytest.fixture
def visitor(look: Flask) -> FlaskClient:
    return look.test_client()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Serve the kitchen sink on a free port of this machine."""
    server = make_server("127.0.0.1", 0, make_app(WTF_CSRF_ENABLED=False), threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
