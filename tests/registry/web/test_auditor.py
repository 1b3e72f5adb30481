"""The trail: whole or where it breaks, page by page, and in words."""

import ast
from pathlib import Path

import pytest
from sqlalchemy import text

from registry.storage.audit import write_audit
from registry.web import ROOT
from registry.web.trail_words import say_act
from search.codes import NeedStatus, ReviewKind
from tests.factories.matches import make_pair
from tests.person import Person

OF_STATES = {f"need_{status}" for status in NeedStatus} | {f"match_{kind}" for kind in ReviewKind}


@pytest.fixture
def person(session, person_of, auditor) -> Person:
    for number in range(60):
        write_audit(session, "system", "need_changed", f"{number:032x}")
    return person_of(auditor)


def test_a_whole_chain_is_said_to_be_whole(person):
    person.open("/home")
    assert person.address == "/trail/"
    assert not person.sees("The chain is whole")
    person.send("Check the whole trail")
    assert person.sees("The chain is whole", "A need was changed", "the registry")


def test_a_chain_that_was_tampered_with_breaks_where_it_was(session, person, auditor):
    session.execute(text("UPDATE audit SET act = 'need_text_read' WHERE id = 31"))
    session.commit()
    person.open("/trail/").send("Check the whole trail")
    assert person.sees("The chain breaks at entry 31", "Do not restart or repair anything.")


def test_the_first_page_does_not_read_the_whole_chain(person, monkeypatch):
    def verify(_session):
        raise AssertionError

    monkeypatch.setattr("registry.services.trail.read_trail.verify_audit", verify)
    assert person.open("/trail/").sees("Check the whole trail", "A need was changed")


def test_it_goes_on_over_pages(person):
    person.open("/trail/").follow("Next page")
    assert person.sees(f"{0:032x}", "To the beginning")
    assert not person.sees(f"{59:032x}")
    assert not person.sees("The chain is whole")


def test_one_record_alone(person):
    person.open("/trail/").send("Show", {"about": f"{7:032x}"})
    assert person.sees("1 entry on this page", f"{7:032x}")
    person.send("Show", {"about": "nothing"})
    assert person.sees("This is no id")
    person.send("Show", {"about": "f" * 32})
    assert person.sees("Nothing was done to a record with this id.")


def test_nothing_that_somebody_wrote_stands_there(session, person_of, auditor):
    pair = make_pair(organisation={"handle": "Tin Kettle"})
    session.commit()
    person = person_of(auditor).open("/trail/")
    assert pair.match.id in person.source
    assert "Tin Kettle" not in person.source


@pytest.mark.parametrize("role", ["officer", "organisation", "donor", "partner"])
def test_nobody_else_reads_it(session, make_account, signed_in, role):
    account = make_account(role)
    session.commit()
    assert signed_in(role, account=account).get("/trail/").status_code == 403


def acts_in(path: Path) -> set[str]:
    """Return the acts that a file names where it writes into the trail."""
    calls = (
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") in {"write_audit", "write_audits"}
    )
    named = (call.args[2] for call in calls if len(call.args) > 2)
    return {each.value for each in named if isinstance(each, ast.Constant)}


NAMED_ELSEWHERE = {"demo_loaded", "offer_renewed"}
"""Acts whose name reaches the trail through a constant or an argument."""


def test_every_act_that_is_written_has_words(app):
    files = (ROOT / "registry").rglob("*.py")
    written = {act for path in files for act in acts_in(path)} | OF_STATES | NAMED_ELSEWHERE
    assert {"vetting_set", "api_key_revoked", "account_closed", "need_registered"} < written
    with app.test_request_context():
        assert not [act for act in written if say_act(act) == act]
