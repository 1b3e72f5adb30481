"""Sealed fields of a file: sealed to one account where the record is new, and never again."""

import pytest

from registry.identity.actor import actor_of
from registry.services.envelopes.seal_envelope import read_content_key, read_envelope
from registry.services.imports.seal_rows import SealTo
from registry.storage.accounts import Account
from registry.storage.donors import Donor
from registry.storage.envelopes import AccountKey, envelopes_of
from registry.storage.organisations import Organisation
from tests.factories.accounts import give_key_pair
from tests.registry.services.imports.records import donor, organisation

SEALED = {
    "contact": "+48 600 100 200, ask for Ales",
    "legal_name": "Red Door Society",
    "payout": "PL61 1090 1014 0000 0712 1981 2874",
}


@pytest.fixture
def keeper(session, make_account):
    """Make the account that is sealed to; return it, with its private key."""
    account = make_account("officer")
    return account, give_key_pair(session, account.id)


@pytest.fixture
def seal_to(session, keeper) -> SealTo:
    account, _ = keeper
    pair = SealTo(account.id, session.get_one(AccountKey, account.id).public)
    session.commit()
    return pair


def opened(session, party_id: str, keeper) -> dict[str, str | None]:
    account, private = keeper
    actor = actor_of(session.get_one(Account, account.id))
    return {
        kind: read_envelope(
            session, row, read_content_key(session, row, actor.account_id, private) or b"0" * 32
        )
        for kind, row in envelopes_of(session, party_id).items()
    }


def test_a_new_organisation_brings_three_envelopes_that_only_the_account_opens(
    run, rows, find, keeper, seal_to
):
    report = run("organisations", [organisation(**SEALED)], seal_to=seal_to)
    assert (report.created, report.problems) == (1, [])
    party = find(Organisation, "org-1")
    with rows() as session:
        assert opened(session, party.id, keeper) == SEALED
        assert set(opened(session, party.id, (keeper[0], b"1" * 32)).values()) == {None}


def test_no_file_of_the_registry_shows_what_was_sealed(run, seal_to, settings):
    run("organisations", [organisation(**SEALED)], seal_to=seal_to)
    for file in settings.data_dir.rglob("*"):
        if file.is_file():
            assert all(text.encode() not in file.read_bytes() for text in SEALED.values())


def test_a_new_donor_brings_two_and_a_table_may_leave_them_empty(run, rows, find, keeper, seal_to):
    names = ("contact", "legal_name")
    rows_of_file = [donor(**{name: SEALED[name] for name in names}), donor("donor-2", contact="")]
    assert run("donors", rows_of_file, seal_to=seal_to).created == 2
    with rows() as session:
        assert set(opened(session, find(Donor, "donor-1").id, keeper)) == set(names)
        assert opened(session, find(Donor, "donor-2").id, keeper) == {}


def test_the_same_file_twice_changes_nothing(run, contents, seal_to):
    file = [organisation(**SEALED)]
    run("organisations", file, seal_to=seal_to)
    before = contents()
    report = run("organisations", file, seal_to=seal_to)
    assert (report.unchanged, report.warnings) == (1, [])
    assert contents() == before


def test_later_only_the_owner_changes_them_and_the_file_is_told_so(
    run, rows, find, keeper, seal_to
):
    run("organisations", [organisation(contact=SEALED["contact"])], seal_to=seal_to)
    changed = organisation(base_country="LT", contact="Another", payout="Another")
    report = run("organisations", [changed], seal_to=seal_to)
    assert report.changed == 1
    told = {(each.problem.field, each.problem.code) for each in report.warnings}
    assert told == {("contact", "sealed_by_owner"), ("payout", "sealed_by_owner")}
    with rows() as session:
        kept = opened(session, find(Organisation, "org-1").id, keeper)
    assert kept == {"contact": SEALED["contact"]}


def test_a_text_that_cannot_be_taken_keeps_its_row_out(run, rows, seal_to):
    file = [organisation(contact="a\x00b", payout="x" * 1001, legal_name=7)]
    report = run("organisations", file, seal_to=seal_to)
    assert report.refused == 1
    assert {(each.problem.field, each.problem.code) for each in report.problems} == {
        ("contact", "bad_characters"),
        ("payout", "too_long"),
        ("legal_name", "not_text"),
    }


@pytest.mark.parametrize("options", [{"dry_run": True}, {}])
def test_nothing_is_sealed_where_nothing_goes_in(run, contents, seal_to, options):
    before = contents()
    bad = [] if options else [organisation("org-2", kind="unheard")]
    run("organisations", [organisation(**SEALED), *bad], seal_to=seal_to, **options)
    assert contents() == before
