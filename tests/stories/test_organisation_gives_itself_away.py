"""An organisation types what would give it away, is told, takes some out and keeps some."""

from sqlmodel import select

from registry.storage.needs import Need
from tests.person import Person

ANSWERS = {
    "category": "legal_aid.fines",
    "country": "BY",
    "asks_for": ["money"],
    "title": "Fines of the yard; call +375 29 000-00-17",
    "summary": "We meet at vul. Yasenevaya 12-4. Our channel: t.me/yard_of_herons",
}
WARNED = "this would let someone recognise you"


def stored(rows) -> list[tuple[str | None, str | None]]:
    with rows() as session:
        needs = session.exec(select(Need)).all()
        return [
            (session.vault.read(need, "title"), session.vault.read(need, "summary"))
            for need in needs
        ]


def test_organisation_gives_itself_away(person_of, holder, rows) -> None:
    somebody: Person = person_of(holder)
    somebody.open("/o/needs").follow("Write down a need").send("Save and go on", ANSWERS)

    # Nothing is kept yet; what was found is shown, and what was typed still stands there.
    assert somebody.status == 422
    assert stored(rows) == []
    assert somebody.sees("Nothing was saved yet", "A phone number stands here", WARNED)
    assert somebody.sees("Found: +375 29 000-00-17", "Keep it all the same")
    assert somebody.typed("summary") == ANSWERS["summary"]

    # The number goes, the rest is to stay: a new link typed beside it is asked about anew.
    more = ANSWERS["summary"] + " and yard-of-herons.org"
    somebody.send(
        "Save and go on",
        {
            "title": "Fines of the yard",
            "summary": more,
            "_keep.summary": somebody.offered("_keep.summary"),
        },
    )
    assert somebody.status == 422
    assert not somebody.sees("A phone number stands here")
    assert somebody.sees("An address in the web stands here")

    # She keeps all of it knowingly, and goes on.
    somebody.send("Save and go on", {"_keep.summary": somebody.offered("_keep.summary")})
    assert somebody.first_status == 303
    assert somebody.sees("Step 2 of 4")
    assert stored(rows) == [("Fines of the yard", more)]

    # Later she changes something else there: a text that stands is not asked about again.
    first_step = somebody.address.replace("/amount", "/what")
    somebody.open(first_step).send("Save and go on", {"category": "legal_aid.advice"})
    assert somebody.sees("Step 2 of 4")

    # A text that is typed anew is.
    somebody.open(first_step).send("Save and go on", {"summary": more + " Soon."})
    assert somebody.status == 422
    assert somebody.sees(WARNED)
    somebody.send("Save and go on", {"summary": "Three fines, each of 40 units."})
    assert somebody.sees("Step 2 of 4")
