"""Rotation: every row under new keys, readable at every moment, old keys gone in time."""

import pytest
from sqlmodel import select

from registry.domain.errors import KeyGoneError
from registry.domain.retention import OLD_KEYS
from registry.privacy import rotation
from registry.privacy.key_store import KeyStore
from registry.privacy.rotation import begin_rotation, read_rotation
from registry.privacy.vault import VERSION_BYTES, Vault
from registry.services.keys import rotate_keys as rotating
from registry.services.keys.rotate_keys import retire_keys, rotate_keys
from registry.storage.audit import AuditEntry
from registry.storage.guarded_rows import guarded_tables, is_old, renew_part
from registry.storage.needs import Need
from registry.storage.organisations import Organisation
from registry.storage.vetting import VettingDecision
from tests.conftest import MASTER_KEY, TODAY
from tests.factories import NeedFactory


def rotate(parts) -> int:
    return rotate_keys(parts.database, wait=lambda _seconds: None)


def versions(rows) -> set[int]:
    """Return the versions of every guarded value that stands anywhere, and open each of them."""
    found = set()
    with rows() as session:
        for model, fields in guarded_tables():
            for row in session.exec(select(model)):
                for field in fields:
                    stored = getattr(row, field)
                    if stored is not None:
                        assert session.vault.read(row, field) is not None
                        found.add(int.from_bytes(stored.body[:VERSION_BYTES]))
    return found


def test_every_row_is_under_a_new_key_and_says_the_same(parts, session, pair, rows):
    before = session.vault.read(pair.need, "summary")
    versions_of_rows = pair.need.version, pair.match.version
    session.commit()
    assert rotate(parts) >= 4
    assert versions(rows) == {2}
    session.expire_all()
    assert session.vault.read(pair.need, "summary") == before
    assert (pair.need.version, pair.match.version) == versions_of_rows
    assert session.exec(select(AuditEntry).where(AuditEntry.act == "keys_rotated")).one()
    session.commit()
    assert rotate(parts) >= 4
    assert versions(rows) == {3}


def test_keys_of_the_service_itself_stay(parts, session, pair):
    lookup = parts.vault.keys.purpose_key("lookup")
    parts.vault.keys.purpose_key("accounts")
    session.commit()
    rotate(parts)
    assert parts.vault.keys.newest_key("system:lookup") == (1, lookup)
    assert parts.vault.keys.newest_key("system:accounts")[0] == 2


def test_one_that_was_cut_off_goes_on_with_its_keys(parts, session, pair, rows, monkeypatch):
    session.commit()
    parted = renew_part

    def die(writing, model, fields, ids):
        if model is VettingDecision or model is Organisation:
            raise KeyboardInterrupt
        return parted(writing, model, fields, ids)

    monkeypatch.setattr(rotating, "renew_part", die)
    with pytest.raises(KeyboardInterrupt):
        rotate(parts)
    assert versions(rows) == {1, 2}
    assert not read_rotation(parts.vault.keys).done
    monkeypatch.undo()
    rotate(parts)
    assert versions(rows) == {2}
    assert read_rotation(parts.vault.keys).done


def test_old_keys_go_once_no_backup_needs_them(parts, session, pair, rows, calendar):
    session.commit()
    assert not retire_keys(parts.database)
    slow = Vault(KeyStore(parts.settings.key_store_file, bytes.fromhex(MASTER_KEY)))
    owner = pair.organisation.id
    rotate(parts)
    row = session.get(Need, pair.need.id)
    key = slow.keys.key(owner, 1)
    slow.keys._known[owner] = (float("inf"), {1: key})  # as a process that encrypted long ago
    slow.write(row, "title", "Written with the old key")
    session.add(row)
    session.commit()
    calendar.pass_days(OLD_KEYS.kept.days - 1)
    assert not retire_keys(parts.database)
    calendar.pass_days(1)
    assert retire_keys(parts.database)
    assert not retire_keys(parts.database)
    with pytest.raises(KeyGoneError):
        parts.vault.keys.key(owner, 1)
    session.expire_all()
    assert parts.vault.read(row, "title") == "Written with the old key"
    assert versions(rows) == {2}


def test_whose_key_is_gone_stays_unreadable_and_stops_nobody(parts, session, pair, rows):
    other = NeedFactory.create()
    gone, kept = pair.organisation.id, other.id
    session.commit()
    parts.vault.keys.destroy_key(gone)
    rotate(parts)
    with rows() as reading:
        assert not is_old(parts.vault, reading.get(Need, pair.need.id), "title")
        assert parts.vault.read(reading.get(Need, kept), "title")


def test_a_value_of_another_row_is_left_as_it_is(parts, session, pair):
    other = NeedFactory.create(organisation=pair.organisation)
    pair.need.title = other.title
    session.add(pair.need)
    session.commit()
    before = pair.need.title
    rotate(parts)
    session.expire_all()
    assert pair.need.title == before


def test_a_rotation_is_noted_by_its_day(parts):
    assert read_rotation(parts.vault.keys) is None
    assert begin_rotation(parts.vault.keys, TODAY)
    assert not begin_rotation(parts.vault.keys, TODAY)
    assert read_rotation(parts.vault.keys) == rotation.Rotation(TODAY, done=False)


def test_every_guarded_table_has_an_id_and_an_owner():
    for model, fields in guarded_tables():
        assert "id" in model.__table__.columns
        assert isinstance(model.key_owner, property), model
        assert fields
