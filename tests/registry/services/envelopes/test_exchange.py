"""Giving an envelope on a pairing: to its other side, from the own yes on, until taken back."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.domain.errors import NotAllowedError, NotFoundError
from registry.domain.pipeline import Mover
from registry.domain.roles import Role
from registry.identity.actor import HOUSE
from registry.services.envelopes.give_envelope import give_envelope, take_back_envelope
from registry.services.envelopes.own_envelopes import list_own_envelopes, write_own_envelope
from registry.services.envelopes.share_envelopes import share_envelopes
from registry.services.envelopes.view_exchange import view_exchange
from registry.services.matches.decline_match import decline_match
from registry.storage.accounts import Account
from registry.storage.envelopes import AccountKey, delete_given_keys
from registry.storage.organisations import Organisation
from search.codes import EnvelopeKind, Instrument, MatchState, ReasonCode, RecordState, Vetting
from tests.factories.accounts import give_key_pair
from tests.factories.matches import bring_to, make_pair

K, S = EnvelopeKind, MatchState
TEXTS = {K.CONTACT: "Ales, red door", K.LEGAL_NAME: "Red Door Society", K.PAYOUT: "LT12 3456"}


class Sides:
    """A pairing whose two sides sealed all they can."""

    def __init__(self, session, pair, state=S.INTRODUCED):
        self.session, self.pair, self.id = session, pair, pair.id
        self.holder, self.giver = pair.holder, pair.giver
        self.keys = {
            who.account_id: give_key_pair(session, who.account_id)
            for who in (self.holder, self.giver)
        }
        for who in (self.holder, self.giver):
            for line in list_own_envelopes(session, who, None):
                write_own_envelope(session, who, line["kind"], TEXTS[line["kind"]], None)
        bring_to(session, pair, HOUSE, state)

    def give(self, who, kind=K.CONTACT):
        give_envelope(self.session, who, self.id, kind, self.keys[who.account_id])

    def view(self, who, private="own"):
        key = self.keys[who.account_id] if private == "own" else private
        return view_exchange(self.session, who, self.id, key)

    def reads(self, who, private="own"):
        return {line["kind"]: line["text"] for line in self.view(who, private)["theirs"]}


@pytest.fixture
def sides(session, pair):
    return Sides(session, pair)


def test_nothing_is_read_before_it_is_given(sides):
    assert sides.reads(sides.giver) == sides.reads(sides.holder) == {}


@pytest.mark.parametrize("kind", list(K))
def test_each_of_the_three_is_given_and_taken_back_by_itself(sides, kind):
    sides.give(sides.holder, kind)
    assert sides.reads(sides.giver) == {kind: TEXTS[kind]}
    assert {line["kind"] for line in sides.view(sides.holder)["mine"] if line["given"]} == {kind}

    take_back_envelope(sides.session, sides.holder, sides.id, kind)
    assert sides.reads(sides.giver) == {}
    assert not any(line["given"] for line in sides.view(sides.holder)["mine"])


def test_a_donor_gives_contact_and_name_and_has_no_payout(sides):
    for kind in (K.CONTACT, K.LEGAL_NAME):
        sides.give(sides.giver, kind)
    with pytest.raises(NotFoundError):
        sides.give(sides.giver, K.PAYOUT)
    assert set(sides.reads(sides.holder)) == {K.CONTACT, K.LEGAL_NAME}


@pytest.mark.parametrize("instrument", [Instrument.SERVICE, Instrument.IN_KIND])
def test_services_and_things_ask_for_a_contact_only(session, pair, instrument):
    sides = Sides(session, pair)
    pair.offer.instrument = instrument
    session.flush()
    assert [line["kind"] for line in sides.view(sides.holder)["mine"]] == [K.CONTACT]
    with pytest.raises(NotFoundError):
        sides.give(sides.holder, K.LEGAL_NAME)


def test_what_was_written_anew_is_read_by_whom_it_was_given(sides):
    sides.give(sides.holder)
    write_own_envelope(sides.session, sides.holder, K.CONTACT, "Ales, blue door", 1)
    assert sides.reads(sides.giver) == {K.CONTACT: "Ales, blue door"}


def test_given_twice_it_is_given_once(sides):
    sides.give(sides.holder)
    sides.give(sides.holder)
    take_back_envelope(sides.session, sides.holder, sides.id, K.CONTACT)
    assert sides.reads(sides.giver) == {}


def test_without_the_key_it_is_shown_that_something_was_given_and_not_what(sides):
    sides.give(sides.holder)
    assert sides.reads(sides.giver, None) == {K.CONTACT: None}
    assert sides.reads(sides.giver, sides.keys[sides.holder.account_id]) == {K.CONTACT: None}
    with pytest.raises(NotAllowedError):
        give_envelope(sides.session, sides.holder, sides.id, K.PAYOUT, None)


def test_a_donor_may_give_from_its_yes_on_and_an_organisation_from_its_own(session, pair):
    sides = Sides(session, pair, S.OFFERED)
    with pytest.raises(NotAllowedError):
        sides.give(sides.giver)
    bring_to(session, pair, HOUSE, S.INTERESTED)
    sides.give(sides.giver)
    with pytest.raises(NotAllowedError):
        sides.give(sides.holder)
    assert sides.reads(sides.holder) == {}  # not before both said yes
    bring_to(session, pair, HOUSE, S.INTRODUCED)
    assert sides.reads(sides.holder) == {K.CONTACT: TEXTS[K.CONTACT]}


def test_a_yes_taken_back_takes_back_what_either_side_gave(sides):
    sides.give(sides.holder)
    sides.give(sides.giver)
    decline_match(
        sides.session, sides.holder, sides.id, reason_code=ReasonCode.NO_LONGER_NEEDED, note=None
    )
    assert sides.reads(sides.giver) == sides.reads(sides.holder) == {}
    assert not any(line["given"] for line in sides.view(sides.giver)["mine"])


def test_after_an_award_they_still_reach_each_other(session, pair):
    sides = Sides(session, pair, S.INTRODUCED)
    sides.give(sides.holder)
    bring_to(session, pair, HOUSE, S.AWARDED)
    assert sides.reads(sides.giver) == {K.CONTACT: TEXTS[K.CONTACT]}


def test_a_donor_that_is_no_longer_verified_reads_nothing_and_is_given_nothing(sides):
    sides.give(sides.holder)
    sides.pair.donor.vetting = Vetting.VOUCHED
    sides.session.flush()
    assert sides.reads(sides.giver) == {}
    with pytest.raises(NotAllowedError):
        sides.give(sides.holder, K.PAYOUT)


def test_nothing_passes_to_or_from_who_is_out_of_sight(sides):
    sides.give(sides.giver)
    sides.pair.donor.state = "frozen"
    sides.session.flush()
    assert sides.reads(sides.holder) == {}


def test_officers_and_strangers_see_no_exchange(sides, officer, make_actor):
    stranger = make_actor(Role.DONOR)
    for who in (officer, stranger, replace(officer, organisation_id=sides.pair.organisation.id)):
        with pytest.raises(NotFoundError):
            view_exchange(sides.session, who, sides.id, None)


def test_all_given_keys_go_when_a_party_is_frozen(sides):
    sides.give(sides.holder)
    sides.give(sides.giver)
    delete_given_keys(sides.session, sides.pair.organisation.id)
    assert sides.reads(sides.giver) == {}
    assert sides.reads(sides.holder) == {K.CONTACT: TEXTS[K.CONTACT]}


def test_a_new_holder_is_shared_what_the_party_was_given(sides, make_actor):
    sides.give(sides.giver)
    newcomer = make_actor(Role.ORGANISATION, organisation_id=sides.holder.organisation_id)
    sides.keys[newcomer.account_id] = give_key_pair(sides.session, newcomer.account_id)
    account = sides.session.get_one(Account, newcomer.account_id)
    share_envelopes(sides.session, sides.holder, account, sides.keys[sides.holder.account_id])
    assert sides.reads(newcomer) == {K.CONTACT: TEXTS[K.CONTACT]}
    take_back_envelope(sides.session, sides.giver, sides.id, K.CONTACT)
    assert sides.reads(newcomer) == {}


def test_a_hub_reads_for_a_community_without_an_account(session, make_actor):
    hub = make_actor(Role.ORGANISATION)
    pair = make_pair()
    sides = Sides(session, pair)
    session.delete(session.get_one(Account, sides.holder.account_id))
    pair.organisation.hosted_by_id = hub.organisation_id
    session.commit()
    assert not sides.view(sides.giver)["reachable"]
    sides.keys[hub.account_id] = give_key_pair(session, hub.account_id)
    assert sides.view(sides.giver)["reachable"]
    sides.give(sides.giver)
    assert sides.reads(hub) == {K.CONTACT: TEXTS[K.CONTACT]}
    with pytest.raises(NotAllowedError):
        sides.give(hub)  # what the community sealed opens to no hub


@pytest.mark.parametrize(
    "standing", [{"vetting": Vetting.VOUCHED}, {"state": RecordState.FROZEN}], ids=str
)
def test_nothing_is_sealed_to_a_hub_that_may_not_speak_any_more(session, make_actor, standing):
    hub = make_actor(Role.ORGANISATION)
    pair = make_pair()
    sides = Sides(session, pair)
    session.delete(session.get_one(Account, sides.holder.account_id))
    pair.organisation.hosted_by_id = hub.organisation_id
    give_key_pair(session, hub.account_id)
    assert sides.view(sides.giver)["reachable"]
    for name, value in standing.items():
        setattr(session.get_one(Organisation, hub.organisation_id), name, value)
    session.commit()

    assert not sides.view(sides.giver)["reachable"]


acts = st.lists(
    st.tuples(
        st.sampled_from(["give", "take", "write"]),
        st.sampled_from([Mover.DONOR, Mover.ORGANISATION]),
        st.sampled_from([K.CONTACT, K.LEGAL_NAME]),
    ),
    max_size=12,
)


@given(history=acts)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_history_exactly_what_stands_given_opens(sides, history):
    people = {Mover.DONOR: sides.giver, Mover.ORGANISATION: sides.holder}
    for who in people.values():
        for kind in (K.CONTACT, K.LEGAL_NAME):
            take_back_envelope(sides.session, who, sides.id, kind)
    stands: set = set()
    for number, (act, side, kind) in enumerate(history):
        who = people[side]
        if act == "give":
            sides.give(who, kind)
            stands.add((side, kind))
        elif act == "take":
            take_back_envelope(sides.session, who, sides.id, kind)
            stands.discard((side, kind))
        else:
            lines = list_own_envelopes(sides.session, who, None)
            version = next(line["version"] for line in lines if line["kind"] == kind)
            write_own_envelope(sides.session, who, kind, f"written {number}", version)
    for reader, giver in ((Mover.DONOR, Mover.ORGANISATION), (Mover.ORGANISATION, Mover.DONOR)):
        own = list_own_envelopes(sides.session, people[giver], sides.keys[people[giver].account_id])
        expected = {line["kind"]: line["text"] for line in own if (giver, line["kind"]) in stands}
        assert sides.reads(people[reader]) == expected


def test_each_account_has_one_key_pair(session, sides):
    assert session.get_one(AccountKey, sides.holder.account_id).public
