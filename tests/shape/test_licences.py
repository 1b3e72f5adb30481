"""Every package that is installed has its licence told."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.check
def test_every_package_of_the_lock_file_has_its_licence_told():
    locked = re.findall(
        r"^([a-z0-9._-]+)==", (ROOT / "requirements.lock").read_text(), re.MULTILINE
    )
    page = (ROOT / "docs" / "licences.md").read_text()
    told = dict(re.findall(r"^\| ([a-z0-9._-]+) \| ([^|]+) \|$", page, re.MULTILINE))

    assert locked
    assert [name for name in locked if not told.get(name, "").strip()] == []
