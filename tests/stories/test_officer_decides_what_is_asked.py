"""An officer settles what rules ask of officers, and the pairs that waited for it fit."""

from sqlmodel import select

from registry.domain.roles import Role
from registry.jobs.pulse import Heart
from registry.jobs.worker import Worker
from registry.services.matches.propose_matches import propose_all
from registry.storage.matches import Match
from search.codes import PairOutcome, Vetting
from tests.factories import DonorFactory, NeedFactory, OfferFactory, OrganisationFactory
from tests.factories.matches import CLEAR_TERMS


def work(parts) -> None:
    worker = Worker(parts.database, Heart(parts.settings))
    while worker.step():
        pass


def test_officer_decides_what_is_asked(session, parts, person_of, make_actor, rows) -> None:
    vouched = OrganisationFactory.create(vetting=Vetting.VOUCHED, handle="Aspen")
    for _ in range(2):
        NeedFactory.create(organisation=vouched)
    NeedFactory.create()
    newcomer = DonorFactory.create(vetting=Vetting.UNVERIFIED, handle="Lantern")
    OfferFactory.create(donor=newcomer, **CLEAR_TERMS)
    OfferFactory.create(**CLEAR_TERMS, minimum_vetting=Vetting.VERIFIED)
    propose_all(session)
    person = person_of(make_actor(Role.OFFICER))
    assert not person.open("/desk/questions").sees("What pairings wait for from you")
    work(parts)

    # Whom most pairings wait for stands first, with exact numbers.
    person.open("/desk/questions")
    assert person.sees(
        "What pairings wait for from you",
        "The donor is verified? 3 pairings wait for it, 3 for nothing else",
        "The organisation is vetted enough? 2 pairings wait for it, 2 for nothing else",
    )
    assert person.text.index("Lantern") < person.text.index("Aspen")

    # It leads to where it is decided; she proposes it there, and a colleague confirms it.
    person.follow("Lantern").follow("Set to: Checked")
    person.send("Propose it", {"reason": "known_to_the_house"})
    colleague = person_of(make_actor(Role.OFFICER)).open(f"/desk/donors/{newcomer.id}")
    colleague.follow("See what is proposed").send("Confirm it", {"reason": "evidence_seen"})
    assert "Lantern" not in person.open("/desk/questions").text

    # The worker takes its turn, and what waited for that alone fits now.
    work(parts)
    with rows() as reading:
        found = reading.exec(select(Match)).all()
    of_newcomer = [each for each in found if each.donor_id == newcomer.id]
    assert [each.outcome for each in of_newcomer] == [PairOutcome.ELIGIBLE] * 3


def test_only_officers_are_told_exact_numbers(signed_in) -> None:
    for role in (Role.ORGANISATION, Role.DONOR, Role.PARTNER, Role.AUDITOR):
        assert signed_in(role).get("/desk/questions").status_code in (403, 404)
