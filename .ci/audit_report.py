"""Say what pip-audit found: what it could not look at is counted and named, findings fail.

Reads pip-audit's JSON from standard input. A finding passes only while audit-exceptions.toml,
beside this file, names it with a reason and a day up to which that holds.
"""

import json
import sys
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

EXCEPTIONS = Path(__file__).with_name("audit-exceptions.toml")


def report_findings(
    dependencies: list[dict[str, Any]], exceptions: dict[str, dict[str, Any]], today: date
) -> tuple[list[str], bool]:
    """Return lines for people, and whether all is well.

    Args:
        dependencies: pip-audit's own: `name`, `version`, `vulns` [{`id`, `fix_versions`}], or
            `name`, `skip_reason`.
        exceptions: id of a finding -> `reason` and `until`, the last day it holds.
        today: the day of the run.
    """
    skipped = sorted(each["name"] for each in dependencies if "skip_reason" in each)
    looked_at = len(dependencies) - len(skipped)
    lines = [f"audited {looked_at} packages, NOT audited {len(skipped)}"]
    if skipped:
        lines.append("not audited: " + ", ".join(skipped))
    well = bool(dependencies)
    for each in dependencies:
        for finding in each.get("vulns", []):
            allowed = exceptions.get(finding["id"])
            holds = allowed is not None and today <= allowed["until"]
            well = well and holds
            lines.append(_line(each, finding, allowed if holds else None))
    return lines, well


def _line(package: dict[str, Any], finding: dict[str, Any], allowed: dict[str, Any] | None) -> str:
    what = f"{package['name']} {package['version']}: {finding['id']}"
    if allowed:
        return f"{what}, excepted until {allowed['until']}: {allowed['reason']}"
    mended = ", ".join(finding["fix_versions"]) or "no version yet"
    return (
        f"{what}, mended in {mended}; upgrade with `make lock`, or except it in {EXCEPTIONS.name}"
    )


def main() -> int:
    """Report what stands on standard input; 1 where a finding is not excepted."""
    dependencies = json.load(sys.stdin)["dependencies"]
    exceptions = tomllib.loads(EXCEPTIONS.read_text("utf-8"))
    lines, well = report_findings(dependencies, exceptions, datetime.now(UTC).date())
    print(*lines, sep="\n")  # noqa: T201 - a command answers on its standard output
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
