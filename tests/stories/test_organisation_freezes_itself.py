"""A holder is taken; a friend types the freeze code; later an officer opens the entry again."""

import re

from flask import Flask

from registry.domain.roles import Role
from registry.identity.accounts import create_account
from registry.services.matches.list_matches import list_matches
from registry.services.needs.list_needs import list_needs
from registry.storage.matches import Match
from registry.storage.organisations import Organisation
from search.codes import MatchState
from tests.factories.matches import bring_to, make_pair
from tests.person import Person

HANDLE = "Heron of March"


def test_organisation_freezes_itself(
    app: Flask, session, officer, giver, *, api_client, person_of, rows
) -> None:
    pair = make_pair(organisation={"handle": HANDLE})
    bring_to(session, pair, officer, MatchState.OFFERED)
    with app.app_context():
        _account, secret = create_account(
            session, Role.ORGANISATION, organisation_id=pair.organisation.id
        )
    programme = api_client(Role.PARTNER, organisation_id=pair.organisation.id)
    hanna = Person(app.test_client()).open("/sign-in")
    hanna.send("Sign in", {"username": secret.name, "password": secret.passphrase})

    # In quiet times she makes a code and gives it to a friend.
    hanna.follow("Your sign-in").follow("A freeze code").send("Make a freeze code")
    (code,) = re.findall(r'<p class="secret" translate="no">([\d ]+)</p>', hanna.source)
    hanna.follow("It is handed over")

    # She does not answer any more. The friend types the code, with one slip; he sees nothing.
    friend = Person(app.test_client()).open("/sign-in")
    friend.follow("Somebody gave me a code to freeze their entry")
    assert friend.send("Freeze now", {"code": code[:-1]}).status == 422
    friend.send("Freeze now", {"code": code.replace(" ", "")})
    assert friend.sees("It is frozen.")
    assert HANDLE not in friend.source

    # From the next request on she is signed out, nobody signs in, and no programme reads.
    assert hanna.open("/o/home").address == "/sign-in"
    hanna.send("Sign in", {"username": secret.name, "password": secret.passphrase})
    assert hanna.sees("The name or the passphrase is not right.")
    assert programme.get("/needs").status_code == 401
    with rows() as reading:
        match = reading.get_one(Match, pair.id)
        assert match.state == MatchState.WITHDRAWN
        assert reading.get_one(Organisation, pair.organisation.id).state == "frozen"
        assert list_needs(reading, officer).items == []
        assert list_matches(reading, giver).items == []

    # Typing it again changes nothing. An officer asks by another way, and opens the entry.
    friend.open("/code").send("Freeze now", {"code": code})
    assert friend.sees("It is frozen.")
    desk = person_of(officer).open(f"/desk/organisations/{pair.organisation.id}")
    assert desk.sees("It is frozen: it did so itself")
    assert desk.send("Open it again").sees("It is open again")
    hanna.open("/sign-in")
    hanna.send("Sign in", {"username": secret.name, "password": secret.passphrase})
    assert hanna.sees(HANDLE)

    # She freezes with her own hand, in one form.
    hanna.follow("Your sign-in").follow("Freeze everything").send("Yes, freeze everything")
    assert hanna.sees("It is frozen.")
    assert hanna.open("/o/home").address == "/sign-in"
