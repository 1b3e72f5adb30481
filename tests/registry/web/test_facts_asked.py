"""Facts asked on pages: the right field for each, answers that are refused, questions let go."""

import pytest

from registry.domain.errors import NotAllowedError
from registry.jobs.reach import count_day
from registry.services.questions.ask_rule import ask_rule
from registry.services.questions.list_unsaid import list_unsaid
from registry.services.reach.list_decisions import list_decisions
from registry.storage.needs import Need
from registry.storage.organisations import Organisation
from registry.storage.questions import Question
from search.codes import Channel, Measure
from search.money import Money, Quantity
from tests.factories import NeedFactory
from tests.factories.base import RecordFactory
from tests.factories.matches import make_pair

AMOUNT = {"amount_requested": RecordFactory.ABSENT, "months_covered": RecordFactory.ABSENT}


@pytest.fixture
def person(person_of, holder):
    return person_of(holder)


@pytest.fixture
def make_need(session, holder):
    def make(**changes) -> Need:
        own = session.get_one(Organisation, holder.organisation_id)
        return NeedFactory.create(organisation=own, **changes)

    return make


def need_in(rows, need_id: str) -> Need:
    with rows() as reading:
        return reading.get_one(Need, need_id)


@pytest.mark.parametrize(
    "asked",
    [
        (
            Measure.MONEY,
            {"amount_requested.amount": "1 200", "amount_requested.currency": "PLN"},
            Money(120_000, "PLN"),
        ),
        (Measure.HOURS, {"quantity.amount": "20"}, Quantity(2_000, Measure.HOURS)),
    ],
)
def test_how_much_is_asked_in_the_kind_of_help_that_is_needed(
    person, make_need, rows, asked
) -> None:
    measure, typed, amount = asked
    need = make_need(asks_for=[measure], **AMOUNT)
    person.open(f"/o/questions/{need.id}/amount_within_range.ask").send("Save the answer", typed)
    assert person.sees("It is saved.")
    stored = need_in(rows, need.id)
    assert amount in (stored.amount_requested, stored.quantity)


TWO_MEASURES = {
    "asks_for": [Measure.MONEY, Measure.HOURS],
    "amount_requested": Money(250_000, "EUR"),
    "quantity": Quantity(1_600, Measure.HOURS),
}


@pytest.mark.parametrize(("least", "unit"), [("500", "EUR"), ("4", "hours")])
def test_the_least_of_a_need_in_money_and_hours_can_be_said(person, make_need, least, unit) -> None:
    need = make_need(**TWO_MEASURES)
    address = f"/o/questions/{need.id}/amount_within_range.minimum"
    typed = {"minimum_useful.amount": least, "_in.minimum_useful": unit}
    person.open(address).send("Save the answer", typed)
    assert person.sees("It is saved.")
    assert person.open(address).sees("This is not asked any more")


def test_what_is_said_of_two_measures_is_kept_and_the_other_one_asked(
    person, make_need, rows
) -> None:
    need = make_need(asks_for=TWO_MEASURES["asks_for"], **AMOUNT)
    address = f"/o/questions/{need.id}/amount_within_range.ask"
    money = {"amount_requested.amount": "2500", "amount_requested.currency": "EUR"}
    person.open(address).send("Save the answer", money)
    assert person.sees("It is saved.")
    assert need_in(rows, need.id).amount_requested == Money(250_000, "EUR")
    person.open(address).send("Save the answer", {"quantity.amount": "16"})
    assert person.sees("It is saved.")
    assert person.open(address).sees("This is not asked any more")


ANSWERS = {
    "amount_within_range.minimum": {"minimum_useful.amount": "100"},
    "category_covered": {"breakdown.fixed_costs.rent.amount": "100"},
    "channel_shared.need_silent": {"channels": ["in_kind"]},
    "language_accepted.languages": {"languages": ["be"]},
    "months_within_limit.covered": {"months_covered": "3", "minimum_months": "2"},
    "months_within_limit.least": {"minimum_months": "1"},
    "publicity_compatible.need_silent": {"publicity_accepted": "none"},
    "reporting_compatible": {"reporting_accepted": "light"},
    "target_group_covered": {"target_groups": ["media"]},
    "years_active_sufficient": {"active_since": "2019"},
}


@pytest.mark.parametrize("changes", [{}, {"months_covered": RecordFactory.ABSENT}, TWO_MEASURES])
def test_every_question_of_an_organisation_is_closed_by_an_answer(
    person, holder, session, make_need, changes
) -> None:
    make_need(category="fixed_costs", **changes)
    questions = list_unsaid(session, holder)
    session.commit()
    for question in questions:
        address = f"/o/questions/{question.record_id}/{question.code}"
        person.open(address).send("Save the answer", ANSWERS[question.code])
        assert person.sees("It is saved."), question.code
        assert person.open(address).sees("This is not asked any more"), question.code


