"""The offers that anybody may read without an account."""

from functools import partial
from typing import Any

from sqlmodel import col, select

from registry.domain.audience import Audience
from registry.identity.permissions import shared_offers
from registry.services.offers.view_offer import view_of_list
from registry.services.paging import DEFAULT_LIMIT, ListPage, by_day, list_page
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.offers import Offer
from search.codes import Visibility

NEWEST = by_day("public offers", col(Offer.created_on), descending=True)


def list_public_offers(
    session: RegistrySession, *, cursor: str | None = None, limit: int = DEFAULT_LIMIT
) -> ListPage:
    """List open public offers of trusted donors, newest first.

    Raises:
        RecordRefusedError: a limit or a cursor that cannot be.
    """
    # With its donor behind each row, the view finds that in the session.
    statement: Any = select(Offer, Donor).join(Donor, col(Donor.id) == col(Offer.donor_id))
    return list_page(
        session,
        statement.where(shared_offers((Visibility.PUBLIC,))),
        NEWEST,
        col(Offer.id),
        cursor=cursor,
        limit=limit,
        view_all=partial(view_of_list, session, Audience.PUBLIC),
    )
