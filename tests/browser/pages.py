"""Going through all pages that a person can reach by links."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import parse_qs, urljoin, urlsplit

from tests.browser.visitor import Visitor

IDENTIFIER = re.compile(r"/[0-9a-f]{32}")
HREFS = "() => [...document.querySelectorAll('a[href]')].map(a => a.href)"
PUBLIC = ("/",)
OWN_PAGES = {
    "visitor": PUBLIC,
    "organisation": ("/o/", "/your-sign-in/"),
    "donor": ("/d/", "/your-sign-in/", "/second-factor/"),
    "officer": ("/desk/",),
    "partner": ("/keys/",),
    "auditor": ("/trail/",),
    "admin": ("/accounts/",),
}
"""Where the pages of each role begin; those of others are looked at when it is their turn."""


def kind_of(address: str) -> str:
    """Return an address without what differs between two pages of one kind."""
    parts = urlsplit(address)
    asked = "&".join(sorted(parse_qs(parts.query)))
    return IDENTIFIER.sub("/…", parts.path) + (f"?{asked}" if asked else "")


def follow_links(
    visitor: Visitor, most_of_a_kind: int, within: tuple[str, ...] = PUBLIC
) -> Iterator[str]:
    """Open pages once, few of each kind, from the first one on; yield what kind is shown now.

    Who is signed in stays signed in: signing out is a form, not a link.
    """
    seen: set[str] = set()
    kinds: Counter[str] = Counter()
    waiting = [visitor.page.url]
    inside = tuple(visitor.address + start for start in within)
    while waiting:
        address = waiting.pop(0)
        kind = kind_of(address)
        if address in seen or kinds[kind] >= most_of_a_kind:
            continue
        seen.add(address)
        kinds[kind] += 1
        visitor.page.goto(address)
        hrefs = [urljoin(address, href).partition("#")[0] for href in visitor.page.evaluate(HREFS)]
        waiting += [href for href in hrefs if href.startswith(inside)]
        yield kind
