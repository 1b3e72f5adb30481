"""How fast `registry import needs` takes rows, for how long it locks, and what it holds."""

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from registry.app.parts import open_parts
from registry.cli.setup import prepare
from registry.config import Settings
from registry.identity.actor import HOUSE
from registry.services.imports.import_file import import_file
from search.codes import CATEGORY_ITEMS

SEED = 20261124
ORGANISATIONS = 1_000
_WORDS = [
    "rent",
    "salary",
    "lawyer",
    "laptop",
    "refuge",
    "course",
    "therapist",
    "studio",
    "visa",
    "fine",
    "arrears",
    "deposit",
]


def measure(rows: int = 20_000) -> dict[str, float]:
    """Rows a second, seconds of lock, and MiB of memory that grew while the file was read.

    The import runs in a process of its own, so that nothing else is counted.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.import_rows", folder, str(rows)]
        done = subprocess.run(command, capture_output=True, check=True, text=True)
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def make_settings(folder: Path) -> Settings:
    """Return the settings of a registry in a folder of its own."""
    return Settings.from_env(
        {
            "REGISTRY_DATA_DIR": str(folder / "var"),
            "REGISTRY_MASTER_KEY_FILE": str(folder / "master"),
        }
    )


def write_organisations(path: Path) -> None:
    """Write organisations that the needs can belong to."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(ORGANISATIONS):
            record = {
                "external_id": f"org-{number}",
                "kind": "media",
                "legal_statuses": ["registered_abroad"],
                "base_country": "PL",
            }
            file.write(json.dumps(record) + "\n")


def write_needs(path: Path, rows: int) -> None:
    """Write needs with texts of the usual length."""
    with path.open("w", encoding="utf-8") as file:
        for record in make_needs(rows):
            file.write(json.dumps(record) + "\n")


def make_needs(rows: int) -> Iterator[dict[str, Any]]:
    """Yield needs of random items, amounts and words; the same ones every time."""
    chance = random.Random(SEED)
    for number in range(rows):
        yield {
            "external_id": f"need-{number}",
            "organisation": f"org-{chance.randrange(ORGANISATIONS)}",
            "category": chance.choice(list(CATEGORY_ITEMS)),
            "country": chance.choice(["BY", "PL", "LT", "GE"]),
            "title": " ".join(chance.choices(_WORDS, k=6)),
            "summary": " ".join(chance.choices(_WORDS, k=60)),
            "language": "en",
            "amount_requested": {
                "amount": f"{chance.randrange(100, 20_000)}.00",
                "currency": "EUR",
            },
            "needed_by": "2027-03-31",
            "months_covered": chance.randrange(1, 12),
            "urgency": chance.choice(["routine", "soon", "urgent"]),
            "channels": ["bank_abroad"],
            "target_groups": ["media", "youth"],
            "readers": ["donors", "partners"],
        }


def run(folder: Path, rows: int) -> dict[str, float]:
    """Import in this process, and measure."""
    settings = make_settings(folder)
    prepare(settings)
    parts = open_parts(settings)
    write_organisations(folder / "organisations.jsonl")
    write_needs(folder / "needs.jsonl", rows)
    import_file(parts.database, HOUSE, "organisations", folder / "organisations.jsonl")
    memory = psutil.Process()
    peak = before = memory.memory_info().rss

    last_read = 0.0

    def look(_read: int) -> None:
        nonlocal peak, last_read
        last_read = time.perf_counter()
        peak = max(peak, memory.memory_info().rss)

    begun = time.perf_counter()
    import_file(parts.database, HOUSE, "needs", folder / "needs.jsonl", on_progress=look)
    ended = time.perf_counter()
    seconds, locked = ended - begun, ended - last_read
    look(0)
    begun = time.perf_counter()
    import_file(parts.database, HOUSE, "needs", folder / "needs.jsonl")
    again = time.perf_counter() - begun
    return {
        "import_rows_per_second": rows / seconds,
        "import_again_rows_per_second": rows / again,
        "import_locked_seconds": locked,
        "import_grew_mib": (peak - before) / 2**20,
    }


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]))))
