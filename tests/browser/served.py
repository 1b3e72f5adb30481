"""A registry that is really served: werkzeug in a thread, over a folder with the demonstration.

It lives in the process of the tests, so that an error in a request is an error here, and the
worker's work is done when a test says so.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from registry.app import create_app_from
from registry.app.parts import Parts, open_parts
from registry.domain.roles import Role
from registry.identity.accounts import NewSecret, create_account
from registry.identity.actor import Actor, actor_of
from registry.identity.second_factor import needs_set_up
from registry.jobs.by_hand import drain_all
from registry.services.imports.load_demo import load_demo
from registry.storage.database import RegistrySession
from tests.conftest import TODAY, settings_in
from tests.factories.accounts import give_second_factor
from tests.factories.base import creating_in


class Silent(WSGIRequestHandler):
    """Writes no line per request."""

    def log(self, *_line: Any) -> None:
        pass


@dataclass(slots=True)
class Served:
    """The registry behind an address of the loopback interface."""

    parts: Parts
    app: Flask
    address: str

    def work(self) -> None:
        """Let the worker do all that waits."""
        drain_all(self.parts.database)

    @contextmanager
    def session(self) -> Iterator[RegistrySession]:
        """Open a writing session in which factories create; rows stay readable afterwards."""
        with self.parts.database.open_session(writes=True) as session:
            session.expire_on_commit = False
            with creating_in(session):
                yield session
            session.commit()

    def do(self, act: Callable[..., Any], actor: Actor, *arguments: Any, **fields: Any) -> Any:
        """Do one thing in a transaction of its own."""
        with self.parts.database.writing() as session:
            return act(session, actor, *arguments, **fields)

    def make_account(self, role: Role, **party: str) -> tuple[Actor, NewSecret]:
        """Make an account that can sign in with what it is told, and with the present code."""
        with self.app.app_context(), self.parts.database.writing() as session:
            account, secret = create_account(session, role, **party)
            if needs_set_up(account):
                give_second_factor(session, account)
            return actor_of(account), secret


@contextmanager
def serve(folder: Path) -> Iterator[Served]:
    """Serve a copy of the empty database in `folder`, with the demonstration in it."""
    parts = open_parts(settings_in(folder), lambda: TODAY)
    app = create_app_from(parts)
    with app.app_context():
        load_demo(parts.database)
    drain_all(parts.database)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Served(parts, app, f"http://127.0.0.1:{server.server_port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        parts.database.engine.dispose()
