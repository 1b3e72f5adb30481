"""A visitor reads the figures of three quarters, and cannot tell from them who came and went."""

from registry.domain.roles import Role, Scope
from registry.identity.actor import HOUSE
from registry.jobs.pulse import Heart
from registry.jobs.worker import Worker
from registry.services.needs.move_need import move_need
from registry.storage.needs import Need
from search.codes import NeedStatus
from search.money import Money
from tests.factories import NeedFactory, OrganisationFactory
from tests.person import Person

QUARTER = 92


def needs(count: int, **changes) -> list[Need]:
    return [NeedFactory.create(needed_by=NeedFactory.ABSENT, **changes) for _ in range(count)]


def rows_of(visitor: Person) -> str:
    below = visitor.open("/figures").text.partition("Still lacking, about")[2]
    return below.partition("How figures")[0]


def test_visitor_reads_figures(app, session, parts, calendar, api_client) -> None:
    needs(13, amount_requested=Money(450_000, "EUR"))
    needs(4, category="legal_aid.fines", country="BY")
    unknown = OrganisationFactory.create(vetting="unverified")
    needs(1, category="legal_aid.fines", organisation=unknown)
    session.commit()
    worker = Worker(parts.database, Heart(parts.settings))
    worker.step()
    visitor = Person(app.test_client())

    # There is nothing yet, and she reads when there will be.
    visitor.open("/").follow("How figures are protected")
    assert visitor.sees("The first figures are still to come", "1 January 2027")

    # The quarter begins. Of rent there is a figure; of legal aid, which few lack, there is none.
    calendar.pass_days(QUARTER)
    worker.step()
    assert "Running costs All countries 10 €59,000" in rows_of(visitor)
    assert "Legal help" in rows_of(visitor).partition("Without a figure")[2]
    assert visitor.sees("Sum of these lines: 10.")
    first = rows_of(visitor)

    # In the next one a few come and go, one of them very large. Nothing of it shows.
    arrived = needs(9, amount_requested=Money(99_000_000, "EUR"))
    needs(5, category="legal_aid.fines", country="BY")
    session.commit()
    calendar.pass_days(QUARTER)
    worker.step()
    assert rows_of(visitor) == first

    # Only once ten have changed the figure is another, and says of which day it is.
    for need in arrived:
        move_need(session, HOUSE, need.id, NeedStatus.WITHDRAWN, need.version)
    needs(12, amount_requested=Money(300_000, "EUR"))
    session.commit()
    calendar.pass_days(QUARTER)
    worker.step()
    assert "Running costs All countries 30 €95,000" in rows_of(visitor)

    # A partner's programme reads the same, and cannot ask for anything narrower.
    partner = api_client(Role.PARTNER, Scope.STATISTICS_READ)
    told = partner.get("/statistics").json
    cells = {cell["category"]: cell for cell in told["items"]}
    assert cells["fixed_costs"]["organisations"] == 30
    assert cells["fixed_costs"]["amount_unmet"] == {"amount": "95000.00", "currency": "EUR"}
    assert cells["legal_aid"] == {
        "category": "legal_aid",
        "countries": "all",
        "organisations": 0,
        "set_on": cells["legal_aid"]["set_on"],
    }
    assert (told["least"], told["next_cursor"]) == (10, None)
    assert partner.get("/statistics?category=legal_aid").status_code == 422
