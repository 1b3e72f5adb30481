"""Records as a file spells them, and what a report told."""

from typing import Any

from registry.services.imports.report import ImportReport

Record = dict[str, Any]


def organisation(external_id: str = "org-1", **changes: Any) -> Record:
    return _without_absent(
        {
            "external_id": external_id,
            "handle": "Willow",
            "kind": "media",
            "legal_statuses": ["registered_abroad"],
            "base_country": "PL",
            "themes": ["media"],
            "vetting": "verified",
        }
        | changes
    )


def donor(external_id: str = "donor-1", **changes: Any) -> Record:
    return _without_absent(
        {"external_id": external_id, "donor_kind": "foundation", "vetting": "verified"} | changes
    )


def need(external_id: str = "need-1", **changes: Any) -> Record:
    return _without_absent(
        {
            "external_id": external_id,
            "organisation": "org-1",
            "category": "fixed_costs.rent",
            "country": "PL",
            "title": "Rent of two rooms",
            "summary": "Kupala street, third floor.",
            "amount_requested": {"amount": "1500.00", "currency": "EUR"},
            "channels": ["bank_abroad"],
        }
        | changes
    )


def offer(external_id: str = "offer-1", **changes: Any) -> Record:
    return _without_absent(
        {
            "external_id": external_id,
            "donor": "donor-1",
            "instrument": "grant",
            "budget": {"amount": "90000.00", "currency": "EUR"},
            "flexibility": "category",
            "status": "open",
            "title": "Core costs",
        }
        | changes
    )


def _without_absent(record: Record) -> Record:
    return {name: value for name, value in record.items() if value is not None}


def told(report: ImportReport) -> list[tuple[int, str, str]]:
    """Return line, field and code of every problem."""
    return [(each.line, each.problem.field, each.problem.code) for each in report.problems]
