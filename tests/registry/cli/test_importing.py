"""`registry import`, as somebody types it."""

import json

import pytest
from click.testing import CliRunner
from sqlmodel import select

from registry.cli import main
from registry.storage.envelopes import EnvelopeKey
from tests.factories import AccountFactory

ORGANISATION = {
    "external_id": "org-1",
    "kind": "media",
    "legal_statuses": ["unregistered"],
    "base_country": "PL",
}


@pytest.fixture
def registry(settings, monkeypatch):
    """Run the command on a registry of the test's own."""
    monkeypatch.setenv("REGISTRY_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("REGISTRY_MASTER_KEY_FILE", str(settings.master_key_file))
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def rows_file(tmp_path):
    def write(*records, name="rows.jsonl"):
        path = tmp_path / name
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
        return path

    return write


def numbered(count, **changes):
    return [ORGANISATION | {"external_id": f"org-{n}"} | changes for n in range(1, count + 1)]


def test_what_came_in_is_counted_and_ends_well(registry, rows_file):
    path = rows_file(*numbered(2))

    first = registry("import", "organisations", path)
    again = registry("import", "organisations", path)

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert first.stdout == "rows.jsonl: 2 rows; 2 new, 0 changed, 0 unchanged, 0 refused.\n"
    assert "0 new, 0 changed, 2 unchanged" in again.stdout


def test_machines_get_counts_and_every_problem(registry, rows_file):
    path = rows_file(
        *numbered(1), ORGANISATION | {"external_id": "org-2", "base_country": "Poland"}
    )

    result = registry("import", "organisations", path, "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "created": 0,
        "changed": 0,
        "unchanged": 0,
        "refused": 1,
        "rows": 2,
        "errors": [
            {
                "line": 2,
                "field": "base_country",
                "code": "unknown_country",
                "message": "Use the country's two capital letters (ISO 3166-1), such as PL.",
            }
        ],
        "warnings": [],
    }


def test_people_see_what_gives_people_away_and_that_it_came_in(registry, rows_file):
    path = rows_file(*numbered(101, handle="t.me/heron_house"))

    told = registry("import", "organisations", path)

    assert told.exit_code == 0
    assert "taken as it is, better mended" in told.stdout
    assert told.stdout.count("this would let someone recognise you") == 100
    assert "... and 1 more; --json shows all of them." in told.stdout
    assert "101 new" in told.stdout
    assert "heron_house" not in told.stdout


def test_people_get_a_table_and_are_told_that_nothing_came_in(registry, rows_file):
    bad = numbered(2, kind="band")
    result = registry(
        "import", "organisations", rows_file(*bad, ORGANISATION | {"external_id": "x"})
    )

    lines = result.stdout.splitlines()
    assert result.exit_code == 1
    assert lines[0].split() == ["line", "field", "what", "to", "do"]
    assert lines[1].split()[:2] == ["1", "kind"]
    assert "Choose one of these: cso, media" in lines[1]
    assert lines[-1] == (
        "Nothing was imported. Mend the rows above, or import the rest with --partial."
    )


def test_where_no_row_is_good_nobody_is_sent_after_a_rest(registry, rows_file):
    result = registry("import", "organisations", rows_file(*numbered(2, kind="band")))

    assert result.stdout.endswith("Nothing was imported. Mend the rows above.\n")


def test_partial_ends_with_1_too_and_takes_the_rest(registry, rows_file):
    path = rows_file(*numbered(2), ORGANISATION | {"external_id": "org-3", "kind": "band"})

    result = registry("import", "organisations", path, "--partial", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["created"] == 2


def test_people_see_a_hundred_problems_and_a_count(registry, rows_file):
    path = rows_file(*numbered(103, kind="band"))

    result = registry("import", "organisations", path)
    machines = registry("import", "organisations", path, "--json")

    assert result.stdout.count("Choose one of these") == 100
    assert "... and 3 more; --json shows all of them." in result.stdout
    assert len(json.loads(machines.stdout)["errors"]) == 103


def test_a_dry_run_says_so(registry, rows_file):
    path = rows_file(*numbered(1))

    result = registry("import", "organisations", path, "--dry-run")

    assert (result.exit_code, "Dry run: nothing was imported." in result.stdout) == (0, True)
    assert "1 new" in registry("import", "organisations", path).stdout


@pytest.mark.parametrize(
    ("name", "words"),
    [("rows.txt", ()), ("rows", ()), ("rows.xls", ()), ("rows.jsonl", ("--fast",))],
)
def test_wrong_usage_ends_with_2(registry, rows_file, name, words):
    result = registry("import", "organisations", rows_file(*numbered(1), name=name), *words)

    assert result.exit_code == 2


@pytest.mark.parametrize("words", [("organisations", "missing.csv"), ("matches", "x.csv"), ()])
def test_a_missing_file_or_kind_ends_with_2(registry, words):
    assert registry("import", *words).exit_code == 2


def test_a_folder_is_no_file(registry, tmp_path):
    assert registry("import", "needs", tmp_path).exit_code == 2


def test_what_is_sealed_goes_to_the_account_that_is_named(registry, rows_file, session):
    made = json.loads(registry("account", "create", "--role", "officer", "hub", "--json").stdout)
    rows = rows_file(*(row | {"contact": "Ask for Ales"} for row in numbered(1)))

    assert registry("import", "organisations", rows, "--seal-to", "hub").exit_code == 0
    (key,) = session.exec(select(EnvelopeKey))
    assert key.account_id == made["account"]


@pytest.mark.parametrize(
    ("kind", "name", "says"),
    [
        ("organisations", "nobody", "There is no account of this sign-in name or id"),
        ("needs", "nobody", "leave --seal-to out"),
    ],
)
def test_sealing_to_nobody_or_of_nothing_is_refused(registry, rows_file, kind, name, says):
    result = registry("import", kind, rows_file(*numbered(1)), "--seal-to", name)

    assert result.exit_code == 1
    assert says in result.stderr


def test_sealing_waits_for_an_account_with_a_key_pair(registry, rows_file, session):
    account = AccountFactory.create()
    rows = rows_file(*numbered(1))
    result = registry("import", "organisations", rows, "--seal-to", account.id)

    assert result.exit_code == 1
    assert "by signing in once" in result.stderr


def test_the_ending_may_be_written_large(registry, rows_file):
    assert (
        registry("import", "organisations", rows_file(*numbered(1), name="A.JSONL")).exit_code == 0
    )


def test_help_says_what_happens_to_what_a_row_leaves_out(registry):
    text = registry("import", "--help").stdout

    assert "what it leaves out is emptied" in " ".join(text.split())
