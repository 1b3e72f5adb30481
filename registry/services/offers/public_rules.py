"""Which rules somebody without an account may follow, and the facts of an offer they are told by.

A rule that reads a fact which never leaves the house (ways of paying, papers, base countries,
vetting, who is excluded) is not judged at all for the public: whoever tried out all answers
would read the list off what is refused. Officers look at those, whatever was said; the page
always names the same ones.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from registry.domain.audience import Audience
from registry.schemas.audience import fields_for
from registry.schemas.records import dump_record
from search.eligibility.catalogue import load_rules
from search.eligibility.facts import OfferFacts
from search.eligibility.fields import OFFER
from search.eligibility.reading import read_offer
from search.eligibility.rule import Rule

LEFT_AS_UNKNOWN = frozenset({"offer.budget_left", "offer.external_id"})
"""Facts that are kept from the public and that a rule can do without: the whole budget stands for
what is left of it, and nobody without an account was helped by this offer before."""


@lru_cache(maxsize=1)
def public_rules() -> Mapping[str, Rule]:
    """Return the rules that read nothing of an offer but what its public page says."""
    told = {f"offer.{name}" for name in fields_for("offer", Audience.PUBLIC)} | LEFT_AS_UNKNOWN
    return {
        code: rule
        for code, rule in load_rules().items()
        if all(fact in told for fact in rule.reads if fact.startswith("offer."))
    }


@lru_cache(maxsize=1)
def officers_rules() -> Mapping[str, Rule]:
    """Return the rules that only officers can judge; the same ones for every offer."""
    return {code: rule for code, rule in load_rules().items() if code not in public_rules()}


def public_facts(view: Mapping[str, Any]) -> OfferFacts:
    """Read an offer's facts from what the public is shown of it, and from nothing else."""
    shown = dump_record("offer", view, Audience.PUBLIC)
    return read_offer({name: value for name, value in shown.items() if name in OFFER})
