"""What lies on disk while a file is imported, and what is left when it is over."""

import os
import stat

import pytest

from registry.identity.actor import HOUSE
from registry.services.imports import import_file as importing
from registry.services.imports.import_file import import_rows
from registry.services.imports.json_lines import read_json_lines
from registry.services.imports.side_file import FOLDER
from registry.storage.organisations import Organisation
from tests.registry.services.imports.records import need, organisation

SECRET = "Kupala street"


def folders(parts):
    return list((parts.settings.data_dir / FOLDER).glob("*"))


class Ended(BaseException):
    """The process is told to end in the middle."""


@pytest.mark.usefixtures("parties")
def test_it_is_the_operators_alone_and_holds_no_guarded_text(parts, write_file, monkeypatch):
    seen = {}
    merge = importing.merge_rows

    def look(database, actor, kind, side):
        seen["modes"] = (
            {stat.S_IMODE(path.stat().st_mode) for path in (side.parent.parent, side.parent)},
            stat.S_IMODE(side.stat().st_mode),
        )
        seen["bytes"] = side.read_bytes()
        merge(database, actor, kind, side)

    monkeypatch.setattr(importing, "merge_rows", look)
    path = write_file([need(summary=SECRET, situation=SECRET)])
    before = os.umask(0)
    try:
        import_rows(parts.database, HOUSE, "needs", read_json_lines(path))
    finally:
        os.umask(before)

    assert seen["modes"] == ({0o700}, 0o600)
    assert b"fixed_costs.rent" in seen["bytes"]
    for text in (SECRET, "need-1", "Rent of two rooms", "bank_abroad"):
        assert text.encode() not in seen["bytes"]
    assert folders(parts) == []


@pytest.mark.usefixtures("parties")
def test_it_is_removed_and_keys_are_destroyed_whatever_ends_the_import(parts, write_file, contents):
    before = contents()

    def rows():
        yield from read_json_lines(write_file([organisation(f"o{n}") for n in range(501)]))
        assert len(parts.vault.keys.owners()) > len(before[1])
        raise Ended

    with pytest.raises(Ended):
        import_rows(parts.database, HOUSE, "organisations", rows())

    assert contents() == before
    assert folders(parts) == []


@pytest.mark.usefixtures("parties")
def test_what_a_killed_import_left_is_cleared_by_the_next(parts, run, write_file, find, contents):
    before = contents()
    path = write_file([organisation(f"o{number}") for number in range(501)], "killed.jsonl")
    child = os.fork()
    if child == 0:

        def rows():
            yield from read_json_lines(path)
            os.kill(os.getpid(), 9)

        import_rows(parts.database, HOUSE, "organisations", rows())
    os.waitpid(child, 0)
    assert len(folders(parts)) == 1
    assert len(parts.vault.keys.owners()) == len(before[1]) + 500

    run("needs", [])

    assert folders(parts) == []
    assert contents() == before
    assert run("organisations", path).created == 501
    assert find(Organisation, "o500")


@pytest.mark.usefixtures("parties")
def test_an_import_that_runs_is_left_alone_by_another(parts, run, write_file):
    path = write_file([organisation("o1")], "running.jsonl")

    def rows():
        yield from read_json_lines(path)
        run("needs", [need()])
        assert len(folders(parts)) == 1

    assert import_rows(parts.database, HOUSE, "organisations", rows()).created == 1
