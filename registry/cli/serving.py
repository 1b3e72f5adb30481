"""How gunicorn serves the registry under `registry run`: gunicorn reads its settings here.

Whatever happens to the command that started it, it ends too: otherwise its port stayed taken.
"""

import os
import signal
import threading
import time
from typing import Any

PARENT = "REGISTRY_RUN_PID"
"""Environment variable that names the process which `registry run` is."""

LOOK_SECONDS = 0.5

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
loglevel = "warning"
umask = 0o077


def when_ready(_server: Any) -> None:
    """Say that pages are served, and watch over the command that started us."""
    print(f"Ready: http://{bind[0]}/", flush=True)  # noqa: T201 - the command's own output
    parent = os.environ.get(PARENT)
    if parent:
        threading.Thread(target=end_with, args=(int(parent),), daemon=True).start()


def end_with(parent: int) -> None:
    """Wait until a process is gone, then ask this one to end."""
    while is_running(parent):
        time.sleep(LOOK_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)


def is_running(process: int) -> bool:
    """Say whether a process with this number is there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
