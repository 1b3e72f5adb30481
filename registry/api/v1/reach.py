"""What a party may know of how many others there are, as coarsely as its own pages say it."""

from typing import Any

from flask.views import MethodView

from registry.api.blueprint import ApiBlueprint
from registry.api.language import answer_language
from registry.api.reach import NeedReachSchema, OfferReachSchema
from registry.identity.current import current_actor, current_session
from registry.services.reach.tell_reach import tell_need_reach, tell_offer_reach

reach = ApiBlueprint("reach", description="How many others there are, for whoever may know.")


@reach.route("/offers/<offer_id>/reach")
class OfferReach(MethodView):
    """How many needs an offer reaches, and would gain without one of its limits."""

    @reach.response(200, OfferReachSchema)
    def get(self, offer_id: str) -> Any:
        """Read the reach of an offer.

        For its donor, once that is verified: counted once a day and told in tens, where 0 stands
        for fewer than ten. At most 20 numbers are told in three months, and three of each rule.
        """
        return tell_offer_reach(current_session(), current_actor(), offer_id, answer_language())


@reach.route("/needs/<need_id>/reach")
class NeedReach(MethodView):
    """How many donors more could help a need without one of its limits."""

    @reach.response(200, NeedReachSchema)
    def get(self, need_id: str) -> Any:
        """Read what a need's limits keep away.

        For its organisation, once that is vouched for: counted once a day and told as few (fewer
        than ten, or none), some or many donors.
        """
        return tell_need_reach(current_session(), current_actor(), need_id, answer_language())
