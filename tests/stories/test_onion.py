"""An onion address in front of the registry: `docs/torrc` is tried with a real tor.

Its network stays switched off: it makes keys and address, and reaches nobody.
"""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from flask.testing import FlaskClient

from tests.stories.house import ROOT, wait_until

TORRC = ROOT / "docs" / "torrc"
KEPT_IN = "/var/lib/tor/registry/"
ADDRESS = re.compile(r"[a-z2-7]{56}\.onion")
START_SECONDS = 60.0

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(which("tor") is None, reason="no tor: apt install tor"),
]


@pytest.fixture
def torrc(tmp_path: Path) -> Path:
    """Take the documented file as it is, but for the folder, with the network switched off."""
    written = TORRC.read_text("utf-8")
    assert KEPT_IN in written
    (tmp_path / "tor").mkdir(mode=0o700)
    file = tmp_path / "torrc"
    file.write_text(
        written.replace(KEPT_IN, f"{tmp_path}/tor/registry/")
        + f"\nDataDirectory {tmp_path}/tor\nDisableNetwork 1\n"
    )
    return file


@pytest.fixture
def address(torrc: Path, tmp_path: Path) -> Iterator[str]:
    hostname = tmp_path / "tor" / "registry" / "hostname"
    with subprocess.Popen(["tor", "--quiet", "-f", torrc]) as tor:
        try:
            wait_until(hostname.is_file, START_SECONDS, "tor made an address")
            yield hostname.read_text("ascii").strip()
        finally:
            tor.terminate()


def test_tor_finds_nothing_wrong_with_the_documented_file(torrc: Path) -> None:
    checked = subprocess.run(
        ["tor", "--verify-config", "-f", torrc], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    warnings = [line for line in checked.stdout.splitlines() if "[warn]" in line]
    assert [line for line in warnings if "as root" not in line] == []


def test_pages_work_under_the_address_that_tor_made(address: str, client: FlaskClient) -> None:
    assert ADDRESS.fullmatch(address)

    page = client.get("/sign-in", base_url=f"http://{address}")

    assert page.status_code == 200
    assert "Strict-Transport-Security" not in page.headers
    assert "http" not in re.sub(r'class="leave" href="[^"]+"', "", page.text).split("<body", 1)[1]
