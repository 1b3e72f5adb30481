"""An offer as an audience sees it."""

from collections.abc import Callable, Sequence
from typing import Any

from registry.domain.audience import Audience
from registry.schemas.audience import fields_for
from registry.services.funding import Funding, read_funding_of
from registry.services.record_fields import view_fields
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.offers import Offer
from search.money import Money, Quantity


def view_offer(
    session: RegistrySession, offer: Offer, audience: Audience, funding: Funding | None = None
) -> dict[str, Any]:
    """Return the offer as a record; `donor` is the external id of its donor.

    `budget_left` is what awards have left of the budget (of the present month, where it is
    monthly). Where the donor may be named at all, `donor_id` stands beside it for links; a donor
    that shows its name is named as `donor_name` to everybody. Lists read `funding` of all their
    offers at once.
    """
    names = fields_for("offer", audience)
    view = view_fields(session.vault, offer, names)
    donor = session.get_one(Donor, offer.donor_id)
    if "budget_left" in names:
        view["budget_left"] = _budget_left(session, offer, funding)
    if "donor" in names:
        view["donor"] = session.vault.read(donor, "external_id")
        view["donor_id"] = donor.id
    if donor.shows_name and donor.handle is not None:
        view["donor_name"] = session.vault.read(donor, "handle")
    return view


def _budget_left(
    session: RegistrySession, offer: Offer, funding: Funding | None
) -> Money | Quantity:
    if offer.spent is None:
        return offer.budget
    funding = funding or read_funding_of(session, [offer])
    return funding.left_of(offer) or offer.budget


def view_of_list(
    session: RegistrySession, audience: Audience, offers: Sequence[Offer]
) -> Callable[[Offer], dict[str, Any]]:
    """Make the view of one of these offers; what awards took is read once for all of them."""
    funding = read_funding_of(session, offers)
    return lambda offer: view_offer(session, offer, audience, funding)
