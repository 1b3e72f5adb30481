"""An organisation answers what rules ask of it, and the help that waited for that fits."""

from registry.jobs.pulse import Heart
from registry.jobs.worker import Worker
from registry.services.matches.propose_matches import propose_all
from registry.services.questions.ask_rule import ask_rule
from registry.storage.matches import Match
from registry.storage.questions import Question
from search.codes import Channel, PairOutcome, Vetting
from tests.factories import NeedFactory, OfferFactory, OrganisationFactory
from tests.factories.matches import CLEAR_TERMS, make_pair

HOW = "In which ways can money reach you safely?"
HAND_ANSWER = "How it can reach you: Transfer to a bank account abroad"
WHEN = "In which year did your group begin to work, with papers or without?"


def work(parts) -> None:
    worker = Worker(parts.database, Heart(parts.settings))
    while worker.step():
        pass


def match_in(rows, match_id: str) -> Match:
    with rows() as reading:
        return reading.get_one(Match, match_id)


def test_organisation_answers_what_is_asked(session, parts, person_of, rows, calendar) -> None:
    pair = make_pair(offer={"channels": [Channel.BANK_ABROAD]})
    for _ in range(11):
        OfferFactory.create(**CLEAR_TERMS, channels=[Channel.BANK_ABROAD])
    propose_all(session)
    person = person_of(pair.holder)
    work(parts)
    assert match_in(rows, pair.id).outcome == PairOutcome.NEEDS_INFORMATION

    # What would open the way to most stands first on the first page, whoever asks it.
    person.open("/o/home")
    assert person.sees("What is not said yet", HOW, "An answer could open the way to some offers.")
    assert person.text.index(HOW) < person.text.index("or to none at present")

    # The answer is given where the question stands. An empty one is asked for again.
    person.follow("Rent for three months")
    person.send("Save the answer", {}, to=f"/o/questions/{pair.need.id}/channel_shared.need_silent")
    assert person.status == 422
    person.send("Save the answer", {"channels": ["bank_abroad", "in_kind"]})
    assert person.sees("It is saved.", "Look in again on 1 December 2026", "Rent for three months")
    assert not person.sees(HOW)

    # The worker takes its turn, and what waited for that fits now.
    work(parts)
    assert match_in(rows, pair.id).outcome == PairOutcome.ELIGIBLE


def test_what_one_would_rather_not_say_is_not_asked_again(session, parts, person_of, rows) -> None:
    pair = make_pair()
    person = person_of(pair.holder)
    person.open("/o/questions")
    assert person.sees(WHEN)
    person.send(
        "I would rather not say",
        {},
        to=f"/o/questions/{pair.organisation.id}/years_active_sufficient",
    )
    assert person.sees("Then it stays unsaid, and you are not asked again.")
    assert not person.open("/o/home").sees(WHEN)

    # It can be said after all, and is then no question any more.
    person.open("/o/questions").follow(WHEN)
    person.send("Save the answer", {"active_since": "2019"})
    assert person.sees("It is saved.")
    assert not person.sees(WHEN)


def test_what_an_officer_asked_by_hand_is_asked_once(
    session, officer, parts, person_of, rows
) -> None:
    pair = make_pair(offer={"channels": [Channel.BANK_ABROAD]})
    asked = ask_rule(session, officer, pair.id, "channel_shared", language="en")
    person = person_of(pair.holder)
    for page in ("/o/questions", f"/o/needs/{pair.need.id}"):
        assert person.open(page).text.count(HOW) == 1
        assert person.sees("An officer asked on 24 November 2026")
    assert person.open("/o/home").sees("An officer asks you something")
    assert not person.sees(HOW)

    # The officer's question leads to the same form, and is answered with it.
    person.follow("Read and answer")
    person.send("Save the answer", {"channels": ["bank_abroad"]})
    with rows() as reading:
        question = reading.get_one(Question, asked["id"])
        assert question.state == "answered"
        assert reading.vault.read(question, "answer") == HAND_ANSWER
    work(parts)
    assert match_in(rows, pair.id).outcome == PairOutcome.ELIGIBLE


def test_somebody_nobody_vouches_for_learns_nothing_from_the_questions(
    session, parts, person_of, make_account
) -> None:
    """The same records see the same page, whether there are no offers or many that ask."""

    def look(name: str) -> str:
        stranger = OrganisationFactory.create(vetting=Vetting.UNVERIFIED, handle=name)
        NeedFactory.create(organisation=stranger)
        person = person_of(make_account("organisation", organisation_id=stranger.id))
        work(parts)
        home = person.open("/o/home").text.replace(name, "")
        return home + person.open("/o/questions").text

    alone = look("Before the offers")
    for _ in range(12):
        OfferFactory.create(**CLEAR_TERMS, channels=[Channel.BANK_ABROAD], min_years_active=2)
    assert look("After the offers") == alone
    assert HOW in alone
    assert "open the way" not in alone


def test_two_tabs_lose_nothing(session, person_of, make_account) -> None:
    pair = make_pair()
    colleague = make_account("organisation", organisation_id=pair.organisation.id)
    first, second = person_of(pair.holder), person_of(colleague)
    address = f"/o/questions/{pair.need.id}/target_group_covered"
    first.open(address)
    second.open(f"/o/needs/{pair.need.id}/amount").send("Save", {"amount_requested.amount": "4000"})
    first.send("Save the answer", {"target_groups": ["media"]})
    assert first.status == 409
    assert first.sees("Somebody changed this while you were writing")
    first.send("Save the answer", {})
    assert first.sees("It is saved.")
    assert first.open(address).sees("This is not asked any more")
