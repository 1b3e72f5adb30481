"""An officer wants to know why a need got nothing, asks for one change, and the need fits.

What the page names is done to the offer by its donor, word for word; then the worker proposes.
"""

from collections.abc import Callable

from registry.app.parts import Parts
from registry.identity.actor import Actor
from registry.jobs.drain import drain_once
from registry.jobs.pulse import unwatched
from registry.services.matches.decline_match import decline_match
from registry.services.matches.list_matches import list_matches
from registry.services.offers.change_offer import change_offer
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from search.codes import PairOutcome, ReasonCode
from tests.factories import NeedFactory, OfferFactory
from tests.factories.matches import CLEAR_TERMS, make_pair
from tests.person import Person


def test_an_officer_asks_why_not(
    session: RegistrySession,
    parts: Parts,
    person_of: Callable[..., Person],
    officer: Actor,
) -> None:
    need = NeedFactory.create(serves=["BY"])
    near = OfferFactory.create(**CLEAR_TERMS, countries=["GE"])
    far = OfferFactory.create(**CLEAR_TERMS, countries=["GE"], base_countries=["GE"])
    session.commit()
    work(parts)

    # Nothing fits; the page says which offers come nearest, and what would have to change.
    desk = person_of(officer)
    desk.open(f"/desk/needs/{need.id}")
    assert desk.sees("Nothing fits this need yet", "Which offers come nearest")
    for offer in (near, far):
        donor = session.get_one(Donor, offer.donor_id)
        assert desk.sees(str(session.vault.read(offer, "title")))
        assert desk.sees(str(session.vault.read(donor, "handle")))
    session.commit()
    assert desk.source.index(near.id) < desk.source.index(far.id)
    assert desk.sees("The donor would have to take in one more country")

    # The donor of the nearest one takes in the country that was named.
    with parts.database.writing() as writing:
        countries = {"countries": ["GE", need.country]}
        change_offer(writing, officer, near.id, countries, version=near.version)
    work(parts)
    with parts.database.reading() as reading:
        [match] = list_matches(reading, officer, filters={"need": need.id}).items
    assert match["offer"] == near.id
    assert match["outcome"] != "not_eligible"
    desk.open(f"/desk/needs/{need.id}")
    assert "Which offers come nearest" not in desk.source or match["outcome"] != "eligible"


def test_an_officer_reads_why_a_match_does_not_come_about(
    session: RegistrySession, person_of: Callable[..., Person], officer: Actor
) -> None:
    pair = make_pair(need={"serves": ["BY"]})
    desk = person_of(officer)
    desk.open(f"/desk/matches/{pair.id}")
    assert "Why not" not in desk.source
    assert desk.sees("Proposed:")
    pair.offer.countries, pair.match.outcome = ["GE"], PairOutcome.NOT_ELIGIBLE
    session.commit()
    desk.open(f"/desk/matches/{pair.id}")
    assert desk.sees("Rules stand in the way", "The smallest change by which it would fit")
    assert desk.sees("The donor would have to take in one more country")
    assert "Proposed:" not in desk.text
    assert "Proposed amount" not in desk.text
    desk.follow("Paper for the board")
    assert desk.sees("No amount is proposed: the two do not fit together")
    assert desk.sees("No other offer is open.", "General programme, as the house began")


def test_what_is_missing_is_said_as_a_question_and_to_whom(
    session: RegistrySession, person_of: Callable[..., Person], officer: Actor
) -> None:
    pair = make_pair(need={"serves": ["BY"]}, offer={"decision_days": None})
    pair.offer.countries = ["GE"]
    session.commit()
    desk = person_of(officer)
    desk.open(f"/desk/matches/{pair.id}")
    assert desk.sees("Would be asked of the donor: “")
    desk.client.set_cookie("language", "be")
    desk.open(desk.address)
    assert desk.sees("Спыталі б у донара: «")


def test_the_board_gets_a_paper_that_names_nobody(
    session: RegistrySession, person_of: Callable[..., Person], officer: Actor
) -> None:
    asking = {"base_countries": ["LT"], "min_years_active": 1, "languages": ["be"]}
    telling = {"active_since": 2019, "languages": ["be"], "base_country": "LT"}
    pair = make_pair(organisation=telling, offer=CLEAR_TERMS | asking)
    OfferFactory.create(**CLEAR_TERMS)
    session.commit()
    desk = person_of(officer)
    desk.open(f"/desk/matches/{pair.id}")
    desk.follow("Paper for the board")
    assert desk.address == f"/desk/matches/{pair.id}/board-paper"
    assert desk.sees("What is proposed", "Proposed:", "What the rules say", "How well it fits")
    assert desk.sees("1 other open offer was held against this need", "Nobody yet.")
    assert desk.sees(pair.match.rules_version, pair.match.weights_version)
    for name in names_of(session, pair):
        assert name not in desk.source
    assert desk.sees("The base country is accepted.", "There is a common language.")
    assert desk.sees("The group has been active long enough.", "The amount fits.")
    for fact in ("Lithuania", "Poland", "Belarusian", "2019", "7 years", "ank transfer"):
        assert not desk.sees(fact), fact


def names_of(session: RegistrySession, pair) -> list[str]:  # type: ignore[no-untyped-def]
    vault = session.vault
    guarded = [
        *((pair.organisation, name) for name in ("handle", "external_id")),
        *((pair.donor, name) for name in ("handle", "external_id")),
        *((pair.need, name) for name in ("title", "summary")),
        *((pair.offer, name) for name in ("title", "summary")),
    ]
    found = [vault.read(row, name) for row, name in guarded]
    names = [each for each in found if each]
    assert len(names) >= 4
    return names


def work(parts: Parts) -> None:
    """Let the worker do all that waits."""
    while drain_once(parts.database, unwatched):
        pass


def test_the_page_says_who_decided_against_it(
    session: RegistrySession, person_of: Callable[..., Person], officer: Actor
) -> None:
    pair = make_pair()
    decline_match(session, officer, pair.id, reason_code=ReasonCode.CHANNEL_UNSAFE)
    session.commit()
    desk = person_of(officer)
    desk.open(f"/desk/matches/{pair.id}")
    assert desk.sees("Why not", "Somebody decided against it", "(an officer:")
    desk.open(f"/desk/matches/{pair.id}/board-paper")
    assert desk.sees("Who looked at it", "an officer")
