"""Somebody without an account sees which public offers would fit; nothing of it is kept.

Judged is by what public offers say in public and by nothing else (see `public_rules`): the
answer to any question, or to all of them, tells no more of an offer than its page does. What its
programme leaves out is not on its page: every public rule is judged for every offer.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from registry.domain.audience import Audience
from registry.domain.errors import FieldProblem, RecordRefusedError
from registry.schemas.check import write_need
from registry.services.matches.rule_lines import Speaker
from registry.services.matches.verdicts import JudgedRule
from registry.services.offers.list_public_offers import list_public_offers
from registry.services.offers.public_rules import officers_rules, public_facts, public_rules
from registry.services.paging import LARGEST_LIMIT
from registry.storage.database import RegistrySession
from search.codes import Outcome, PairOutcome
from search.eligibility.engine import Assessment, judge
from search.eligibility.facts import NeedFacts, OrganisationFacts
from search.eligibility.pair import Pair, Settings
from search.eligibility.reading import read_need
from search.eligibility.refusal import FactsRefused
from search.matching.score import score_pair

MOST_OFFERS = 200
"""Public offers that one question is held against, the newest ones: work stays bounded."""

ORDER = (PairOutcome.ELIGIBLE, PairOutcome.NEEDS_INFORMATION, PairOutcome.NOT_ELIGIBLE)


def check_offers(
    session: RegistrySession, said: Mapping[str, Mapping[str, Any]], language: str
) -> dict[str, Any]:
    """Judge every public offer for what was said (`{"need", "organisation"}`, loaded values).

    Returns:
        `on` (the day), `offers` and `more` (whether there are more public offers than these),
        `officers`: `{"rule", "label"}` of what officers would still look at, always the same. An
        offer: `offer` (as the public sees it), `outcome` (a PairOutcome by the public rules
        alone), `in_the_way` and `to_ask` (rules as `Speaker.rule_line` says them), `met` (the
        same, and empty where something stands in the way).
        The best come first: by outcome, by how much is open, by score, by id.

    Raises:
        RecordRefusedError: what was said does not agree with itself.
    """
    need, organisation = _read_need(said["need"]), _read_organisation(said["organisation"])
    views, more = public_views(session)
    pairs = [_pair(session, need, organisation, view) for view in views]
    checked = [_check(view, pair, language) for view, pair in zip(views, pairs, strict=True)]
    return {
        "on": session.today,
        "offers": [line for _, line in sorted(checked, key=lambda each: each[0])],
        "more": more,
        "officers": [
            {"rule": code, "label": rule.label.in_language(language)}
            for code, rule in officers_rules().items()
        ],
    }


def _read_need(said: Mapping[str, Any]) -> NeedFacts:
    try:
        return read_need(write_need(said))
    except FactsRefused as refused:
        problems = [FieldProblem("funded_amount", fault.code) for fault in refused.errors]
        raise RecordRefusedError(problems) from None


def _read_organisation(said: Mapping[str, Any]) -> OrganisationFacts:
    """Take over what public rules read, and nothing else: papers and base change no answer."""
    return OrganisationFacts(
        kind=said["kind"],
        legal_statuses=(),
        base_country="",
        operates_in=tuple(said.get("operates_in", ())),
        languages=tuple(said.get("languages", ())),
        active_since=said.get("active_since"),
    )


def public_views(session: RegistrySession) -> tuple[list[dict[str, Any]], bool]:
    """Return the newest public offers as the public sees them, and whether there are more."""
    views: list[dict[str, Any]] = []
    cursor: str | None = None
    while len(views) < MOST_OFFERS:
        limit = min(LARGEST_LIMIT, MOST_OFFERS - len(views))
        page = list_public_offers(session, cursor=cursor, limit=limit)
        views.extend(page.items)
        cursor = page.next_cursor
        if cursor is None:
            break
    return views, cursor is not None


def _pair(
    session: RegistrySession,
    need: NeedFacts,
    organisation: OrganisationFacts,
    view: Mapping[str, Any],
) -> Pair:
    settings = Settings(home_countries=session.settings.home_countries)
    return Pair(need, organisation, public_facts(view), session.today, settings)


def _check(
    view: dict[str, Any], pair: Pair, language: str
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Judge one offer; return what it is sorted by, and its line."""
    judged = list(_judge_in_public(pair))
    assessment = Assessment(tuple(each.verdict for each in judged))
    speaker = Speaker(language, Audience.PUBLIC, own=("need", "organisation"))
    is_refused = assessment.outcome is PairOutcome.NOT_ELIGIBLE
    lines = speaker.group_rules(
        each for each in judged if not (is_refused and each.outcome is Outcome.MET)
    )
    open_rules = len(lines["in_the_way"]) + len(lines["to_ask"])
    place = (
        ORDER.index(assessment.outcome),
        open_rules,
        -score_pair(pair, assessment).value,
        view["id"],
    )
    return place, {
        "offer": view,
        "outcome": assessment.outcome,
        "in_the_way": lines["in_the_way"],
        "to_ask": lines["to_ask"],
        "met": lines["met"],
    }


def _judge_in_public(pair: Pair) -> Iterator[JudgedRule]:
    for rule in public_rules().values():
        yield JudgedRule(rule, judge(rule, pair), None, False)
