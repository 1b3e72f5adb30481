"""What pip-audit says is judged: nothing is passed over in silence."""

import importlib.util
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).parents[2] / ".ci" / "audit_report.py"
TODAY = date(2026, 11, 24)
CLEAN = {"name": "quiet", "version": "1.0", "vulns": []}
UNKNOWN = {"name": "unheard", "skip_reason": "not found"}
FOUND = {
    "name": "loud",
    "version": "2.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["2.1"]}],
}


@pytest.fixture(scope="module")
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit_report", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["audit_report"] = module
    spec.loader.exec_module(module)
    return module


def test_what_could_not_be_audited_is_counted_and_named(audit: ModuleType) -> None:
    lines, well = audit.report_findings([CLEAN, UNKNOWN], {}, TODAY)

    assert well
    assert lines == ["audited 1 packages, NOT audited 1", "not audited: unheard"]


def test_a_finding_fails_and_says_what_mends_it(audit: ModuleType) -> None:
    lines, well = audit.report_findings([CLEAN, FOUND], {}, TODAY)

    assert not well
    assert "loud 2.0: PYSEC-2026-1, mended in 2.1" in lines[-1]


@pytest.mark.parametrize(("until", "well"), [(TODAY, True), (date(2026, 11, 23), False)])
def test_an_exception_has_a_reason_and_an_end(audit: ModuleType, until: date, well: bool) -> None:
    exceptions = {"PYSEC-2026-1": {"reason": "never called", "until": until}}

    lines, is_well = audit.report_findings([FOUND], exceptions, TODAY)

    assert is_well is well
    assert ("never called" in lines[-1]) is well


def test_a_report_of_nothing_is_no_good_news(audit: ModuleType) -> None:
    assert audit.report_findings([], {}, TODAY)[1] is False
