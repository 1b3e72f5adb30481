"""Pairs are proposed, judged again and ended; what people decided stays."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from registry.domain.pipeline import Mover
from registry.services.matches import match_run
from registry.services.matches.move_match import move_match
from registry.services.matches.propose_matches import (
    propose_again,
    propose_all,
    propose_for_need,
    propose_for_offer,
)
from registry.services.matches.store_judged import Stored
from registry.services.matches.write_review import Signature, write_review
from registry.storage.audit import AuditEntry
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.records import write_record
from search.codes import (
    Channel,
    MatchState,
    NeedStatus,
    OfferStatus,
    Outcome,
    PairOutcome,
    Publicity,
    ReasonCode,
    RecordState,
    ReviewKind,
    Vetting,
)
from search.eligibility.engine import assess
from search.eligibility.pair import Settings
from search.eligibility.reading import read_need, read_offer, read_organisation
from search.matching.pairing import Pairing
from search.money import Money
from tests.conftest import TODAY
from tests.factories import DonorFactory, NeedFactory, OfferFactory, OrganisationFactory

OFFICER = Signature("system", "officer")


def only_match(session: RegistrySession) -> Match:
    return session.exec(select(Match)).one()


def matches(session: RegistrySession) -> list[Match]:
    return list(session.exec(select(Match).order_by(Match.id)))


def change(session: RegistrySession, row: Any, **fields: Any) -> None:
    write_record(session.vault, row, fields)
    session.add(row)
    session.flush()


def put_in(session: RegistrySession, match: Match, state: MatchState) -> None:
    match.state = state
    session.add(match)
    session.flush()


# What is proposed


def test_a_need_and_an_offer_that_fit_are_proposed(session: RegistrySession) -> None:
    need, offer = NeedFactory.create(), OfferFactory.create()
    stored = propose_for_need(session, need.id)
    match = only_match(session)
    assert stored == Stored(proposed=1)
    assert (match.need_id, match.offer_id) == (need.id, offer.id)
    assert (match.organisation_id, match.donor_id) == (need.organisation_id, offer.donor_id)
    assert match.state == MatchState.PROPOSED
    assert match.proposed_amount == Money(450_000, "EUR")
    assert match.judged_on == match.moved_on == TODAY
    assert 0 < match.score <= 1


def test_both_directions_find_the_same_pairs(session: RegistrySession) -> None:
    need, offer = NeedFactory.create(), OfferFactory.create()
    NeedFactory.create(category="advocacy.domestic")
    OfferFactory.create(categories=["security.digital"])
    propose_for_need(session, need.id)
    by_need = {(each.need_id, each.offer_id) for each in matches(session)}
    assert propose_for_offer(session, offer.id).proposed == 1
    assert by_need == {(need.id, offer.id)}
    assert len(matches(session)) == 2


def test_proposing_twice_changes_nothing(session: RegistrySession) -> None:
    for _ in range(3):
        NeedFactory.create()
        OfferFactory.create()
    assert propose_all(session).proposed == 9
    session.commit()
    versions = {each.id: each.version for each in matches(session)}
    entries = len(session.exec(select(AuditEntry)).all())
    assert propose_all(session) == Stored()
    assert {each.id: each.version for each in matches(session)} == versions
    assert len(session.exec(select(AuditEntry)).all()) == entries


def test_a_pair_that_a_rule_refuses_is_not_kept(session: RegistrySession) -> None:
    NeedFactory.create(country="PL", serves=["BY"])
    OfferFactory.create(countries=["GE"])
    assert propose_all(session) == Stored()
    assert matches(session) == []


def test_a_pair_that_lacks_an_answer_is_kept_with_its_question(session: RegistrySession) -> None:
    NeedFactory.create()
    OfferFactory.create(donor=DonorFactory.create(vetting=Vetting.UNVERIFIED))
    propose_all(session)
    match = only_match(session)
    assert match.outcome == PairOutcome.NEEDS_INFORMATION
    assert match.confidence < 1


@pytest.mark.parametrize("status", [NeedStatus.DRAFT, NeedStatus.WITHDRAWN])
def test_only_open_needs_are_matched(session: RegistrySession, status: NeedStatus) -> None:
    need = NeedFactory.create()
    OfferFactory.create()
    need.status = status
    assert propose_all(session) == Stored()
    assert propose_for_need(session, need.id) == Stored()


@pytest.mark.parametrize("status", [OfferStatus.DRAFT, OfferStatus.PAUSED, OfferStatus.CLOSED])
def test_only_open_offers_are_matched(session: RegistrySession, status: OfferStatus) -> None:
    NeedFactory.create()
    offer = OfferFactory.create()
    offer.status = status
    assert propose_all(session) == Stored()
    assert propose_for_offer(session, offer.id) == Stored()


@pytest.mark.parametrize(
    ("field", "value"), [("state", RecordState.FROZEN), ("vetting", Vetting.SUSPENDED)]
)
def test_nothing_of_a_party_out_of_sight_is_matched(
    session: RegistrySession, field: str, value: str
) -> None:
    organisation, donor = OrganisationFactory.create(), DonorFactory.create()
    need = NeedFactory.create(organisation=organisation)
    offer = OfferFactory.create(donor=donor)
    setattr(organisation, field, value)
    session.flush()
    assert propose_for_need(session, need.id) == Stored()
    setattr(organisation, field, {"state": RecordState.ACTIVE, "vetting": "verified"}[field])
    setattr(donor, field, value)
    session.flush()
    assert propose_for_offer(session, offer.id) == Stored()


def test_an_organisation_whose_key_is_gone_is_passed_over(session: RegistrySession) -> None:
    gone, need = NeedFactory.create(), NeedFactory.create()
    OfferFactory.create()
    session.vault.keys.destroy_key(gone.organisation_id)
    assert propose_all(session).proposed == 1
    assert only_match(session).need_id == need.id


# What is kept with a match


def test_a_match_can_be_replayed_from_what_it_keeps(session: RegistrySession) -> None:
    NeedFactory.create(channels=[Channel.BANK_ABROAD], publicity_accepted=Publicity.AGGREGATE)
    OfferFactory.create(
        channels=[Channel.BANK_ABROAD],
        publicity_required=Publicity.NONE,
        excluded_organisations=["Somebody Else"],
    )
    propose_all(session)
    match = only_match(session)
    kept = session.vault.read_document(match, "evidence")
    facts = kept["facts"]
    replayed = assess(
        read_need(facts["need"]),
        read_organisation(facts["organisation"]),
        read_offer(facts["offer"]),
        TODAY,
        Settings(home_countries=session.settings.home_countries),
    )
    pairing = Pairing.from_record(kept)
    assert replayed == pairing.assessment
    assert pairing.score.value == match.score
    assert pairing.score.confidence == match.confidence
    assert pairing.score.weights_version == match.weights_version
    assert len(match.rules_version) == 16


def test_facts_of_a_match_hold_no_text(session: RegistrySession) -> None:
    NeedFactory.create(title="Marigold rooms", summary="Quince", situation="Persimmon")
    OfferFactory.create(title="Juniper", summary="Sorrel")
    propose_all(session)
    kept = str(session.vault.read_document(only_match(session), "evidence"))
    for word in ("Marigold", "Quince", "Persimmon", "Juniper", "Sorrel"):
        assert word not in kept


def test_names_are_opened_only_for_an_offer_that_excludes_some(session: RegistrySession) -> None:
    organisation = OrganisationFactory.create(handle="Elm 77", external_id="elm-77")
    NeedFactory.create(organisation=organisation)
    OfferFactory.create()
    propose_all(session)
    assert "elm" not in str(session.vault.read_document(only_match(session), "evidence")).lower()
    OfferFactory.create(excluded_organisations=["Elm 77"])
    assert propose_all(session).proposed == 0


def test_texts_that_have_words_in_common_score_higher(session: RegistrySession) -> None:
    near = NeedFactory.create(title="Microphones and a recorder", summary="For our podcast.")
    far = NeedFactory.create(title="Кватэра для сям'і", summary="Тры пакоі ў Вільні.")
    OfferFactory.create(title="Recorders", summary="Microphones for every podcast.")
    propose_all(session)
    scores = {each.need_id: each.score for each in matches(session)}
    assert scores[near.id] > scores[far.id]


def test_the_situation_never_ranks(session: RegistrySession) -> None:
    need = NeedFactory.create(title=None, summary=None, situation="Microphones for a podcast")
    OfferFactory.create(title="Microphones", summary="Podcast")
    propose_all(session)
    parts = session.vault.read_document(only_match(session), "evidence")["parts"]
    assert parts["text_affinity"]["variant"] == "no_text"
    assert need.title is None


# What becomes of a match when facts change


def test_changed_facts_judge_a_proposal_again(session: RegistrySession) -> None:
    need = NeedFactory.create()
    OfferFactory.create()
    propose_all(session)
    before = only_match(session).score
    change(session, need, amount_requested=Money(1_500_000, "EUR"))
    assert propose_for_need(session, need.id) == Stored(changed=1)
    match = only_match(session)
    assert match.proposed_amount == Money(1_000_000, "EUR")
    assert match.score < before


def test_a_proposal_that_no_longer_fits_expires_and_comes_back(session: RegistrySession) -> None:
    need = NeedFactory.create(serves=["BY"])
    offer = OfferFactory.create()
    propose_all(session)
    change(session, offer, countries=["GE"])
    assert propose_for_offer(session, offer.id).expired == 1
    assert only_match(session).state == MatchState.EXPIRED
    change(session, offer, countries=["BY"])
    assert propose_for_offer(session, offer.id).reopened == 1
    match = only_match(session)
    assert (match.need_id, match.state) == (need.id, MatchState.PROPOSED)
    assert match.outcome != PairOutcome.NOT_ELIGIBLE


def test_a_match_that_people_work_on_is_judged_again_but_kept(session: RegistrySession) -> None:
    NeedFactory.create(serves=["BY"])
    offer = OfferFactory.create()
    propose_all(session)
    put_in(session, only_match(session), MatchState.OFFERED)
    change(session, offer, countries=["GE"])
    assert propose_for_offer(session, offer.id) == Stored(changed=1)
    match = only_match(session)
    assert (match.state, match.outcome) == (MatchState.OFFERED, PairOutcome.NOT_ELIGIBLE)


def test_a_dismissed_pair_stays_dismissed_until_its_facts_change(session: RegistrySession) -> None:
    need = NeedFactory.create()
    OfferFactory.create()
    propose_all(session)
    match = only_match(session)
    write_review(session, match, ReviewKind.DISMISS, OFFICER, reason_code=ReasonCode.NOT_A_PRIORITY)
    move_match(session, match, MatchState.DECLINED, Mover.OFFICER)
    assert propose_all(session) == Stored()
    need.urgency_confirmed = "emergency"
    session.flush()
    assert propose_for_need(session, need.id) == Stored()
    change(session, need, months_covered=6)
    assert propose_for_need(session, need.id) == Stored(reopened=1)
    assert only_match(session).state == MatchState.PROPOSED


def test_a_forbidden_pair_is_never_proposed_again(session: RegistrySession) -> None:
    need = NeedFactory.create()
    OfferFactory.create()
    propose_all(session)
    match = only_match(session)
    match.forbidden = True
    put_in(session, match, MatchState.DECLINED)
    change(session, need, months_covered=6)
    assert propose_for_need(session, need.id) == Stored()
    assert only_match(session).state == MatchState.DECLINED


def test_an_award_keeps_the_facts_that_it_was_decided_on(session: RegistrySession) -> None:
    need = NeedFactory.create()
    OfferFactory.create()
    propose_all(session)
    put_in(session, only_match(session), MatchState.AWARDED)
    before = session.vault.read_document(only_match(session), "evidence")
    change(session, need, months_covered=6)
    assert propose_for_need(session, need.id) == Stored()
    assert session.vault.read_document(only_match(session), "evidence") == before


def test_a_waiver_counts_when_the_match_is_judged_again(session: RegistrySession) -> None:
    NeedFactory.create(serves=["BY"])
    offer = OfferFactory.create()
    propose_all(session)
    match = only_match(session)
    put_in(session, match, MatchState.SHORTLISTED)
    change(session, offer, countries=["GE"])
    propose_for_offer(session, offer.id)
    assert match.outcome == PairOutcome.NOT_ELIGIBLE
    write_review(session, match, ReviewKind.WAIVE, OFFICER, rule="country_covered", note="agreed")
    assert propose_again(session, match.id) == Stored(changed=1)
    assert match.outcome != PairOutcome.NOT_ELIGIBLE
    verdicts = {
        each["rule"]: each for each in session.vault.read_document(match, "evidence")["verdicts"]
    }
    assert verdicts["country_covered"]["outcome"] == Outcome.NOT_MET
    assert verdicts["country_covered"]["waived"]


def test_an_offer_that_opens_later_is_proposed_on_its_day(session: RegistrySession) -> None:
    NeedFactory.create()
    OfferFactory.create(opens_on=TODAY + timedelta(days=3))
    assert propose_all(session) == Stored()
    session.today = TODAY + timedelta(days=3)
    assert propose_all(session).proposed == 1


# Nothing is opened for a pair that open columns refuse


def test_what_open_columns_refuse_is_not_opened(
    session: RegistrySession, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(5):
        NeedFactory.create(category="advocacy.domestic")
    fitting = NeedFactory.create(category="security.digital")
    OfferFactory.create(categories=["security.digital"])
    opened = []
    pair_of = match_run.MatchRun.pair_of
    monkeypatch.setattr(
        match_run.MatchRun,
        "pair_of",
        lambda run, need, *others: opened.append(need.id) or pair_of(run, need, *others),
    )
    assert propose_all(session).proposed == 1
    assert opened == [fitting.id]


def test_rules_over_open_columns_are_told_from_what_they_read() -> None:
    rules = match_run.open_rules()
    assert "category_covered" in rules
    assert "channel_shared" not in rules
    assert "country_covered" not in rules
