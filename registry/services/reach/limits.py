"""Which rules a party could relax: those that are there for its sake and follow from its terms."""

from functools import lru_cache

from search.codes import Party
from search.eligibility.catalogue import load_rules
from search.eligibility.facts import OfferFacts, is_absent
from search.eligibility.rule import Rule

ALWAYS_SAID = frozenset({"offer.external_id", "offer.instrument"})
"""Facts that every offer states, and that by themselves turn nobody away."""


def limits_of(offer: OfferFacts) -> tuple[str, ...]:
    """Return the rules for the donor's sake by which an offer's terms could turn somebody away.

    It follows from the offer alone: nobody else's record decides what is counted. A yes is no
    limit.
    """
    return tuple(rule.code for rule in _for_donors() if _is_said(rule, offer))


@lru_cache(maxsize=1)
def limits_of_needs() -> tuple[str, ...]:
    """Return the rules for an organisation's sake that it could relax by changing its own facts."""
    return tuple(
        rule.code
        for rule in load_rules().values()
        if rule.protects is Party.ORGANISATION
        and any(fact.startswith(("need.", "organisation.")) for fact in rule.changeable)
    )


@lru_cache(maxsize=1)
def _for_donors() -> tuple[Rule, ...]:
    return tuple(rule for rule in load_rules().values() if rule.protects is Party.DONOR)


def _is_said(rule: Rule, offer: OfferFacts) -> bool:
    terms = (fact for fact in rule.reads - ALWAYS_SAID if fact.startswith("offer."))
    said = (getattr(offer, fact.removeprefix("offer.")) for fact in terms)
    return any(not is_absent(value) and value is not True for value in said)
