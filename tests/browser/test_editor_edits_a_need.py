"""The editor of an exiled newsroom edits a need while a second tab has an older version of it."""

from collections.abc import Callable

from registry.domain.roles import Role
from tests.browser.served import Served
from tests.browser.visitor import Visitor
from tests.factories.matches import Pair, make_pair


def make_newsroom(served: Served) -> Pair:
    with served.session():
        return make_pair(organisation={"kind": "media", "legal_statuses": ["company_abroad"]})


def test_editor_edits_a_need(served: Served, sign_in: Callable[..., Visitor]) -> None:
    newsroom = make_newsroom(served)
    editor = sign_in(Role.ORGANISATION, organisation_id=newsroom.organisation.id)
    editor.follow("Rent for three months").follow("How much, and the least that would help")
    edited = editor.path

    with editor.second_tab() as tab:
        tab.open(edited).write("How much money", "4 800").press("Save")
        assert tab.reads("It is saved.", "€0 of €4,800")

    # The first tab saves from the old page: nothing is overwritten, nothing typed is lost.
    editor.write("How much money", "5 100").write("For how many months", "4").press("Save")
    assert editor.status == 409
    assert editor.path == edited
    assert editor.reads("Somebody changed this while you were writing", "€4,800", "€5,100")
    assert editor.typed("How much money") == "5 100"
    assert editor.typed("For how many months") == "4"
    with editor.second_tab() as tab:
        assert tab.open(edited).typed("How much money") == "4800"

    # Saved once more, knowing of it, hers holds.
    editor.press("Save")
    assert editor.reads("It is saved.", "€0 of €5,100")
    assert editor.open("/o/home").reads("€0 of €5,100")


def test_a_day_that_cannot_be_is_refused_at_its_field(
    served: Served, sign_in: Callable[..., Visitor]
) -> None:
    newsroom = make_newsroom(served)
    editor = sign_in(Role.ORGANISATION, organisation_id=newsroom.organisation.id, width=360)
    editor.open(f"/o/needs/{newsroom.need.id}/way")
    editor.write("Needed by", "2026-11-01").write("Useful until", "2026-10-01")
    editor.press("Save")
    assert editor.status == 422
    assert editor.problem_at("Useful until")
    assert editor.typed("Needed by") == "2026-11-01"
    assert editor.overflow_at(320) == 0
