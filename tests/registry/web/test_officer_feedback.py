"""The page on which officers read what refusals say of rules and weights."""

from collections.abc import Callable

from registry.identity.actor import Actor
from registry.services.matches.dismiss_match import dismiss_match
from registry.storage.database import RegistrySession
from search.codes import ReasonCode
from tests.factories.matches import make_pair
from tests.person import Person


def test_an_officer_reads_which_rules_and_weights_misled(
    session: RegistrySession, officer: Actor, person_of: Callable[..., Person]
) -> None:
    note = "They told me in the yard."
    pair = make_pair(organisation={"handle": "Tin Kettle"})
    dismiss_match(session, officer, pair.id, reason_code=ReasonCode.TIMING, note=note)
    desk = person_of(officer)
    desk.open("/desk/queue").follow("What the refusals tell")
    assert desk.sees(
        *("The general programme", "1 match refused", "0 matches agreed", "officers: 1"),
        *("It would come too late or too early", "The help arrives in time", "Too few to tell"),
    )
    assert not any(told in desk.source for told in (note, "Tin Kettle", pair.id))
    desk.follow("See its rules and weights")
    assert desk.status == 200


def test_an_empty_time_says_what_will_stand_there(
    officer: Actor, person_of: Callable[..., Person]
) -> None:
    desk = person_of(officer)
    for days in ("30", "365", "7", "'"):
        desk.open(f"/desk/feedback?days={days}")
        assert desk.status == 200
        assert desk.sees("Nothing was refused, agreed or set aside in this time.")


def test_others_do_not_reach_it(giver: Actor, person_of: Callable[..., Person]) -> None:
    for path in ("/desk/feedback", "/desk/changes"):
        assert person_of(giver).open(path).status == 403
