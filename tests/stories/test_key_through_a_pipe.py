"""The master key comes through a pipe, stands on no disk, and reaches every process that is run."""

import os
import signal
import subprocess
import sys

import pytest

from registry.config import MARKER, Settings
from tests.conftest import MASTER_KEY
from tests.stories.house import ROOT, House, wait_until

pytestmark = pytest.mark.slow

START_SECONDS = 120.0


def test_web_and_worker_get_what_came_through_a_pipe(settings: Settings) -> None:
    (settings.data_dir / MARKER).unlink()
    settings.master_key_file.unlink()
    house = House(settings)
    read_end, write_end = os.pipe()
    os.write(write_end, MASTER_KEY.encode())
    os.close(write_end)
    environment = house.environment | {"REGISTRY_MASTER_KEY_FILE": f"/dev/fd/{read_end}"}
    command = [sys.executable, "-m", "registry.cli", "run"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, pass_fds=[read_end], stdout=subprocess.DEVNULL
    )
    os.close(read_end)
    try:
        # Pages, keys, index and worker are there.
        wait_until(house._answers, START_SECONDS, "/readyz says ready")
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(30) in (0, 130)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
