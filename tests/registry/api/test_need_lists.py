"""Lists of needs over the API: pages, orders, cursors, filters."""

import base64
from datetime import date

import pytest

from registry.domain.roles import Role, Scope
from search.codes import Urgency
from search.money import Money
from tests.factories import NeedFactory


@pytest.fixture
def reader(api_client):
    """Give a partner's programme that may read open fields, and no texts."""
    return api_client(Role.PARTNER, Scope.NEEDS_READ)


def test_lists_are_pages_without_gaps_or_repetitions(reader):
    made = {NeedFactory.create().id for _ in range(5)}

    seen, cursor = [], ""
    while cursor is not None:
        page = reader.get(f"/needs?limit=2{cursor and '&cursor=' + cursor}").json
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]

    assert len(seen) == 5
    assert set(seen) == made


@pytest.mark.parametrize("path", ["/needs?limit=1", "/search?q=&limit=1"])
@pytest.mark.parametrize("first", ["-", "_", "A"])
def test_a_cursor_may_begin_with_any_of_its_letters(reader, path, first):
    """One in 64 begins with a minus, as what a spreadsheet would take for a formula."""
    answer = reader.get(f"{path}&cursor={first}{'A' * 60}")

    assert [problem["code"] for problem in answer.json["errors"]] == ["bad_cursor"]


@pytest.mark.parametrize("sort", ["newest", "needed_by", "urgency", "amount"])
def test_every_order_goes_through_all_pages(reader, sort):
    days = [date(2027, 1, 1), NeedFactory.ABSENT, date(2027, 2, 1), date(2027, 1, 1)]
    made = [
        NeedFactory.create(needed_by=day, urgency=urgency, amount_requested=Money(amount, "EUR")).id
        for day, urgency, amount in zip(
            days, Urgency, (100_00, 300_00, 200_00, 300_00), strict=True
        )
    ]

    seen, cursor = [], ""
    while cursor is not None:
        page = reader.get(f"/needs?limit=1&sort={sort}{cursor and '&cursor=' + cursor}").json
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]

    assert sorted(seen) == sorted(made)
    firsts = {"needed_by": {made[0], made[3]}, "urgency": {made[3]}, "amount": {made[1], made[3]}}
    assert seen[0] in firsts.get(sort, set(made))
    if sort == "needed_by":
        assert seen[-1] == made[1]


def test_a_cursor_tells_nothing_and_cannot_be_made_up(reader):
    for _ in range(2):
        NeedFactory.create()
    cursor = reader.get("/needs?limit=1").json["next_cursor"]
    opened = base64.urlsafe_b64decode(cursor + "==")

    assert b"2026" not in opened
    for wrong in (cursor[:-2] + "AA", "made-up", "й"):
        refused = reader.get("/needs", query_string={"cursor": wrong})
        assert refused.status_code == 422
        assert refused.json["errors"][0]["field"] == "cursor"
    assert reader.get(f"/needs?sort=amount&cursor={cursor}").status_code == 422


def test_filters_narrow_the_list(reader):
    rent = NeedFactory.create(country="LT", amount_requested=Money(100_000, "EUR"))
    bail = NeedFactory.create(category="legal_aid.fines", amount_requested=Money(900_000, "EUR"))

    def found(query: str) -> list[str]:
        return [item["id"] for item in reader.get(f"/needs?{query}").json["items"]]

    assert found("category=fixed_costs") == [rent.id]
    assert found("category=legal_aid.fines") == [bail.id]
    assert found("country=LT") == [rent.id]
    assert found("amount_from=5000") == [bail.id]
    assert found("amount_to=5000.00") == [rent.id]
    assert found("urgency=emergency") == []
    assert found("status=partly_met") == []
    assert found("needed_from=2027-02-01") == []


def test_amounts_in_other_currencies_are_filtered_at_the_reference_rate(reader):
    zloty = NeedFactory.create(amount_requested=Money(1_000_000, "PLN"))
    NeedFactory.create(amount_requested=Money(1_000_000, "EUR"))

    below = reader.get("/needs?amount_to=5000").json["items"]

    assert [item["id"] for item in below] == [zloty.id]
    assert below[0]["amount_requested"] == {"amount": "10000.00", "currency": "PLN"}
