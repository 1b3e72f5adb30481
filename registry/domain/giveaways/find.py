"""Finding what gives people away, each piece once and under its surest kind."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from registry.domain.giveaways.accounts import Span, find_accounts, find_cards
from registry.domain.giveaways.addresses import find_addresses
from registry.domain.giveaways.contacts import find_emails, find_handles, find_links
from registry.domain.giveaways.documents import find_documents
from registry.domain.giveaways.kinds import GiveawayKind
from registry.domain.giveaways.phones import find_phones
from registry.domain.giveaways.reading import Reading, read

_FINDERS: Mapping[GiveawayKind, Callable[[Reading], Iterator[Span]]] = {
    GiveawayKind.EMAIL: find_emails,
    GiveawayKind.HANDLE: find_handles,
    GiveawayKind.LINK: find_links,
    GiveawayKind.ACCOUNT: find_accounts,
    GiveawayKind.CARD: find_cards,
    GiveawayKind.DOCUMENT: find_documents,
    GiveawayKind.ADDRESS: find_addresses,
    GiveawayKind.PHONE: find_phones,
}


_NUMBERED = {
    GiveawayKind.ACCOUNT,
    GiveawayKind.CARD,
    GiveawayKind.DOCUMENT,
    GiveawayKind.ADDRESS,
}
"""Kinds that no text without a digit holds: most texts are done with here."""


@dataclass(frozen=True, slots=True, repr=False)
class Giveaway:
    """One piece of a text, from `start` up to `end`, and what it seems to be."""

    kind: GiveawayKind
    start: int
    end: int


def find_giveaways(text: str) -> list[Giveaway]:
    """Return what in a text would let someone recognise a person, in the order of the text.

    Pieces do not overlap: what could be several things counts as the first of `GiveawayKind`.
    """
    reading = read(text)
    taken: list[tuple[GiveawayKind, Span]] = []
    for kind, find in _FINDERS.items():
        if kind in _NUMBERED and not reading.has_digits:
            continue
        for start, end in find(reading):
            if all(end <= other[0] or start >= other[1] for _, other in taken):
                taken.append((kind, (start, end)))
    found = [Giveaway(kind, *reading.place(*span)) for kind, span in taken]
    return sorted(found, key=lambda each: each.start)
