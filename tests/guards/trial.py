"""Removing one check in a copy of the tree, and running the tests that should notice."""

import os
import shutil
import subprocess
import sys
from enum import StrEnum
from pathlib import Path

from tests.guards.checks import ROOT, Check

LEFT_BEHIND = (".*", "__pycache__", "*.sqlite3", "data", "build", "mutants")
SECONDS = 400


class End(StrEnum):
    """What became of a check's removal."""

    NOTICED = "noticed"
    SURVIVED = "survived"
    BROKEN = "broken"
    """The tests did not run to an end that says anything: the trial itself is to be mended."""


class Copy:
    """A copy of the tree in which checks are removed and put back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "tree"
        shutil.copytree(ROOT, self.folder, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
        self._moment = int((self.folder / "pyproject.toml").stat().st_mtime)

    def try_without(self, check: Check) -> End:
        """Say whether the tests notice that a check is not there."""
        file = self.folder / check.file
        whole = file.read_text("utf-8")
        self._write(file, check.remove_from(whole))
        try:
            return self.run(check.tests)
        finally:
            self._write(file, whole)

    def run(self, tests: tuple[str, ...]) -> End:
        """Run tests in the copy until the first fails."""
        options = ("-q", "-x", "--no-cov", "-p", "no:cacheprovider", "-m", "not check")
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", *options, *tests],
            cwd=self.folder,
            env=os.environ | {"PYTHONPATH": str(self.folder), "PYTHONDONTWRITEBYTECODE": ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=SECONDS,
            check=False,
        )
        ends = {0: End.SURVIVED, 1: End.NOTICED}
        return ends.get(ended.returncode, End.BROKEN)

    def _write(self, file: Path, source: str) -> None:
        """Write a source under a time of its own: what was compiled before must not be used."""
        file.write_text(source, "utf-8")
        self._moment += 10
        os.utime(file, (self._moment, self._moment))
