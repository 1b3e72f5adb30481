"""All that is open on the day that is counted, as the engine for all pairs at once reads it.

Only needs of organisations that count stand in it. Beside the offers as they are stands what
public ones say in public: of an offer of somebody else a donor's numbers may tell no more than its
page does. Needs numpy, so neither pages nor API may import this.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from registry.domain.errors import KeyGoneError
from registry.services.matches.match_run import MatchRun
from registry.services.offers.check_offers import public_views
from registry.services.offers.public_rules import public_facts, public_rules
from registry.services.reach.who_counts import WhoCounts
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.offers import Offer
from search.codes import OfferStatus
from search.matching.bulk.book import Book
from search.matching.bulk.field import Field
from search.matching.bulk.relaxing import Relaxing

Pulse = Callable[[], None]


class DayBook:
    """Needs by place (`need_ids`, `owners` and, in `parties`, who stands for the owner) and offers.

    `field` holds the open offers as they are, `places` where each stands and `donors` whose it is,
    by its id; `public` the newest public ones by what they say in public.
    """

    def __init__(self, session: RegistrySession, who: WhoCounts, pulse: Pulse) -> None:
        self._run = MatchRun(session, pulse)
        self._who = who
        settings, today = self._run.settings, session.today
        self._book, shown = Book(settings), Book(settings, public_rules())
        self.owners: list[str] = []
        self.parties: list[str] = []
        self.places: dict[str, int] = {}
        self.donors: dict[str, str] = {}
        self._read_needs(shown)
        self._run.look_up_keys(donor for _, donor in self._run.offers)
        for offer, donor in self._run.offers:
            place = self.add_offer(offer, donor)
            if place is not None:
                self.places[offer.id], self.donors[offer.id] = place, donor.id
        for view in public_views(session)[0]:
            shown.add_offer(view["id"], public_facts(view))
        self.field, self.public = Field(self._book, today), Field(shown, today)
        self.relaxing = Relaxing(self.field)

    @property
    def need_ids(self) -> dict[int, str]:
        return self._book.need_ids

    def add_offer(self, offer: Offer, donor: Donor) -> int | None:
        """Add an offer, as if it were open; return its place, None where its donor is gone."""
        with suppress(KeyGoneError):
            facts = replace(self._run.read_giving(offer, donor), status=OfferStatus.OPEN)
            terms = self._run.terms_of(offer)
            return self._book.add_offer(
                offer.id, facts, weights=terms.weights, left_out=terms.left_out
            )
        return None

    def _read_needs(self, shown: Book) -> None:
        rows = [each for each in self._run.needs if each[1].id in self._who.trusted]
        self._run.look_up_keys(organisation for _, organisation in rows)
        for need, organisation in rows:
            self._run.pulse()
            with suppress(KeyGoneError):  # it deleted itself; the rows follow
                facts = self._run.read_asking(need, organisation)
                self._book.add_need(need.id, *facts)
                shown.add_need(need.id, *facts)
                self.owners.append(organisation.id)
                self.parties.append(self._who.trusted[organisation.id])
