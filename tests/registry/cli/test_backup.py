"""`registry backup`: create, verify, restore and the copy of the keys, as an operator does it."""

import json

import pyrage
import pytest

from registry.jobs.lock import worker_lock
from registry.storage.needs import Need
from tests.factories import NeedFactory


@pytest.fixture
def identity(tmp_path):
    path = tmp_path / "offline-key"
    path.write_text(f"# a comment\n{pyrage.x25519.Identity.generate()}\n")
    return path


@pytest.fixture
def recipient(identity):
    private = identity.read_text().splitlines()[1]
    return str(pyrage.x25519.Identity.from_str(private).to_public())


def test_the_whole_way(session, run_command, identity, recipient, tmp_path):
    need = NeedFactory.create()
    session.commit()
    out = tmp_path / "today.age"
    made = run_command("backup", "create", "--to", recipient, "--out", str(out))
    assert made.exit_code == 0, made.output
    assert "Wrote" in made.stdout
    assert out.stat().st_mode & 0o777 == 0o600
    found = run_command("backup", "verify", str(out), "--identity", str(identity), "--json")
    assert json.loads(found.stdout)["rows"]["need"] == 1
    session.delete(need)
    session.commit()
    restore = ("backup", "restore", str(out), "--identity", str(identity))
    refused = run_command(*restore, input="n\n")
    assert (refused.exit_code, session.get(Need, need.id)) == (1, None)
    session.rollback()
    done = run_command(*restore, "--yes")
    assert done.exit_code == 0, done.output
    assert "0 deleted since were left out" in done.stdout
    assert session.get(Need, need.id) is not None
    assert run_command("audit", "verify").exit_code == 0
    assert [each.name for each in tmp_path.glob("*.part")] == []


def test_it_is_streamed_where_no_file_is_named(session, run_command, recipient):
    sent = run_command("backup", "create", "--to", recipient)
    assert sent.exit_code == 0
    assert sent.stdout_bytes.startswith(b"age-encryption.org/v1")


def test_what_cannot_be_done_is_refused_in_a_sentence(
    session, run_command, identity, tmp_path, settings
):
    bad = tmp_path / "bad.age"
    bad.write_bytes(b"no age file")
    wrong = run_command("backup", "create", "--to", "nobody", "--out", str(bad))
    assert (wrong.exit_code, bad.read_bytes()) == (1, b"no age file")
    refused = run_command("backup", "verify", str(bad), "--identity", str(identity))
    assert refused.exit_code == 1
    assert "altered or cut off" in refused.stderr
    with worker_lock(settings):
        running = run_command("backup", "restore", str(bad), "--identity", str(identity), "--yes")
    assert "stop the service" in running.stderr


def test_the_copy_of_the_keys(session, run_command, tmp_path, settings):
    out = tmp_path / "keys-copy.db"
    for _ in range(2):
        done = run_command("backup", "keys", "--out", str(out))
        assert done.exit_code == 0, done.output
    assert out.stat().st_size > 0
    settings.key_store_file.unlink()
    assert run_command("backup", "keys", "--out", str(out)).exit_code == 1
