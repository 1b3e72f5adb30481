"""Offers: donors write their own, others read what is meant for them."""

from typing import Any

from flask.views import MethodView

from registry.api.blueprint import ApiBlueprint
from registry.api.conditions import ETAG, IF_MATCH, IF_MATCH_AT_WILL, stated_version, tag_version
from registry.api.documents import OfferViewSchema, page_of, view_of
from registry.api.queries import OfferListQuery
from registry.api.warnings import with_warnings
from registry.identity.current import current_actor, current_session
from registry.schemas.offer import OfferSchema
from registry.services.donors.find_donor import find_named_donor
from registry.services.offers.change_offer import change_offer
from registry.services.offers.find_offer import find_offer
from registry.services.offers.get_offer import get_offer
from registry.services.offers.list_offers import list_offers
from registry.services.offers.move_offer import move_offer
from registry.services.offers.post_offer import post_offer
from registry.services.paging import ListPage
from search.codes import OfferStatus

offers = ApiBlueprint("offers", description="What donors can give.")

VIEW = view_of(OfferViewSchema)


@offers.route("/offers")
class OfferList(MethodView):
    """The list of offers."""

    @offers.arguments(OfferListQuery, location="query")
    @offers.response(200, page_of(OfferViewSchema))
    def get(self, query: dict[str, Any]) -> ListPage:
        """List offers.

        Donors see their own; organisations and partners the open ones that are meant for members
        or the public, without channels, legal statuses and base countries where they leave.
        """
        session, actor = current_session(), current_actor()
        page = {name: query.pop(name, None) for name in ("cursor", "limit")}
        return list_offers(session, actor, filters=query, **page)

    @offers.arguments(OfferSchema)
    @offers.response(201, VIEW, headers=ETAG)
    def post(self, record: dict[str, Any]) -> Any:
        """Post an offer.

        `donor` is the external id (or the id) of the donor that this key belongs to.
        """
        session, actor = current_session(), current_actor()
        donor = find_named_donor(session, actor, record.pop("donor"))
        return tag_version(
            with_warnings("offer", record, post_offer(session, actor, donor.id, record))
        )


@offers.route("/offers/<offer_id>")
class OneOffer(MethodView):
    """One offer."""

    @offers.response(200, VIEW, headers=ETAG)
    def get(self, offer_id: str) -> Any:
        """Read an offer."""
        return tag_version(get_offer(current_session(), current_actor(), offer_id))

    @offers.arguments(OfferSchema(partial=True))
    @offers.response(200, VIEW, headers=ETAG)
    @offers.doc(parameters=[IF_MATCH])
    def patch(self, changes: dict[str, Any], offer_id: str) -> Any:
        """Change an offer.

        Fields that are left out stay; null empties one.
        """
        session, actor = current_session(), current_actor()
        changed = change_offer(session, actor, offer_id, changes, stated_version())
        return tag_version(with_warnings("offer", changes, changed))

    @offers.response(200, VIEW, headers=ETAG)
    @offers.doc(parameters=[IF_MATCH_AT_WILL])
    def delete(self, offer_id: str) -> Any:
        """Close an offer.

        It stays readable to its donor, and is matched no more.
        """
        session, actor = current_session(), current_actor()
        version = stated_version() or find_offer(session, actor, offer_id).offer.version
        return tag_version(move_offer(session, actor, offer_id, OfferStatus.CLOSED, version))
