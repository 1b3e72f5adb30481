"""How gunicorn serves the registry under `registry run`: gunicorn reads its settings here.

Whatever happens to the command that started it, it ends too: otherwise its port stayed taken.
"""

import os
from typing import Any

from registry.cli.parent import end_with_parent

wsgi_app = "wsgi:app"
bind = [f"127.0.0.1:{os.environ.get('PORT') or 8000}"]
workers = 2
# A browser opens connections ahead of what it asks for; threads keep one from blocking another.
worker_class = "gthread"
threads = 4
# Past a second a request is cut off, so that Ctrl-C ends everything at once.
graceful_timeout = 1
control_socket_disable = True
accesslog = None
# Gunicorn's own lines would name the address and parts of a request.
logger_class = "registry.cli.quiet_log.QuietLogger"
loglevel = "warning"
umask = 0o077


def when_ready(_server: Any) -> None:
    """Say that pages are served, and watch over the command that started us."""
    print(f"Ready: http://{bind[0]}/", flush=True)  # noqa: T201 - the command's own output
    end_with_parent()
