"""How fast one offer is held against many needs, and what storing the same again costs."""

import tempfile
import time
from pathlib import Path

from bench.import_rows import make_settings, write_needs, write_organisations
from registry.app.parts import Parts, open_parts
from registry.cli.setup import prepare
from registry.identity.actor import HOUSE
from registry.services.donors.add_donor import add_donor
from registry.services.imports.import_file import import_file
from registry.services.matches.match_run import MatchRun
from registry.services.matches.propose_matches import judge_offer, propose_for_offer
from registry.services.needs.register_need import register_need
from registry.services.offers.post_offer import post_offer
from registry.services.organisations.add_organisation import add_organisation
from registry.storage.database import RegistrySession
from registry.storage.offers import Offer
from search.codes import (
    Channel,
    DonorKind,
    Flexibility,
    Instrument,
    LegalStatus,
    NeedStatus,
    OfferStatus,
    OrganisationKind,
    Publicity,
    Reporting,
    TargetGroup,
    Vetting,
)
from search.money import Money


def measure(needs: int = 10_000) -> dict[str, float]:
    """Seconds until a new offer is judged beside all needs, stored, and stored again."""
    with tempfile.TemporaryDirectory() as folder:
        parts = fill(Path(folder), needs)
        with parts.database.writing() as session:
            offer_id = post_offer_of_many(session)
        with parts.database.reading() as session:
            offer = session.get_one(Offer, offer_id)
            begun = time.perf_counter()
            found = sum(1 for _ in judge_offer(MatchRun(session), offer))
            judged = time.perf_counter() - begun
        stored = _propose(parts, offer_id)
        again = _propose(parts, offer_id)
        parts.database.engine.dispose()
    return {
        "match_needs_per_second": needs / judged,
        "match_found": found,
        "match_one_offer_seconds": stored,
        "match_again_seconds": again,
    }


def fill(folder: Path, needs: int) -> Parts:
    settings = make_settings(folder)
    prepare(settings)
    parts = open_parts(settings)
    write_organisations(folder / "organisations.jsonl")
    write_needs(folder / "needs.jsonl", needs)
    for kind in ("organisations", "needs"):
        import_file(parts.database, HOUSE, kind, folder / f"{kind}.jsonl")
    return parts


def post_offer_of_many(session: RegistrySession, number: int = 0) -> str:
    """Post an offer of some twentieth of all needs, as most offers are."""
    donor = add_donor(
        session,
        HOUSE,
        {
            "external_id": f"d{number}",
            "donor_kind": DonorKind.FOUNDATION,
            "vetting": Vetting.VERIFIED,
        },
    )
    offer = {
        "external_id": f"o{number}",
        "instrument": Instrument.GRANT,
        "budget": Money(100_000_000, "EUR"),
        "flexibility": Flexibility.CATEGORY,
        "status": OfferStatus.OPEN,
        "title": "Rent and salaries of small studios",
        "categories": ["fixed_costs.rent", "fixed_costs.salaries", "infrastructure.studio"],
    }
    offer_id: str = post_offer(session, HOUSE, donor["id"], offer)["id"]
    return offer_id


def post_need_of_many(session: RegistrySession, number: int = 0) -> str:
    """Register a need that a good many offers are for, with an organisation of its own."""
    organisation = add_organisation(
        session,
        HOUSE,
        {
            "external_id": f"new-{number}",
            "kind": OrganisationKind.MEDIA,
            "legal_statuses": [LegalStatus.REGISTERED_ABROAD],
            "base_country": "LT",
            "operates_in": ["LT", "PL"],
            "languages": ["be", "en", "ru"],
            "active_since": 2015,
            "vetting": Vetting.VERIFIED,
        },
    )
    need = {
        "external_id": f"need-{number}",
        "category": "fixed_costs.rent",
        "country": "LT",
        "title": "Rent and salaries of a small studio",
        "summary": "rent salary lawyer laptop refuge course therapist studio visa " * 6,
        "language": "en",
        "amount_requested": Money(400_000, "EUR"),
        "minimum_useful": Money(100_000, "EUR"),
        "months_covered": 3,
        "channels": list(Channel),
        "publicity_accepted": Publicity.NAMED,
        "reporting_accepted": Reporting.FULL,
        "target_groups": [TargetGroup.CSO_ACTIVISTS],
        "status": NeedStatus.OPEN,
    }
    need_id: str = register_need(session, HOUSE, organisation["id"], need)["id"]
    return need_id


def _propose(parts: Parts, offer_id: str) -> float:
    begun = time.perf_counter()
    with parts.database.writing() as session:
        propose_for_offer(session, offer_id)
    return time.perf_counter() - begun
