"""What a board reads of one match: the reasons and the numbers, and nobody's identity."""

from collections import Counter
from typing import Any

from sqlmodel import col, select

from registry.domain.errors import NotAllowedError
from registry.identity.actor import Actor
from registry.services.matches.get_match import get_match
from registry.services.matches.matched_records import matched_offers
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from search.codes import PairOutcome, ReviewKind
from search.eligibility.catalogue import load_rules

NEED_CODES = (
    *("category", "amount_requested", "quantity", "asks_for", "minimum_useful"),
    *("months_covered", "needed_by", "useful_until", "urgency_confirmed"),
)
OFFER_CODES = (
    *("instrument", "flexibility", "budget", "budget_left", "min_award", "max_award"),
    *("closes_on", "decision_days", "payout_days", "reporting_required", "publicity_required"),
)
"""What a board reads of the two: what is asked and what is given, and nothing that names a place
or a person."""
_BESIDE = {
    *("on", "settings.entered_rates", "need.breakdown", "need.funded_amount"),
    *("need.minimum_months", "offer.categories", "offer.excluded_categories"),
    *("offer.category_caps", "offer.max_months", "offer.retroactive", "offer.status"),
    "offer.opens_on",
}
"""What belongs to those codes: items and shares of the category, amounts, days."""
_MAY_BE_SAID = frozenset(
    _BESIDE | {f"need.{code}" for code in NEED_CODES} | {f"offer.{code}" for code in OFFER_CODES}
)
"""Only rules that read nothing else are quoted: the paper leaves the house, and a rule's sentence
may name all that it reads, such as a base country, languages or years of work."""
_NAMES_A_CHANNEL = "channel_safety"


def board_paper(
    session: RegistrySession, actor: Actor, match_id: str, language: str
) -> dict[str, Any]:
    """Return all that is printed about a match for those who answer for it.

    Keys: `id state judged_on proposed_amount binds rules score confidence score_parts programme
    programme_version weights_version rules_version` as `get_match` gives them, but of a rule only
    `rule label outcome`, and `sentence` where that names nothing but what the paper holds; `need`,
    `offer` (only the codes above), `organisation` and `donor` (`kind`, `vetting`, `vetted_on`);
    `considered`: `{"offers", "fit", "open", "better"}`, how many other open offers there are
    beside this need, how many of them fit or are still open, and how many of those that fit have
    a better score; `reviews`: `[{"kind", "by_role", "day", "reason_code"}]`.

    Raises:
        NotFoundError: there is no such match.
        NotAllowedError: the actor is no officer.
        KeyGoneError: one of the two sides deleted itself.
    """
    if not actor.is_officer:
        raise NotAllowedError
    view = get_match(session, actor, match_id, language)
    kept = (
        *("id", "state", "judged_on", "proposed_amount", "binds", "score", "confidence"),
        *("outcome", "programme", "programme_version", "weights_version"),
        "rules_version",
    )
    return {
        **{name: view[name] for name in kept},
        "rules": {group: _quote(lines) for group, lines in view["rules"].items()},
        "score_parts": [
            line | {"reason": ""} if line["part"] == _NAMES_A_CHANNEL else line
            for line in view["score_parts"]
        ],
        "need": _only(view["need_side"], NEED_CODES),
        "offer": _only(view["offer_side"], OFFER_CODES),
        "organisation": _only(view["organisation_side"], ("kind", "vetting", "vetted_on")),
        "donor": _only(view["donor_side"], ("donor_kind", "vetting", "vetted_on")),
        "considered": _count_others(session, session.get_one(Match, match_id)),
        "reviews": [
            _only(each, ("kind", "by_role", "day", "reason_code"))
            for each in view["reviews"]
            if each["kind"] != ReviewKind.NOTE
        ],
    }


def _quote(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Name every rule and its outcome; say what it found only where that gives nobody away."""
    rules, said = load_rules(), ("rule", "label", "outcome")
    return [
        _only(line, (*said, "sentence") if rules[line["rule"]].reads <= _MAY_BE_SAID else said)
        for line in lines
    ]


def _only(record: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: record[name] for name in names if record.get(name) is not None}


def _count_others(session: RegistrySession, match: Match) -> dict[str, int]:
    """Count the other open offers that this need was held against, as matches keep it."""
    offers = {offer.id for offer, _ in matched_offers(session)} - {match.offer_id}
    statement = select(col(Match.outcome), col(Match.score), col(Match.offer_id)).where(
        col(Match.need_id) == match.need_id, col(Match.id) != match.id
    )
    others = [row for row in session.execute(statement) if row.offer_id in offers]
    outcomes = Counter(row.outcome for row in others)
    return {
        "offers": len(offers),
        "fit": outcomes[PairOutcome.ELIGIBLE],
        "open": outcomes[PairOutcome.NEEDS_INFORMATION],
        "better": sum(
            row.outcome == PairOutcome.ELIGIBLE and row.score > match.score for row in others
        ),
    }
