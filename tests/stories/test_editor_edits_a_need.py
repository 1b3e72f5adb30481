"""The editor of an exiled newsroom edits a need while a colleague does the same."""

from datetime import date

from registry.services.matches.propose_matches import propose_for_need
from registry.storage.matches import Match
from registry.storage.needs import Need
from search.codes import NeedStatus
from search.money import Money
from tests.factories.matches import make_pair


def test_editor_edits_a_need(session, parts, person_of, make_account, rows) -> None:
    newsroom = make_pair(organisation={"kind": "media", "legal_statuses": ["company_abroad"]})
    need_id = newsroom.need.id
    colleague_account = make_account("organisation", organisation_id=newsroom.organisation.id)
    editor, colleague = person_of(newsroom.holder), person_of(colleague_account)
    assert newsroom.match.proposed_amount == Money(450_000, "EUR")

    # The landlord asks for more; the editor opens the page, and is called to the telephone.
    editor.open("/o/home").follow("Rent for three months")
    editor.follow("How much, and the least that would help")

    # Meanwhile a colleague writes down what she heard.
    colleague.open(f"/o/needs/{need_id}/amount")
    colleague.send("Save", {"amount_requested.amount": "4 800"})
    assert colleague.sees("It is saved.")

    # The editor saves from the old page: nothing of hers or of his is lost.
    editor.send("Save", {"amount_requested.amount": "5 100", "months_covered": "4"})
    assert editor.status == 409
    assert editor.sees("Somebody changed this", "How much money €4,800 €5,100", "3 months 4 months")
    with rows() as reading:
        assert reading.get_one(Need, need_id).amount_requested == Money(480_000, "EUR")

    # They talk, and agree on the higher sum for three months.
    editor.send("Save", {"months_covered": "3"})
    assert editor.sees("It is saved.", "€0 of €5,100")

    # A day that cannot be is refused where it stands, and what was typed stays.
    editor.follow("By when, and how it can reach you")
    editor.send("Save", {"needed_by": "2027-02-30", "channels": ["bank_abroad"]})
    assert editor.status == 422
    assert editor.typed("needed_by") == "2027-02-30"
    editor.send("Save", {"needed_by": "28.02.2027"})
    with rows() as reading:
        need = reading.get_one(Need, need_id)
        assert (need.needed_by, need.status) == (date(2027, 2, 28), NeedStatus.OPEN)

    # What is proposed follows the need.
    with parts.database.writing() as writing:
        propose_for_need(writing, need_id)
    with rows() as reading:
        match = reading.get_one(Match, newsroom.match.id)
        assert match.proposed_amount == Money(510_000, "EUR")
