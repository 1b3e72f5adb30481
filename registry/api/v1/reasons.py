"""Why, why not, what if, for officers: what would change a match, a need's luck, an offer's reach.

Exact numbers help those who probe too, so nobody else reads them; the sides of a match read its
rules with the match itself.
"""

from typing import Any

from flask.views import MethodView

from registry.api.blueprint import ApiBlueprint
from registry.api.language import answer_language
from registry.api.reasons import ExplanationSchema, NearestSchema, WhatIfSchema
from registry.identity.current import current_actor, current_session
from registry.services.matches.explain_match import explain_match
from registry.services.matches.nearest_offers import nearest_offers
from registry.services.matches.what_if import MOST_PAIRS, what_if
from registry.services.name_code import name_code
from registry.services.needs.find_need import find_need
from registry.services.offers.find_offer import find_offer

reasons = ApiBlueprint("reasons", description="Why not, and what would change it.")


@reasons.route("/matches/<match_id>/explanation")
class Explanation(MethodView):
    """Why a match does or does not come about."""

    @reasons.response(200, ExplanationSchema)
    def get(self, match_id: str) -> Any:
        """Explain a match.

        Judged as it stands today, for officers: every rule, the one class of why not, and the
        smallest set of facts that would have to be others so that the pair is eligible.
        """
        return explain_match(current_session(), current_actor(), match_id, answer_language())


@reasons.route("/needs/<need_id>/nearest-offers")
class NearestOffers(MethodView):
    """The offers that come nearest to a need."""

    @reasons.response(200, NearestSchema)
    def get(self, need_id: str) -> Any:
        """Find the nearest offers.

        For officers, of a need that no offer fits: by fewest rules to change, then score, then
        id; each with the smallest change.
        """
        session, actor = current_session(), current_actor()
        need = find_need(session, actor, need_id).need
        return nearest_offers(session, actor, need, answer_language(), labels=name_code)


@reasons.route("/offers/<offer_id>/what-if")
class WhatIfRelaxed(MethodView):
    """What relaxing one rule of an offer would change."""

    @reasons.response(200, WhatIfSchema)
    def get(self, offer_id: str) -> Any:
        """Count what relaxing a rule would change.

        Exact, for officers. No rules come back where more pairs of needs and offers are open than
        a request counts (50,000); the command `registry match whatif` counts any number.
        """
        session, actor = current_session(), current_actor()
        offer = find_offer(session, actor, offer_id).offer
        return what_if(session, actor, offer, answer_language(), most_pairs=MOST_PAIRS)
