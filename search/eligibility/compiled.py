"""How a rule lets itself be judged for many pairs at once; read by `search.eligibility.bulk`.

A rule that declares nothing here is compiled from its `reads` alone: its check is asked once for
every two different sets of facts. That is enough while few values differ (codes, countries,
flags). A rule that reads amounts, days or identifiers says here what of them matters. Nothing
here needs numpy, so that the rules load without it.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.pair import Settings

Asking = Callable[[NeedFacts, OrganisationFacts, Settings], Hashable]
Giving = Callable[[OfferFacts], Hashable]
Decide = Callable[[Any, Any, int], tuple[Any, Any]]
"""(columns asked, columns given, day as an ordinal) -> where not met, where unknown.

Both sides come as numpy arrays of int64 that broadcast, one per member of the key. Where both
answers are true, not met wins.
"""


@dataclass(frozen=True, slots=True)
class Names:
    """Identifiers that both sides may name; sharing one changes what a rule says.

    `nameless` gives an offer that shares no name with anybody.
    """

    asking: Callable[[NeedFacts, OrganisationFacts], Iterable[str]]
    giving: Callable[[OfferFacts], Iterable[str]]
    nameless: Callable[[OfferFacts], OfferFacts]


@dataclass(frozen=True, slots=True)
class ByKeys:
    """The outcome depends on the two keys (and the day) alone, and on whether a name is shared.

    The check is asked once for two keys; with `decide`, the keys are tuples of whole numbers and
    it answers in its place for many keys at once.
    """

    asking: Asking
    giving: Giving
    decide: Decide | None = None
    names: Names | None = None


@dataclass(frozen=True, slots=True)
class ByAwards:
    """The outcome is that of the award's range: compiled in `search.eligibility.bulk.awards`."""


Compiled = ByKeys | ByAwards
