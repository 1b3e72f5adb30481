"""What gives people away in an imported file: it comes in, and the report names line and field."""

import pytest

from tests.registry.services.imports.records import need, organisation

pytestmark = pytest.mark.usefixtures("parties")


def warned(report):
    return [(each.line, each.problem.field, each.problem.code) for each in report.warnings]


def test_rows_that_give_people_away_come_in_and_are_named(run):
    report = run("needs", [need(), need("need-2", summary="Ask at t.me/heron_house")])

    assert (report.created, report.refused) == (2, 0)
    assert warned(report) == [(2, "summary", "giveaway_handle")]
    (warning,) = report.document()["warnings"]
    assert "this would let someone recognise you" in warning["message"]
    assert "heron_house" not in str(report.document())


def test_a_row_that_changes_nothing_is_not_named_again(run):
    rows = [need(title="Call +375 29 000-00-17")]
    assert warned(run("needs", rows)) == [(1, "title", "giveaway_phone")]
    assert warned(run("needs", rows)) == []


def test_pseudonyms_and_what_officers_read_are_looked_through_too(run):
    told = run("organisations", [organisation("org-2", handle="our_club.by")])
    assert warned(told) == [(1, "handle", "giveaway_link")]
    told = run("needs", [need("need-3", situation="vul. Yasenevaya 12-4")], dry_run=True)
    assert warned(told) == [(1, "situation", "giveaway_address")]
