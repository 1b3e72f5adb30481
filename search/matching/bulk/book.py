"""The needs and offers of all pairs, encoded for rules, scores and texts, to be changed one by one.

Each stands in a place; a place that was given back is taken again. Facts stay in memory.
"""

from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from search.eligibility.bulk.columns import grown
from search.eligibility.bulk.sides import Asking, Giving
from search.eligibility.facts import NeedFacts, OfferFacts, OrganisationFacts
from search.eligibility.pair import Settings
from search.eligibility.rule import Rule
from search.matching.affinity import TellingWords
from search.matching.bulk.keys import SideKeys
from search.matching.bulk.texts import TextBook
from search.matching.weights import Weights


class Book:
    """Needs and offers by place, and the identifiers by which equal scores are ordered."""

    def __init__(
        self, settings: Settings | None = None, rules: Mapping[str, Rule] | None = None
    ) -> None:
        """Make room for both sides; judged is by all rules of the catalogue or by some of them."""
        self.asking = Asking(settings, rules)
        self.giving = Giving(self.asking)
        self.texts = TextBook()
        self.need_ids: dict[int, str] = {}
        self.offer_ids: dict[int, str] = {}
        self.need_keys = SideKeys(
            ("need", "organisation"), lambda: self.asking, self.asking.facts.__getitem__
        )
        self.offer_keys = SideKeys(
            ("offer",), lambda: self.giving, lambda place: (self.giving.facts[place],)
        )
        self.own_weights: list[Weights | None] = [None]
        self._weights_of_offers: NDArray[np.int32] = np.zeros(64, np.int32)

    def add_need(
        self,
        need_id: str,
        need: NeedFacts,
        organisation: OrganisationFacts,
        words: TellingWords | None = None,
    ) -> int:
        """Add a need with the telling words of its text; return its place."""
        place = self.asking.add(need, organisation)
        self._note_need(place, need_id, words)
        return place

    def replace_need(
        self,
        place: int,
        need: NeedFacts,
        organisation: OrganisationFacts,
        words: TellingWords | None = None,
    ) -> None:
        """Put other facts and another text in place of a need's; raises KeyError."""
        self.asking.replace(place, need, organisation)
        self._note_need(place, self.need_ids[place], words)

    def remove_need(self, place: int) -> None:
        """Forget a need; raises KeyError where none stands."""
        self.asking.remove(place)
        self.need_keys.drop(place)
        self.texts.needs.put(place, None)
        del self.need_ids[place]

    def add_offer(
        self,
        offer_id: str,
        offer: OfferFacts,
        words: TellingWords | None = None,
        *,
        weights: Weights | None = None,
        left_out: Collection[str] = (),
    ) -> int:
        """Add an offer; return its place. `weights` and `left_out` are those of its programme.

        Raises ValueError where a rule does not exist.
        """
        place = self.giving.add(offer, left_out)
        self._note_offer(place, offer_id, words, weights)
        return place

    def replace_offer(
        self,
        place: int,
        offer: OfferFacts,
        words: TellingWords | None = None,
        *,
        weights: Weights | None = None,
        left_out: Collection[str] = (),
    ) -> None:
        """Put another offer in place of one; raises KeyError and ValueError."""
        self.giving.replace(place, offer, left_out)
        self._note_offer(place, self.offer_ids[place], words, weights)

    def remove_offer(self, place: int) -> None:
        """Forget an offer; raises KeyError where none stands."""
        self.giving.remove(place)
        self.offer_keys.drop(place)
        self.texts.offers.put(place, None)
        del self.offer_ids[place]

    def weights_of(self, offers: NDArray[np.intp]) -> NDArray[np.int32]:
        """Return per offer which of `own_weights` count; 0 where it has none of its own."""
        self._weights_of_offers = grown(self._weights_of_offers, self.giving.places.many, 0)
        numbers: NDArray[np.int32] = self._weights_of_offers[offers]
        return numbers

    def _note_need(self, place: int, need_id: str, words: TellingWords | None) -> None:
        self.need_ids[place] = need_id
        self.need_keys.put(place, self.asking.facts[place])
        self.texts.needs.put(place, words)

    def _note_offer(
        self, place: int, offer_id: str, words: TellingWords | None, weights: Weights | None
    ) -> None:
        self.offer_ids[place] = offer_id
        self.offer_keys.put(place, (self.giving.facts[place],))
        self.texts.offers.put(place, words)
        if weights not in self.own_weights:
            self.own_weights.append(weights)
        self._weights_of_offers = grown(self._weights_of_offers, place + 1, 0)
        self._weights_of_offers[place] = self.own_weights.index(weights)
