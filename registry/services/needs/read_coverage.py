"""How far needs are covered by what awards gave, for pages that show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from registry.services.funding import Funding, read_funding
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from search.money import Amount


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was given of what is asked, both in the same currency or unit."""

    given: Amount
    asked: Amount


def read_coverage(
    session: RegistrySession, views: Iterable[Mapping[str, Any]]
) -> dict[str, Coverage | None]:
    """Return id -> how far a need is covered; None where it does not say how much it asks.

    `views` are needs that the actor was shown before; whoever sees a need may see this.
    """
    funding = read_funding(session)
    return {view["id"]: _coverage(session, funding, view) for view in views}


def _coverage(
    session: RegistrySession, funding: Funding, view: Mapping[str, Any]
) -> Coverage | None:
    asked: Amount | None = view.get("amount_requested") or view.get("quantity")
    if asked is None:
        return None
    given = funding.given_to(session.get_one(Need, view["id"]))
    return Coverage(given or replace(asked, hundredths=0), asked)