def test_how_much_of_a_group_goes_where_is_asked_item_by_item(person, make_need, rows) -> None:
    need = make_need(category="fixed_costs")
    person.open(f"/o/questions/{need.id}/category_covered")
    assert person.sees("How much of it for what", "Pay for the team")
    person.send("Save the answer", {"breakdown.fixed_costs.rent.amount": "900"})
    assert need_in(rows, need.id).breakdown == {"fixed_costs.rent": Money(90_000, "EUR")}


def test_a_shorter_time_may_stay_unsaid_where_the_time_is_asked(person, make_need, rows) -> None:
    need = make_need(**AMOUNT | {"amount_requested": Money(45_000, "EUR")})
    person.open(f"/o/questions/{need.id}/months_within_limit.covered")
    person.send("Save the answer", {"months_covered": "1"})
    assert person.sees("It is saved.")
    assert need_in(rows, need.id).months_covered == 1


def test_a_value_that_cannot_be_stands_at_its_field_and_is_kept(person, make_need, rows) -> None:
    need = make_need()
    address = f"/o/questions/{need.organisation_id}/years_active_sufficient"
    person.open(address).send("Save the answer", {"active_since": "last year"})
    assert person.status == 422
    assert person.typed("active_since") == "last year"


def test_who_would_rather_not_say_answers_the_officer_by_that(
    session, person_of, officer, rows
) -> None:
    pair = make_pair(offer={"channels": [Channel.BANK_ABROAD]})
    asked = ask_rule(session, officer, pair.id, "channel_shared", language="en")
    person = person_of(pair.holder)
    address = f"/o/questions/{pair.need.id}/channel_shared.need_silent"
    person.open(address).send("I would rather not say")
    with rows() as reading:
        question = reading.get_one(Question, asked["id"])
        assert reading.vault.read(question, "answer") == "We would rather not say."


def test_a_strangers_question_and_one_that_is_none_look_the_same(person, make_need) -> None:
    make_need()
    other = NeedFactory.create()
    for address in (
        f"/o/questions/{other.id}/channel_shared.need_silent",
        "/o/questions/x/nothing",
    ):
        assert person.open(address).sees("This is not asked any more")


def test_a_page_with_many_questions_shows_the_first_and_links_the_others(person, make_need) -> None:
    for _ in range(3):
        make_need()
    person.open("/o/questions")
    answered = [text for text, _ in person.page.links]
    assert person.sees("more questions")
    assert "How much reporting can you do?" in answered


def test_the_least_that_answers_can_do_is_said_once(parts, person, make_need) -> None:
    make_need()
    assert count_day(parts.database, lambda: None)
    for page in ("/o/home", "/o/questions"):
        assert person.open(page).text.count("or to none at present") == 1
    assert not person.open("/o/home").sees("Nothing waits for you")


@pytest.mark.parametrize("who", ["holder", "giver", "partner", "auditor"])
def test_only_officers_are_told_what_waits_for_officers(session, request, who) -> None:
    with pytest.raises(NotAllowedError):
        list_decisions(session, request.getfixturevalue(who))


def test_parts_in_a_currency_without_a_rate_are_said_anew_with_the_whole(
    person, make_need, rows
) -> None:
    parts = {"fixed_costs.rent": Money(200_000, "UAH"), "fixed_costs.taxes": Money(100_000, "UAH")}
    need = make_need(
        category="fixed_costs", amount_requested=Money(300_000, "UAH"), breakdown=parts
    )
    person.open(f"/o/questions/{need.id}/amount_within_range.no_rate").send(
        "Save the answer",
        {
            "amount_requested.amount": "60",
            "amount_requested.currency": "EUR",
            "_in.breakdown": "EUR",
            "breakdown.fixed_costs.rent.amount": "40",
            "breakdown.fixed_costs.taxes.amount": "20",
        },
    )
    assert person.sees("It is saved.")
    assert need_in(rows, need.id).breakdown == {
        "fixed_costs.rent": Money(4_000, "EUR"),
        "fixed_costs.taxes": Money(2_000, "EUR"),
    }


def test_a_need_without_parts_is_not_asked_for_them(person, make_need) -> None:
    need = make_need(category="fixed_costs", amount_requested=Money(300_000, "UAH"))
    person.open(f"/o/questions/{need.id}/amount_within_range.no_rate")
    assert "breakdown" not in person.source
