"""What many pairs at once leave in the database is what one pair alone would leave there."""

import json
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from registry.privacy.vault import write_text
from registry.services.matches import evidence
from registry.services.matches.best_pairs import BestPairs
from registry.services.matches.judge_pair import rules_version
from registry.services.matches.match_run import MatchRun
from registry.services.matches.propose_matches import judge_all, propose_all, store_all
from registry.services.matches.store_judged import Stored
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.programmes import GENERAL
from search.codes import (
    Channel,
    Flexibility,
    LegalStatus,
    MatchState,
    Publicity,
    Reporting,
    Vetting,
)
from search.matching.pairing import Pairing, examine
from search.money import Money
from tests.conftest import TODAY
from tests.factories import DonorFactory, NeedFactory, OfferFactory, OrganisationFactory

PASSING = {"need": ("urgency_confirmed",), "offer": ("budget_left",)}


def make_records() -> None:
    """Make needs and offers that share much, and differ in what verdicts and parts tell."""
    shut_out = OrganisationFactory.create(handle="quiet-lime", languages=["be", "pl"])
    quiet = OrganisationFactory.create(vetting=Vetting.VOUCHED, active_since=2024)
    NeedFactory.create(channels=[Channel.BANK_ABROAD])
    OfferFactory.create(
        channels=[Channel.BANK_ABROAD],
        publicity_required=Publicity.NONE,
        reporting_required=Reporting.NONE,
        decision_days=5,
        payout_days=5,
        minimum_vetting=None,
    )
    NeedFactory.create(organisation=shut_out, channels=[Channel.BANK_ABROAD], months_covered=None)
    NeedFactory.create(organisation=shut_out, title="Адвакат", summary="", language="be")
    NeedFactory.create(organisation=quiet, amount_requested=Money(99_999, "USD"))
    NeedFactory.create(organisation=quiet, category="equipment", breakdown={}, needed_by=None)
    donor = DonorFactory.create(vetting=Vetting.UNVERIFIED)
    OfferFactory.create(donor=donor, excluded_organisations=["somebody-else"])
    OfferFactory.create(donor=donor, flexibility=Flexibility.UNRESTRICTED, languages=["be", "en"])
    OfferFactory.create(
        reporting_required=Reporting.LIGHT,
        decision_days=20,
        payout_days=5,
        closes_on=date(2027, 1, 1),
        budget=Money(70_000, "PLN"),
        max_award=None,
        legal_statuses=[LegalStatus.REGISTERED_ABROAD],
    )
    OfferFactory.create(category_caps={"fixed_costs.rent": 12}, title="", summary="")


def matches(session: RegistrySession) -> list[Match]:
    return list(session.exec(select(Match).order_by(Match.id)))


def pair_alone(session: RegistrySession, match: Match) -> tuple[Any, Pairing]:
    """Return facts and pairing of a stored match, found by a run of its own and no memory."""
    run = MatchRun(session)
    asking = next(each for each in run.needs if each[0].id == match.need_id)
    giving = next(each for each in run.offers if each[0].id == match.offer_id)
    pair = run.pair_of(*asking, *giving)
    return pair, examine(pair, run.affinity_of(asking[0], giving[0]))


def hash_alone(session: RegistrySession, facts: dict[str, Any]) -> bytes:
    lasting = {
        side: {name: each for name, each in known.items() if name not in PASSING.get(side, ())}
        for side, known in facts.items()
    }
    text = json.dumps(lasting, ensure_ascii=False, sort_keys=True)
    return session.vault.lookup("match facts", text)


def expected(session: RegistrySession, match: Match) -> dict[str, Any]:
    """Return what one pair alone would leave in each column, the guarded one decrypted."""
    pair, pairing = pair_alone(session, match)
    sides = ("need", "organisation", "offer")
    facts = {side: getattr(pair, side).to_record() for side in sides}
    document = {"on": TODAY.isoformat(), "facts": facts, **pairing.to_record()}
    proposed = pairing.score.proposed
    return {
        "version": 1,
        "state": MatchState.PROPOSED,
        "outcome": pairing.outcome,
        "score": pairing.score.value,
        "confidence": pairing.score.confidence,
        "proposed_amount": proposed.amount if proposed else None,
        "weights_version": pairing.score.weights_version,
        "rules_version": rules_version(),
        "programme_id": GENERAL,
        "programme_number": 0,
        "assigned_to_id": None,
        "pinned": False,
        "forbidden": False,
        "judged_on": TODAY,
        "moved_on": TODAY,
        "proposed_on": TODAY,
        "offered_on": None,
        "interested_on": None,
        "evidence": json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        "facts_hash": hash_alone(session, facts),
    }


def test_every_column_is_as_one_pair_alone_would_leave_it(session: RegistrySession) -> None:
    make_records()
    assert propose_all(session).proposed > 8
    session.commit()
    for match in matches(session):
        stored = {name: getattr(match, name) for name in Match.model_fields}
        sides = {name: stored.pop(name) for name in ("id", "need_id", "offer_id")}
        owners = stored.pop("organisation_id"), stored.pop("donor_id")
        stored["evidence"] = session.vault.read(match, "evidence")
        assert stored == expected(session, match)
        assert all(sides.values())
        assert all(owners)


def test_what_is_stored_can_be_read_back_and_replayed(session: RegistrySession) -> None:
    make_records()
    propose_all(session)
    for match in matches(session):
        document = session.vault.read_document(match, "evidence")
        assert Pairing.from_record(document) == pair_alone(session, match)[1]
    assert len({match.outcome for match in matches(session)}) > 1, "or there is little to compare"


def test_a_writer_that_forgets_writes_the_same(
    session: RegistrySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_records()
    monkeypatch.setattr(evidence, "MOST_KEPT", 2)
    judged = list(judge_all(MatchRun(session)))
    assert len(judged) > 8
    for each in judged:
        assert each.written == write_text(each.evidence)


def test_the_best_and_all_pairs_leave_the_same(session: RegistrySession) -> None:
    make_records()
    best = BestPairs()
    best.bring_in_step(session, (), ())
    propose_all(session)
    assert store_all(session, judge_all(MatchRun(session, best=best))) == Stored()
