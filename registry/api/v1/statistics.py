"""Statistics: the snapshot of the quarter, as anyone may read it on the pages."""

from typing import Any

from flask.views import MethodView

from registry.api.blueprint import ApiBlueprint
from registry.domain.disclosure import SMALL
from registry.identity.current import current_session
from registry.schemas.statistics import StatisticsSchema
from registry.services.statistics.read_statistics import read_statistics

statistics = ApiBlueprint("statistics", description="What is lacking, all needs together.")


@statistics.route("/statistics")
class Statistics(MethodView):
    """The newest snapshot."""

    @statistics.response(200, StatisticsSchema)
    def get(self) -> dict[str, Any]:
        """Read the statistics.

        Made once a quarter, from needs of organisations that are vouched for. No figure comes from
        fewer than ten of them, and none moves before ten have changed. There is nothing to filter.
        """
        told = read_statistics(current_session())
        return {
            "items": told.cells,
            "next_cursor": None,
            "made_on": told.made_on,
            "next_on": told.next_on,
            "least": SMALL,
        }
