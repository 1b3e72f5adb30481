"""Judging one pair: what rules and score say of a need beside an offer, ready to be stored."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from registry.services.matches.evidence import EvidenceWriter, record_evidence
from registry.services.matches.match_run import MatchRun
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.codes import PairOutcome
from search.eligibility import rules as rules_folder
from search.eligibility.pair import Pair
from search.eligibility.verdict import Waiver
from search.matching.pairing import Pairing, examine
from search.money import Amount


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged pair with the ids of its sides, and what a match keeps of it.

    `evidence` (see `record_evidence`) and `written`, its text, are put together when asked for.
    """

    need_id: str
    offer_id: str
    organisation_id: str
    donor_id: str
    pair: Pair = field(repr=False)
    pairing: Pairing = field(repr=False)
    writer: EvidenceWriter = field(repr=False)
    rules_version: str
    programme_id: str
    programme_number: int

    @property
    def ids(self) -> tuple[str, str]:
        """The need and the offer."""
        return self.need_id, self.offer_id

    @property
    def evidence(self) -> dict[str, Any]:
        return record_evidence(self.pair, self.pairing)

    @property
    def written(self) -> str:
        return self.writer.write(self.pair, self.pairing)

    @property
    def facts_hash(self) -> bytes:
        """Tells whether what the pair was judged by has changed."""
        return self.writer.hash_facts(self.pair)

    @property
    def outcome(self) -> PairOutcome:
        return self.pairing.outcome

    @property
    def score(self) -> float:
        return self.pairing.score.value

    @property
    def confidence(self) -> float:
        return self.pairing.score.confidence

    @property
    def weights_version(self) -> str:
        return self.pairing.score.weights_version

    @property
    def terms(self) -> tuple[str, int]:
        """The programme, and the number of its version, by which the pair was judged."""
        return self.programme_id, self.programme_number

    @property
    def proposed_amount(self) -> Amount | None:
        proposed = self.pairing.score.proposed
        return proposed.amount if proposed else None


def judge_pair(
    session: RegistrySession, need: Need, offer: Offer, waivers: Iterable[Waiver] = ()
) -> Judged:
    """Judge one pair as it stands today, whatever states the two are in; nothing is stored.

    Raises:
        KeyGoneError: one of the two deleted itself.
    """
    organisation = session.get_one(Organisation, need.organisation_id)
    donor = session.get_one(Donor, offer.donor_id)
    return judge_sides(MatchRun(session), (need, organisation), (offer, donor), waivers)


def judge_sides(
    run: MatchRun,
    asking: tuple[Need, Organisation],
    giving: tuple[Offer, Donor],
    waivers: Iterable[Waiver] = (),
) -> Judged:
    """Judge one pair of a run; see `judge_pair`."""
    pair = run.pair_of(*asking, *giving)
    terms = run.terms_of(giving[0])
    pairing = examine(
        pair,
        run.affinity_of(asking[0], giving[0]),
        waivers=waivers,
        weights=terms.weights,
        left_out=terms.left_out,
        memory=run.memory,
    )
    return Judged(
        need_id=asking[0].id,
        offer_id=giving[0].id,
        organisation_id=asking[1].id,
        donor_id=giving[1].id,
        pair=pair,
        pairing=pairing,
        writer=run.writer,
        rules_version=rules_version(),
        programme_id=terms.programme_id,
        programme_number=terms.number,
    )


@lru_cache(maxsize=1)
def rules_version() -> str:
    """Name the rules as their files are now: 16 hex digits, others after any change."""
    digest = hashlib.sha256()
    for folder in rules_folder.__path__:
        for file in sorted(Path(folder).glob("*.py")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
