"""Every check can be removed, and a sample of the removals is noticed; see docs/guards.md."""

from pathlib import Path

import pytest

from tests.guards.checks import ROOT, all_checks
from tests.guards.trial import Copy, End

SAMPLE = (
    "if actor.role not in access.roles:",
    "if not exchange.may_give():",
    "if spent:",
    "body = AESGCM(key).encrypt",
)


def test_every_check_of_the_list_stands_where_it_is_said_to_stand() -> None:
    for check in all_checks():
        source = (ROOT / check.file).read_text("utf-8")
        assert check.remove_from(source) != source, check.name
        compile(check.remove_from(source), check.file, "exec")


def test_every_check_names_tests_that_look_after_it() -> None:
    for check in all_checks():
        assert check.tests, check.name
        for test in check.tests:
            assert (ROOT / test.partition("::")[0]).exists(), test


@pytest.mark.slow
def test_what_is_taken_out_is_noticed(tmp_path: Path) -> None:
    copy = Copy(tmp_path)
    for words in SAMPLE:
        check = next(each for each in all_checks() if words in each.found)
        assert copy.try_without(check) is End.NOTICED, check.name
