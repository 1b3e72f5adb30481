"""The drill: a backup comes back row by row, without whom left since; a bad one changes nothing."""

import hashlib
import io
import sqlite3

import pyrage
import pytest
from sqlalchemy import text
from sqlmodel import select

from registry.jobs.drain import drain_once
from registry.jobs.pulse import unwatched
from registry.privacy.age import AgeError
from registry.privacy.key_store import KeyStore
from registry.services.backups import create_backup as creating
from registry.services.backups import restore_backup as restoring
from registry.services.backups.copy_keys import copy_keys
from registry.services.backups.create_backup import create_backup
from registry.services.backups.layout import BackupRefusedError, Contents, Joined, Splitter
from registry.services.backups.restore_backup import restore_backup
from registry.services.backups.verify_backup import verify_backup
from registry.services.donors.delete_donor import delete_donor
from registry.services.keys.rotate_keys import rotate_keys
from registry.services.organisations.delete_organisation import delete_organisation
from registry.storage.audit import AuditEntry, verify_audit
from registry.storage.donors import Donor
from registry.storage.needs import Need
from registry.storage.organisations import Organisation
from registry.storage.sessions import BrowserSession
from search.codes import MatchState
from search.index.protocol import Kind
from tests.conftest import MASTER_KEY
from tests.factories import NeedFactory
from tests.factories.matches import bring_to

PLANTED = "Werkstatt hinter dem Kino"
NOT_EQUAL = {"audit", "browser_session", "outbox"}
"""Tables that a restore writes into, or empties."""


@pytest.fixture(scope="module")
def identity() -> str:
    return str(pyrage.x25519.Identity.generate())


@pytest.fixture
def recipient(identity) -> str:
    return str(pyrage.x25519.Identity.from_str(identity).to_public())


@pytest.fixture
def stored(session, parts, pair, officer):
    """Everything that a pairing comes to, with a text that can be looked for."""
    bring_to(session, pair, officer, MatchState.AWARDED)
    NeedFactory.create(organisation=pair.organisation, title=PLANTED)
    session.add(BrowserSession(id=b"s" * 32, body=b"x", expires=2**40))
    session.commit()
    while drain_once(parts.database, unwatched):
        pass
    return pair


@pytest.fixture
def backup(parts, stored, recipient) -> bytes:
    out = io.BytesIO()
    create_backup(parts.database, recipient, out)
    return out.getvalue()


def hash_tables(parts) -> dict[str, str]:
    """Return per table a hash over all its rows."""
    with parts.database.reading() as session:
        names = session.execute(text(creating.TABLES)).scalars().all()
        rows = {name: session.execute(text(f"SELECT * FROM {name}")).all() for name in names}
    return {
        name: hashlib.sha256(repr(sorted(map(repr, of_table))).encode()).hexdigest()
        for name, of_table in rows.items()
        if name not in NOT_EQUAL
    }


def restore(parts, backup: bytes, identity: str):
    return restore_backup(parts.database, io.BytesIO(backup), identity)


