"""One run of the matcher: what it opened, kept as facts for the length of the run.

A rule that reads open columns only can say no before anything guarded is opened, so that ten
thousand needs beside a new offer cost little more than reading their rows.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Protocol

from registry.services.facts import OPEN_FACTS, FactsReader, open_reader
from registry.services.matches.evidence import EvidenceWriter
from registry.services.matches.matched_records import belongs_to, matched_needs, matched_offers
from registry.services.programmes.read_terms import Terms, read_present_terms
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from registry.storage.programmes import GENERAL
from search.codes import Outcome
from search.eligibility.catalogue import load_rules
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.pair import Pair, Settings
from search.eligibility.rule import Rule, Shape
from search.matching.affinity import TellingWords, affinity, read_words
from search.matching.memory import Memory


class Best(Protocol):
    """Knows which pairs of a record are worth proposing."""

    def offers_of(self, need_id: str) -> list[str]: ...

    def needs_of(self, offer_id: str) -> list[str]: ...

    def choose_all(self, pulse: Callable[[], None]) -> dict[str, list[str]]: ...


class MatchRun:
    """Facts of everything that one run pairs, over the database as one session sees it.

    `pulse` is called before every pair: the worker shows by it that it goes on, or ends. With
    terms that are only `tried`, the run sees the offers of their programme alone. With `best`,
    a record is held against the best ones of the other side only, not against all.
    """

    def __init__(
        self,
        session: RegistrySession,
        pulse: Callable[[], None] = lambda: None,
        tried: Terms | None = None,
        best: Best | None = None,
    ) -> None:
        self.session = session
        self.pulse = pulse
        self.best = best
        self._tried = tried
        self.settings = Settings(home_countries=session.settings.home_countries)
        self.memory = Memory()
        self.writer = EvidenceWriter(session.vault)
        self._reader: FactsReader = open_reader(session)
        self._words: dict[str, TellingWords | None] = {}
        self._open_facts: dict[str, tuple[NeedFacts, OrganisationFacts]] = {}

    @cached_property
    def needs(self) -> list[tuple[Need, Organisation]]:
        """Every need that is matched, with its organisation."""
        return matched_needs(self.session)

    @cached_property
    def offers(self) -> list[tuple[Offer, Donor]]:
        """Every offer that is matched, with its donor."""
        if self._tried is None:
            return matched_offers(self.session)
        return matched_offers(self.session, belongs_to(self._tried.programme_id))

    @cached_property
    def _terms(self) -> dict[str, Terms]:
        present = read_present_terms(self.session)
        return present | ({self._tried.programme_id: self._tried} if self._tried else {})

    def terms_of(self, offer: Offer) -> Terms:
        """Return by what the offer's programme judges; the same object for all its offers."""
        return self._terms[offer.programme_id or GENERAL]

    def pair_of(self, need: Need, organisation: Organisation, offer: Offer, donor: Donor) -> Pair:
        """Open both sides; the organisation's names only where the offer excludes some.

        Raises:
            KeyGoneError: one of the two deleted itself.
        """
        offer_facts = self._reader.read_offer(offer, donor)
        named = bool(offer_facts.excluded_organisations)
        return self._pair(
            self._reader.read_need(need),
            self._reader.read_organisation(organisation, named=named),
            offer_facts,
        )

    def read_asking(
        self, need: Need, organisation: Organisation
    ) -> tuple[NeedFacts, OrganisationFacts]:
        """Open a need and its organisation, with the names that an offer may exclude.

        Raises:
            KeyGoneError: the organisation deleted itself.
        """
        return (
            self._reader.read_need(need),
            self._reader.read_organisation(organisation, named=True),
        )

    def read_giving(self, offer: Offer, donor: Donor) -> OfferFacts:
        """Open an offer; raises KeyGoneError where its donor deleted itself."""
        return self._reader.read_offer(offer, donor)

    def look_up_keys(self, owners: Iterable[Organisation | Donor]) -> None:
        """Read the data keys of many owners at once, because they are opened next."""
        self.session.vault.keys.look_up({owner.id for owner in owners})

    def affinity_of(self, need: Need, offer: Offer) -> float | None:
        """Compare title and summary of both sides (never the situation); None without text."""
        return affinity(self._words_of(need), self._words_of(offer))

    def may_fit(self, need: Need, organisation: Organisation, offer: Offer, donor: Donor) -> bool:
        """Say whether no rule refuses the pair by what its need says in open columns."""
        known = self._read_open(need, organisation)
        pair = self._pair(*known, self._reader.read_offer(offer, donor))
        left_out = self.terms_of(offer).left_out
        return not any(
            rule.is_in_force(pair.on) and rule.check(pair).outcome is Outcome.NOT_MET
            for rule in open_rules().values()
            if rule.code not in left_out
        )

    def _pair(self, need: NeedFacts, organisation: OrganisationFacts, offer: OfferFacts) -> Pair:
        return Pair(need, organisation, offer, self.session.today, self.settings)

    def _words_of(self, row: Need | Offer) -> TellingWords | None:
        if row.id not in self._words:
            vault = self.session.vault
            opened = [vault.read(row, name) for name in ("title", "summary")]
            text = "\n".join(each for each in opened if each)
            language = vault.read_document(row, "coded").get("language") if text else None
            self._words[row.id] = read_words(text, language) if text else None
        return self._words[row.id]

    def _read_open(
        self, need: Need, organisation: Organisation
    ) -> tuple[NeedFacts, OrganisationFacts]:
        if need.id not in self._open_facts:
            self._open_facts[need.id] = (
                self._reader.read_open_need(need),
                self._reader.read_open_organisation(organisation),
            )
        return self._open_facts[need.id]


@lru_cache(maxsize=1)
def open_rules() -> Mapping[str, Rule]:
    """Return the rules that read nothing guarded of either side of a need, quick ones first."""
    found = {code: rule for code, rule in load_rules().items() if _reads_open_facts(rule)}
    return dict(sorted(found.items(), key=lambda each: each[1].shape is not Shape.MEMBERSHIP))


def _reads_open_facts(rule: Rule) -> bool:
    guarded = (fact for fact in rule.reads if fact.startswith(("need.", "organisation.")))
    return OPEN_FACTS.issuperset(guarded)
