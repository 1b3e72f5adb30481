"""`registry web`: pages and API, without the worker."""

import os
import sys

from registry.cli.root import main, opened_parts


@main.command("web")
def web() -> None:
    """Serve pages and API on the loopback address, until told to stop; see `registry worker`.

    Other machines reach it through a web server or an onion service of this one.
    """
    with opened_parts():
        pass  # asks for the passphrase, and refuses what is not fit to be served
    gunicorn = ["-m", "gunicorn", "--config", "python:registry.cli.serving"]
    os.execv(sys.executable, [sys.executable, *gunicorn])  # noqa: S606 - this very Python