def test_every_row_comes_back_as_it_was(parts, session, stored, backup, identity):
    before = hash_tables(parts)
    lost = stored.need.id
    session.execute(text("DELETE FROM need"))
    session.execute(text("UPDATE offer SET title = NULL"))
    session.commit()
    assert hash_tables(parts) != before

    restored = restore(parts, backup, identity)

    assert restored.dropped == 0
    assert hash_tables(parts) == before
    session.expire_all()
    assert session.get(BrowserSession, b"s" * 32) is None
    assert verify_audit(session) is None
    last = session.exec(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (last.act, last.detail) == ("backup_restored", session.today.isoformat())
    assert lost in parts.index.ids(Kind.NEED)


def test_what_was_deleted_since_is_gone_from_the_backup_too(
    parts, session, stored, backup, identity
):
    organisation_id, donor_id = stored.organisation.id, stored.donor.id
    stays = NeedFactory.create()
    session.commit()
    delete_organisation(session, stored.holder, organisation_id)
    session.commit()
    assert restore(parts, backup, identity).dropped == 1
    session.expire_all()
    assert session.get(Organisation, organisation_id) is None
    assert session.get(Donor, donor_id) is not None
    assert session.get(Need, stays.id) is None  # it came after the backup
    assert PLANTED not in str([each.title for each in session.exec(select(Need))])
    assert verify_audit(session) is None


def test_the_server_cannot_read_its_own_backup(backup, parts, stored):
    assert backup.startswith(b"age-encryption.org/v1")
    for known in (b"SQLite format 3", stored.organisation.id.encode(), b"kept_award"):
        assert known not in backup
    with pytest.raises(AgeError):
        verify_backup(io.BytesIO(backup), str(pyrage.x25519.Identity.generate()))


def test_verifying_says_what_is_in_it(backup, identity, stored, parts):
    contents = verify_backup(io.BytesIO(backup), f"# made by age-keygen\n{identity}\n")
    assert contents.rows["need"] == 2
    assert contents.rows["organisation"] == 1


def damaged(backup: bytes) -> list[bytes]:
    """Change a bit in head, keys, middle and end; cut off a byte, a part of age's, everything."""
    changed = []
    for place in (0, 300, -70_000, -20):
        copy = bytearray(backup)
        copy[place] ^= 1
        changed.append(bytes(copy))
    return [*changed, backup[:-1], backup[: len(backup) - len(backup) % 65_552], b""]


def test_an_altered_or_truncated_one_is_refused_and_changes_nothing(parts, backup, identity):
    before = hash_tables(parts)
    for bad in damaged(backup):
        with pytest.raises(AgeError):
            verify_backup(io.BytesIO(bad), identity)
        with pytest.raises(AgeError):
            restore(parts, bad, identity)
    assert hash_tables(parts) == before
    assert list(parts.settings.data_dir.glob("backup-*")) == []


def age(recipient: str, plain: bytes) -> bytes:
    return pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(recipient)])


def line_and_database(backup: bytes, identity: str) -> tuple[Contents, bytes]:
    plain = pyrage.decrypt(backup, [pyrage.x25519.Identity.from_str(identity)])
    line, _end, database = plain.partition(b"\n")
    splitter = Splitter()
    splitter.write(line + b"\n" + database)
    return splitter.check(), database


def test_one_that_somebody_else_made_is_refused(parts, backup, identity, recipient):
    """The public key is no secret: whoever has it encrypts what he likes."""
    contents, database = line_and_database(backup, identity)
    other = contents.sealed(b"guessed")
    with pytest.raises(BackupRefusedError, match="somebody else"):
        restore(parts, age(recipient, other.to_line() + database), identity)


@pytest.mark.parametrize(
    "plain", [b"", b"some text", b"some line\nand more", b"[]\n", b"x" * 70_000, b'{"a": 1}\n']
)
def test_something_else_is_no_backup(identity, recipient, plain):
    with pytest.raises(BackupRefusedError, match="no backup"):
        verify_backup(io.BytesIO(age(recipient, plain)), identity)


def test_another_database_than_the_one_it_names_is_refused(backup, identity, recipient):
    contents, database = line_and_database(backup, identity)
    for other in (database + b"x", database[:-1] + b"x"):
        with pytest.raises(BackupRefusedError, match="not the one"):
            verify_backup(io.BytesIO(age(recipient, contents.to_line() + other)), identity)
    later = contents.to_line().replace(b"backup-1", b"backup-9") + database
    with pytest.raises(BackupRefusedError, match="another version"):
        verify_backup(io.BytesIO(age(recipient, later)), identity)


