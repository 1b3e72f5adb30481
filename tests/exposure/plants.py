"""A registry whose every text that can name or betray somebody holds a word found nowhere else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from registry.domain.trust import VettingReason
from registry.identity.actor import HOUSE, Actor
from registry.services.envelopes.own_envelopes import write_own_envelope
from registry.services.matches.award_match import award_match
from registry.services.matches.note_match import note_match
from registry.services.programmes.add_programme import add_programme
from registry.services.programmes.save_programme import save_programme
from registry.services.questions.answer_question import answer_question
from registry.services.questions.ask_question import ask_question
from registry.services.vetting.set_vetting import set_vetting
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from registry.storage.records import write_record
from search.codes import EnvelopeKind, MatchState, Reader, Vetting, Visibility
from search.matching.score import load_parts
from search.money import Money
from tests.factories import DonorFactory, OfferFactory, OrganisationFactory
from tests.factories.accounts import SHARED_SECRET, give_key_pair
from tests.factories.matches import Pair, bring_to, make_pair

Plant = tuple[str, str]
"""(record, field): which field of which record a word stands in."""

PLANTS: Mapping[Plant, str] = {
    **{("organisation", name): f"zq{name}ofasking" for name in ("external_id", "handle")},
    **{("donor", name): f"zq{name}ofgiving" for name in ("external_id", "handle")},
    **{
        ("need", name): f"zq{name}ofneed"
        for name in ("external_id", "title", "summary", "situation")
    },
    **{("offer", name): f"zq{name}ofoffer" for name in ("external_id", "title", "summary")},
    **{("public offer", name): f"zq{name}ofpublic" for name in ("external_id", "title", "summary")},
    ("donor", "intermediary"): "zqexternalidofbetween",
    ("award", "conditions"): "zqconditionsofaward",
    ("programme", "name"): "zqnameofprogramme",
    ("programme", "reason"): "zqreasonofprogramme",
    ("review", "note"): "zqnoteofreview",
    ("vetting", "note"): "zqnoteofvetting",
    ("question to organisation", "text"): "zqtexttoasking",
    ("question to organisation", "answer"): "zqanswerofasking",
    ("question to donor", "text"): "zqtexttogiving",
    ("question to donor", "answer"): "zqanswerofgiving",
    ("envelope of organisation", "contact"): "zqcontactofasking",
    ("envelope of organisation", "legal_name"): "zqlegalnameofasking",
    ("envelope of organisation", "payout"): "zqpayoutofasking",
    ("envelope of donor", "contact"): "zqcontactofgiving",
    ("envelope of donor", "legal_name"): "zqlegalnameofgiving",
    ("account", "second_factor"): SHARED_SECRET.lower(),
}
"""Where a word stands -> the word, in lower case; letters alone, so that no page changes it."""


@dataclass(frozen=True, slots=True)
class Planted:
    """The rows in which the words stand."""

    pair: Pair
    public_offer: Offer
    hub: Organisation
    programme_id: str
    questions: tuple[str, ...]
    privates: Mapping[str, bytes]
    """Account -> the private key that opens what its party sealed."""


def plant(
    session: RegistrySession, officer: Actor, state: MatchState, readers: list[Reader]
) -> Planted:
    """Make a pair whose every text is a planted word, and bring it to a state."""
    pair = make_pair(
        organisation=_words("organisation") | {"vetting": Vetting.UNVERIFIED},
        need=_words("need") | {"readers": readers, "language": "en"},
        donor=_words("donor"),
        offer=_words("offer") | {"visibility": Visibility.MEMBERS, "language": "en"},
    )
    hub = OrganisationFactory.create()
    pair.organisation.hosted_by_id = hub.id
    public = OfferFactory.create(
        donor=pair.donor, visibility=Visibility.PUBLIC, **_words("public offer")
    )
    _verify(session, pair.organisation)
    _between(session, pair)
    programme_id = _programme(session, officer)
    bring_to(
        session, pair, officer, MatchState.INTRODUCED if state is MatchState.AWARDED else state
    )
    if state is MatchState.AWARDED:
        given, said = Money(100_000, "EUR"), PLANTS["award", "conditions"]
        award_match(session, officer, pair.id, amount=given, conditions=said)
    note_match(session, officer, pair.id, note=PLANTS["review", "note"])
    questions = tuple(_ask(session, officer, pair))
    privates = _seal(session, pair)
    session.commit()
    return Planted(pair, public, hub, programme_id, questions, privates)


def _words(record: str) -> dict[str, str]:
    return {field: word for (whose, field), word in PLANTS.items() if whose == record}


def _verify(session: RegistrySession, party: Organisation | Donor) -> None:
    set_vetting(
        session,
        HOUSE,
        "organisation",
        party.id,
        vetting=Vetting.VERIFIED,
        reason=VettingReason.EVIDENCE_SEEN,
        note=PLANTS["vetting", "note"],
    )


def _between(session: RegistrySession, pair: Pair) -> None:
    """Let the donor give through another one."""
    between = DonorFactory.create(external_id=PLANTS["donor", "intermediary"])
    write_record(session.vault, pair.donor, {"intermediary": PLANTS["donor", "intermediary"]})
    session.add_all((pair.donor, between))
    session.flush()


def _programme(session: RegistrySession, officer: Actor) -> str:
    made = add_programme(session, officer, name=PLANTS["programme", "name"])
    save_programme(
        session,
        officer,
        made["id"],
        left_out=[],
        weights=dict.fromkeys(load_parts(), 7),
        reason=PLANTS["programme", "reason"],
        version=made["version"],
    )
    return str(made["id"])


def _ask(session: RegistrySession, officer: Actor, pair: Pair) -> Iterator[str]:
    sides = (
        ("organisation", "need", pair.need.id, pair.holder),
        ("donor", "offer", pair.offer.id, pair.giver),
    )
    for side, about, about_id, answering in sides:
        words = _words(f"question to {side}")
        asked = ask_question(session, officer, about, about_id, to_role=side, text=words["text"])
        answer_question(session, answering, asked["id"], words["answer"])
        yield asked["id"]


def _seal(session: RegistrySession, pair: Pair) -> dict[str, bytes]:
    privates = {}
    for side, owner in (("organisation", pair.holder), ("donor", pair.giver)):
        privates[owner.account_id] = give_key_pair(session, owner.account_id)
        for kind, word in _words(f"envelope of {side}").items():
            write_own_envelope(session, owner, EnvelopeKind(kind), word, None)
    return privates
