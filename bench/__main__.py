"""`make bench`: runs every measurement, prints what is wanted beside what was found, keeps both.

Results go to `bench/results/latest.json` and `latest.md`; numbers of different machines cannot
be compared, ratios can.
"""

import json
import platform
import sys
from collections.abc import Callable
from pathlib import Path

import psutil

from bench import (
    eligibility,
    import_rows,
    matching,
    ranking,
    scores,
    search_index,
    web_route,
    worker,
)

RESULTS = Path(__file__).parent / "results"

MEASUREMENTS: dict[str, Callable[[], dict[str, float]]] = {
    "search": search_index.measure,
    "import": import_rows.measure,
    "matching": matching.measure,
    "eligibility": eligibility.measure,
    "scores": scores.measure,
    "ranking": ranking.measure,
    "worker": worker.measure,
    "web": web_route.measure,
}

WANTED: dict[str, tuple[str, float]] = {
    "search_p95_ratio": ("<=", 1.3),
    "route_ratio": (">=", 0.5),
    "web_worker_mib": ("<=", 200.0),
    "eligibility_giga_pairs_per_second": (">=", 1.0),
    "eligibility_fail_counts_seconds": ("<=", 2.0),
    "eligibility_mib": ("<=", 150.0),
    "text_needs_per_second": (">=", 20_000.0),
    "worker_new_offer_ms": ("<=", 50.0),
    "worker_new_need_ms": ("<=", 50.0),
    "worker_rematch_seconds": ("<=", 60.0),
    "rank_needs_of_new_offer_ms": ("<=", 50.0),
    "rank_offers_of_new_need_ms": ("<=", 50.0),
}
"""Number -> what is wanted of it; the others are told so that a change of them is seen."""


def main(names: list[str]) -> int:
    """Run the named measurements, or all; 1 where something wanted was not reached."""
    found: dict[str, float] = {}
    for name in names or MEASUREMENTS:
        print(f"{name} …", file=sys.stderr, flush=True)
        found |= MEASUREMENTS[name]()
    print("\n".join(_table(found)))
    _keep(found)
    return 0 if all(map(_is_reached, found.items())) else 1


def _keep(found: dict[str, float]) -> None:
    """Write what was found into the results; what was not measured now stays as it was."""
    RESULTS.mkdir(exist_ok=True)
    kept = RESULTS / "latest.json"
    before = json.loads(kept.read_text()) if kept.exists() else {}
    results = dict(sorted((before | found).items()))
    kept.write_text(json.dumps(results, indent=2) + "\n")
    lines = ["# Measured", "", _describe_machine(), "", *_table(results)]
    (RESULTS / "latest.md").write_text("\n".join(lines) + "\n")


def _describe_machine() -> str:
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"Python {platform.python_version()}, {psutil.cpu_count()} processors, "
        f"{memory:.0f} GiB of memory, {platform.system()}."
    )


def _table(found: dict[str, float]) -> list[str]:
    rows = [f"| {name} | {value:,.3f} | {_wish(name)} |" for name, value in sorted(found.items())]
    return ["| what | found | wanted |", "| --- | ---: | --- |", *rows]


def _wish(name: str) -> str:
    if name not in WANTED:
        return ""
    sign, bound = WANTED[name]
    return f"{sign} {bound}"


def _is_reached(item: tuple[str, float]) -> bool:
    name, value = item
    if name not in WANTED:
        return True
    sign, bound = WANTED[name]
    return value <= bound if sign == "<=" else value >= bound


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
