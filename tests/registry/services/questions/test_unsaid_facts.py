"""A party's own open questions: which, in which order, answered, withheld, asked by hand."""

import pytest
from sqlmodel import select

from registry.domain.errors import ConflictError, KeyGoneError, RecordRefusedError
from registry.identity.actor import Actor
from registry.jobs.reach import count_day
from registry.services.matches.propose_matches import propose_all
from registry.services.questions.ask_rule import ask_rule
from registry.services.questions.asked_by_hand import asked_by_hand
from registry.services.questions.list_unsaid import (
    MOST_RECORDS,
    OpenQuestion,
    find_unsaid,
    list_unsaid,
    party_of,
)
from registry.services.questions.say_fact import say_fact, withhold_fact
from registry.services.reach.list_decisions import list_decisions
from registry.services.reach.read_reach import read_told
from registry.storage.audit import AuditEntry
from registry.storage.needs import Need
from registry.storage.outbox import OutboxEntry
from registry.storage.reach import Withheld, find_withheld
from search.codes import Channel, NeedStatus, OfferStatus, TargetGroup, Vetting
from tests.factories import NeedFactory, OfferFactory
from tests.factories.matches import CLEAR_TERMS, Pair, make_pair

SILENT = "channel_shared.need_silent"


def codes(session, actor: Actor) -> list[str]:
    return [each.code for each in list_unsaid(session, actor)]


def find(session, actor: Actor, record_id: str, code: str) -> OpenQuestion:
    found = find_unsaid(session, actor, record_id, code)
    assert found is not None
    return found


@pytest.fixture
def pair(session) -> Pair:
    return make_pair(offer={"channels": [Channel.BANK_ABROAD]})


def test_a_fact_of_the_organisation_is_asked_once_however_many_needs_it_has(session, pair) -> None:
    NeedFactory.create(organisation=pair.organisation)
    asked = codes(session, pair.holder)
    assert asked.count("years_active_sufficient") == 1
    assert asked.count("channel_shared.need_silent") == 2


@pytest.mark.parametrize("status", [NeedStatus.DRAFT, NeedStatus.WITHDRAWN])
def test_nothing_is_asked_of_a_need_that_is_not_matched(session, holder, status) -> None:
    from registry.storage.organisations import Organisation

    own = session.get_one(Organisation, holder.organisation_id)
    NeedFactory.create(organisation=own, status=NeedStatus.DRAFT)
    need = session.exec(select(Need)).one()
    need.status = status
    session.add(need)
    session.commit()
    assert codes(session, holder) == []


def test_only_so_many_needs_are_looked_through(session, pair) -> None:
    for _ in range(MOST_RECORDS + 3):
        NeedFactory.create(organisation=pair.organisation)
    assert codes(session, pair.holder).count("reporting_compatible") == MOST_RECORDS


def test_a_donor_is_asked_about_open_and_paused_offers(session, pair) -> None:
    OfferFactory.create(donor=pair.donor, status=OfferStatus.DRAFT)
    OfferFactory.create(donor=pair.donor, status=OfferStatus.PAUSED)
    asked = codes(session, pair.giver)
    assert asked.count("not_already_funded") == 2
    assert asked.count("channel_shared.offer_silent") == 1


def test_an_answer_changes_the_record_and_asks_the_worker(session, pair) -> None:
    question = find(session, pair.holder, pair.need.id, SILENT)
    changes = {"channels": [Channel.IN_KIND]}
    view = say_fact(session, pair.holder, question, changes, pair.need.version)
    assert view["channels"] == [Channel.IN_KIND]
    assert find_unsaid(session, pair.holder, pair.need.id, SILENT) is None
    entries = session.exec(select(OutboxEntry)).all()
    assert (entries[-1].topic, entries[-1].subjects) == ("need_changed", [pair.need.id])


def test_an_answer_that_leaves_the_question_open_is_refused(session, pair) -> None:
    question = find(session, pair.holder, pair.need.id, SILENT)
    with pytest.raises(RecordRefusedError) as refused:
        say_fact(session, pair.holder, question, {"channels": []}, pair.need.version)
    assert [each.field for each in refused.value.problems] == ["channels"]


def test_an_answer_that_was_made_from_an_older_version_is_refused(session, pair) -> None:
    question = find(session, pair.holder, pair.need.id, "target_group_covered")
    with pytest.raises(ConflictError):
        say_fact(session, pair.holder, question, {"target_groups": [TargetGroup.MEDIA]}, 0)


def test_nobody_finds_questions_about_somebody_elses_record(session, pair) -> None:
    other = NeedFactory.create()
    assert find_unsaid(session, pair.holder, other.id, SILENT) is None
    assert find_unsaid(session, pair.giver, pair.need.id, SILENT) is None


def test_what_is_withheld_stands_last_and_is_guarded(session, pair) -> None:
    question = find(session, pair.holder, pair.need.id, "amount_within_range.minimum")
    assert list_unsaid(session, pair.holder)[0].code == question.code
    for _ in range(2):
        withhold_fact(session, pair.holder, question)
    last = list_unsaid(session, pair.holder)[-1]
    assert (last.code, last.withheld) == (question.code, True)
    row = find_withheld(session, party_of(pair.holder))
    assert isinstance(row, Withheld)
    assert b"amount_within_range" not in row.questions.body
    noted = [e for e in session.exec(select(AuditEntry)).all() if e.act == "fact_withheld"]
    assert [(each.subject, each.detail) for each in noted] == [(pair.need.id, None)]


def test_what_an_officer_asks_by_hand_comes_first_even_if_it_was_withheld(
    session, pair, officer
) -> None:
    withhold_fact(session, pair.holder, find(session, pair.holder, pair.need.id, SILENT))
    asked = ask_rule(session, officer, pair.id, "channel_shared", language="en")
    first = list_unsaid(session, pair.holder)[0]
    assert (first.code, first.question_id, first.withheld) == (SILENT, asked["id"], False)
    assert first.asked_on == session.today


def test_a_question_of_a_party_whose_key_is_gone_is_passed_over(session, pair, officer) -> None:
    ask_rule(session, officer, pair.id, "channel_shared", language="en")
    session.commit()
    session.vault.keys.destroy_key(pair.organisation.id)
    assert asked_by_hand(session, party_of(pair.holder)) == {}
    with pytest.raises(KeyGoneError):
        list_unsaid(session, pair.holder)


def test_who_is_trusted_since_the_count_is_told_at_the_next_one(session, parts, calendar) -> None:
    pair = make_pair(donor={"vetting": Vetting.UNVERIFIED}, offer={"publicity_required": None})
    propose_all(session)
    session.commit()
    assert count_day(parts.database, lambda: None)
    pair.donor.vetting = Vetting.VERIFIED
    session.add(pair.donor)
    session.commit()
    assert read_told(session, party_of(pair.giver)).counted_on is None
    assert {each.told for each in list_unsaid(session, pair.giver)} == {None}
    session.commit()
    calendar.pass_days(1)
    assert count_day(parts.database, lambda: None)
    with parts.database.reading() as reading:
        assert read_told(reading, party_of(pair.giver)).counted_on == calendar.day


def test_a_count_whose_key_is_gone_tells_nothing(session, parts, pair, officer) -> None:
    OfferFactory.create(**CLEAR_TERMS, minimum_vetting=Vetting.VERIFIED)
    session.commit()
    count_day(parts.database, lambda: None)
    session.vault.keys.destroy_key(pair.organisation.id)
    assert read_told(session, party_of(pair.holder)).counted_on is None
    assert list_decisions(session, officer) == []
