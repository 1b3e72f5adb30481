"""A registry of many needs and offers in a real database, imported from files.

Their facts are those that the other measurements make up, so that as many pairs fit; the clock
stands on the day for which they were made.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from sqlmodel import delete

from bench.import_rows import make_settings
from bench.made_up import ON, Askers, MadeUp
from registry.app.parts import Parts, open_parts
from registry.cli.setup import prepare
from registry.identity.actor import HOUSE
from registry.services.imports.import_file import import_file
from registry.storage.outbox import OutboxEntry
from search.codes import DonorKind, Vetting
from search.eligibility.facts import OfferFacts, OrganisationFacts

Record = dict[str, Any]
NOT_IN_FILES = ("funded_amount", "funded_by", "budget_left", "donor_kind", "donor_vetting")
_WORDS = ("rent", "salary", "lawyer", "laptop", "refuge", "course", "therapist", "studio", "visa")


def open_many(folder: Path, needs: int, offers: int) -> Parts:
    """Make a registry of so many open needs and offers; nothing has been matched or indexed."""
    settings = make_settings(folder)
    prepare(settings)
    parts = open_parts(settings, lambda: ON)
    import_needs(parts, MadeUp().askers(needs))
    import_offers(parts, MadeUp().offers(offers))
    with parts.database.writing() as session:
        session.exec(delete(OutboxEntry))
    return parts


def import_needs(parts: Parts, askers: Askers, prefix: str = "") -> None:
    """Import needs with their organisations; `prefix` begins all their external ids."""
    random = Random(1)
    parties = {facts.external_id: facts for _, facts in askers}
    import_all(parts, "organisations", (_organisation(prefix, each) for each in parties.values()))
    needs = (
        {
            **_write(need),
            **_text(random),
            "external_id": f"{prefix}N-{number}",
            "organisation": f"{prefix}{facts.external_id}",
            "readers": ["donors", "partners"],
        }
        for number, (need, facts) in enumerate(askers)
    )
    import_all(parts, "needs", needs)


def import_offers(parts: Parts, givers: Sequence[OfferFacts], prefix: str = "") -> None:
    """Import offers, each with a donor of its own."""
    random = Random(2)
    import_all(parts, "donors", (_donor(prefix, each) for each in givers))
    offers = (
        {
            **_write(each),
            **_text(random),
            "external_id": f"{prefix}{each.external_id}",
            "donor": f"{prefix}D-{each.external_id}",
        }
        for each in givers
    )
    import_all(parts, "offers", offers)


def import_all(parts: Parts, kind: str, records: Iterable[Record]) -> None:
    """Import records of one kind; every one of them has to be taken."""
    file = parts.settings.data_dir.parent / f"{kind}.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(each) + "\n" for each in records)
    report = import_file(parts.database, HOUSE, kind, file)
    if report.refused:
        raise ValueError(f"{report.refused} {kind} were refused: {report.problems[:1]}")


def _organisation(prefix: str, facts: OrganisationFacts) -> Record:
    named = f"{prefix}{facts.external_id}"
    return {**facts.to_record(), "external_id": named, "handle": f"handle of {named}"}


def _donor(prefix: str, offer: OfferFacts) -> Record:
    return {
        "external_id": f"{prefix}D-{offer.external_id}",
        "donor_kind": str(offer.donor_kind or DonorKind.FOUNDATION),
        "vetting": str(offer.donor_vetting or Vetting.UNVERIFIED),
    }


def _write(facts: Any) -> Record:
    """Write made-up facts as a file has them, without those that contradict each other."""
    known = {name: each for name, each in facts.to_record().items() if name not in NOT_IN_FILES}
    if known.get("minimum_months", 0) > known.get("months_covered", 0):
        del known["minimum_months"]
    if not set(known.get("excluded_categories", ())).isdisjoint(known.get("categories", ())):
        del known["excluded_categories"]
    if known.get("opens_on", "") > known.get("closes_on", "9"):
        del known["opens_on"]
    return known


def _text(random: Random) -> Record:
    return {
        "title": " ".join(random.choices(_WORDS, k=6)),
        "summary": " ".join(random.choices(_WORDS, k=60)),
        "language": "en",
    }