def test_a_tampered_trail_does_not_come_back(parts, session, backup, recipient, identity):
    session.execute(text("UPDATE audit SET actor = 'x' WHERE id = 2"))
    session.commit()
    out = io.BytesIO()
    create_backup(parts.database, recipient, out)
    with pytest.raises(BackupRefusedError, match="trail"):
        restore(parts, out.getvalue(), identity)


def test_with_the_wrong_key_store_nothing_comes_back(parts, session, stored, backup, identity):
    for owner in (stored.organisation.id, stored.donor.id):
        parts.vault.keys.destroy_key(owner)
    with pytest.raises(BackupRefusedError, match="wrong key store"):
        restore(parts, backup, identity)


def test_one_older_than_the_last_retired_keys_is_refused(parts, session, backup, identity):
    rotate_keys(parts.database, wait=lambda _: None)
    assert restore(parts, backup, identity).dropped == 0
    rotate_keys(parts.database, wait=lambda _: None)
    parts.vault.keys.drop_old_versions("rotation", b"")
    with pytest.raises(BackupRefusedError, match="older than"):
        restore(parts, backup, identity)


def test_it_is_not_put_under_a_running_service(parts, session, backup, identity, monkeypatch):
    session.execute(text("UPDATE need SET status = 'met'"))  # holds the write lock
    monkeypatch.setattr(restoring, "BUSY_SECONDS", 0.05)
    with pytest.raises(BackupRefusedError, match="stop the service"):
        restore(parts, backup, identity)


def test_one_at_a_time_and_what_a_kill_left_is_cleared(parts, stored, recipient, settings):
    left = settings.data_dir / "backup-0123.part"
    left.write_text("left")
    with creating._only_one(settings):
        assert not left.exists()
        with pytest.raises(BackupRefusedError, match="Another backup"):
            create_backup(parts.database, recipient, io.BytesIO())
    create_backup(parts.database, recipient, io.BytesIO())
    assert list(settings.data_dir.glob("backup-*")) == []


def test_a_recipient_has_to_be_one(parts):
    with pytest.raises(AgeError, match="age1"):
        create_backup(parts.database, "nobody", io.BytesIO())


@pytest.mark.parametrize("identity_file", ["", "# nothing\n", "AGE-SECRET-KEY-1WRONG"])
def test_an_identity_file_has_to_be_one(identity_file):
    with pytest.raises(AgeError, match="private key"):
        verify_backup(io.BytesIO(b""), identity_file)


def test_a_damaged_or_foreign_database_is_not_backed_up(parts, stored, recipient, monkeypatch):
    class Unsound(sqlite3.Connection):
        def execute(self, statement, *values):
            damaged = "SELECT 'row 3 missing'" if "quick_check" in statement else statement
            return super().execute(damaged, *values)

    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda path, **more: connect(path, factory=Unsound, **more)
    )
    with pytest.raises(BackupRefusedError, match="damaged"):
        create_backup(parts.database, recipient, io.BytesIO())


def test_parts_are_read_as_they_are_asked_for():
    joined = Joined(b"line\n", io.BytesIO(b"database"))
    assert [joined.read(3), joined.read(3), joined.read(3)] == [b"lin", b"e\n", b"dat"]
    assert Joined(b"line\n", io.BytesIO(b"")).read() == b"line\n"


def test_the_copy_of_the_keys_is_one_and_wrapped(parts, settings, tmp_path, session, stored):
    target = tmp_path / "elsewhere.db"
    copy_keys(settings, target)
    first = target.open("rb")
    delete_donor(session, stored.giver, stored.donor.id)
    session.commit()
    copy_keys(settings, target)
    with first:
        assert set(first.read()) == {0}  # the last copy was written over, not only unlinked
    copied = KeyStore(target, bytes.fromhex(MASTER_KEY))
    assert copied.owners() == parts.vault.keys.owners()
    assert target.stat().st_mode & 0o777 == 0o600
    with pytest.raises(BackupRefusedError):
        copy_keys(settings, settings.key_store_file)
