"""Ending together with the command that started us, even where that was killed."""

import os
import signal
import threading
import time

PARENT = "REGISTRY_RUN_PID"
"""Environment variable that names the process of `registry run`."""

LOOK_SECONDS = 0.5


def end_with_parent() -> None:
    """Ask this process to end (SIGTERM) once the command that started it is gone."""
    parent = os.environ.get(PARENT)
    if parent:
        threading.Thread(target=_wait_for_end, args=(int(parent),), daemon=True).start()


def _wait_for_end(process: int) -> None:
    while is_running(process):
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
