"""The demonstration: loaded once, whole, through the ordinary ways, and full of things to do."""

import json
import stat
from collections import Counter
from datetime import date

import pytest
from sqlmodel import select

from registry.domain.roles import Role
from registry.identity.actor import actor_of
from registry.services.imports import load_demo as loading
from registry.services.imports.demo_rows import DEMO, read_demo_rows, resolve_days
from registry.services.imports.load_demo import DemoRefusedError, load_demo
from registry.services.questions.list_unsaid import list_unsaid
from registry.services.statistics.read_statistics import read_statistics
from registry.services.waiting import what_waits
from registry.storage.accounts import Account
from registry.storage.audit import verify_audit
from registry.storage.donors import Donor
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation

TABLES = {"organisations": Organisation, "donors": Donor, "needs": Need, "offers": Offer}


@pytest.fixture
def load(app, parts):
    """Load the demonstration under an application, as the command does."""

    def load_once(**options):
        with app.app_context():
            return load_demo(parts.database, **options)

    return load_once


def test_days_are_counted_from_the_day_of_loading_in_day_fields_only():
    record = {"needed_by": "+90d", "closes_on": "-3d", "title": "+90d", "opens_on": "soon"}

    assert resolve_days(record, date(2026, 11, 24)) == {
        "needed_by": "2027-02-22",
        "closes_on": "2026-11-21",
        "title": "+90d",
        "opens_on": "soon",
    }


def test_every_file_of_the_demonstration_is_read():
    for plural in loading.ORDER:
        rows = list(read_demo_rows(plural, date(2026, 11, 24)))
        assert all(row.record and not row.problems for row in rows)
        assert len(rows) > 40


def test_it_brings_in_every_record_and_gives_every_account_something_to_do(load, rows):
    assert load() is True

    with rows() as session:
        for plural, table in TABLES.items():
            lines = (DEMO / f"{plural}.jsonl").read_text("utf-8").splitlines()
            assert len(session.exec(select(table)).all()) == len(lines)
        states = Counter(match.state for match in session.exec(select(Match)))
        accounts = {Role(row.role): actor_of(row) for row in session.exec(select(Account))}
        waiting = {role: what_waits(session, actor)["items"] for role, actor in accounts.items()}
        organisation = session.get_one(Organisation, accounts[Role.ORGANISATION].organisation_id)
        donor = session.get_one(Donor, accounts[Role.DONOR].donor_id)
        confirmed = [row for row in session.exec(select(Need)) if row.urgency_confirmed]
        open_to = {
            role: {question.record for question in list_unsaid(session, accounts[role])}
            for role in (Role.ORGANISATION, Role.DONOR)
        }
        assert verify_audit(session) is None
    assert set(accounts) == set(Role)
    assert (organisation.vetting, donor.vetting) == ("verified", "verified")
    assert states["proposed"] > 100
    assert {"shortlisted", "offered", "interested", "introduced", "declined"} < set(states)
    assert kinds(waiting[Role.ORGANISATION]) >= {"offer_to_look_at", "question", "introduced"}
    assert kinds(waiting[Role.DONOR]) >= {"need_offered", "question", "introduced"}
    assert kinds(waiting[Role.OFFICER]) >= {"proposals", "assigned", "emergency_to_confirm"}
    assert len(confirmed) > 3
    assert open_to == {Role.ORGANISATION: {"need"}, Role.DONOR: {"offer"}}


def test_it_makes_the_first_figures_some_of_them_apart_for_both_groups_of_countries(load, rows):
    load()
    with rows() as session:
        cells = [cell for cell in read_statistics(session).cells if cell["organisations"]]
    assert len(cells) >= 5
    assert {cell["countries"] for cell in cells} == {"home", "abroad", "all"}


def kinds(items):
    return {item["kind"] for item in items}


def test_its_accounts_open_the_registry_and_are_kept_from_others(load, parts, client):
    load()

    path = parts.settings.demo_accounts_file
    lines = [line.split() for line in path.read_text("utf-8").splitlines()]
    names = [line[-1] for line in lines if line[:1] == ["sign-in"]]
    roles = [line[0] for line in lines if line and line[0] in set(Role)]
    passphrases = [" ".join(line[1:]) for line in lines if "passphrase" in line[:1]]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert roles == [str(role) for role in Role]
    assert len(set(names)) == len(passphrases) == len(Role)
    assert all(len(passphrase.split()) == 7 for passphrase in passphrases)

    key = next(line[-1] for line in lines if line[:2] == ["API", "key"])
    answer = client.get("/api/v1/needs", headers={"X-API-Key": key})
    assert answer.status_code == 200
    assert len(answer.json["items"]) == 25


def test_it_is_loaded_once(load, contents, parts):
    load()
    before, written = contents(), parts.settings.demo_accounts_file.read_text("utf-8")

    assert load() is False
    assert contents() == before
    assert parts.settings.demo_accounts_file.read_text("utf-8") == written


def test_an_interrupted_load_goes_on_from_what_is_there(load, monkeypatch, rows):
    def fail(_session):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(loading, "propose_all", fail)
        with pytest.raises(KeyboardInterrupt):
            load()

    assert load() is True
    with rows() as session:
        assert len(session.exec(select(Account)).all()) == len(Role)


def test_a_registry_with_accounts_is_left_alone_at_its_start(load, make_account, contents):
    make_account("officer")
    before = contents()

    assert load(only_where_new=True) is False
    assert contents() == before


def test_a_registry_that_is_not_for_trying_out_is_left_alone(load, parts, contents):
    (parts.settings.data_dir / "development").unlink()
    before = contents()

    with pytest.raises(DemoRefusedError, match="trying out"):
        load()
    assert contents() == before
    assert not parts.settings.demo_accounts_file.exists()


def test_no_secret_of_the_demonstration_is_logged(load, parts, caplog, capsys):
    caplog.set_level("DEBUG")
    load()

    said = caplog.text + json.dumps(capsys.readouterr())
    for line in parts.settings.demo_accounts_file.read_text("utf-8").splitlines():
        if "passphrase" in line or "API key" in line:
            assert line.split("  ")[-1].strip() not in said
