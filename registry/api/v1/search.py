"""Search over needs or offers: the words find, the database says what may be shown."""

from typing import Any

from flask.views import MethodView

from registry.api.blueprint import ApiBlueprint
from registry.api.documents import (
    NeedFoundViewSchema,
    OfferFoundViewSchema,
    SearchPageSchema,
    view_of,
)
from registry.api.queries import SearchQuery
from registry.domain.roles import Scope
from registry.identity.current import current_actor, current_session
from registry.services.search_records import SearchPage, search_records
from search.index.protocol import Kind

search = ApiBlueprint("search", description="Words and filters over needs and offers.")

KINDS = {
    "needs": (Kind.NEED, Scope.NEEDS_READ, NeedFoundViewSchema),
    "offers": (Kind.OFFER, Scope.OFFERS_READ, OfferFoundViewSchema),
}
"""What is looked for -> how the index calls it, the scope it takes, the shape of what is found."""

OTHERS = ("q", "facets", "sort", "cursor", "limit")


@search.route("/search")
class Search(MethodView):
    """What was found."""

    @search.arguments(SearchQuery, location="query")
    @search.response(200, SearchPageSchema)
    @search.alt_response(503, "SERVICE_UNAVAILABLE")
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """Search needs or offers.

        `kind` says which; the key needs `needs:read` or `offers:read`, and a partner's key that
        looks for words in needs also `needs:text`. Amounts are in the base
        currency. Texts and snippets come only of records whose text the key may read in a list.
        """
        kind, scope, found = KINDS[query.pop("kind")]
        actor = current_actor()
        actor.require(scope)
        asked = {name: query.pop(name, None) for name in OTHERS}
        text = asked.pop("q")
        page = search_records(current_session(), actor, kind, text, filters=query, **asked)
        return _dump(page, found)


def _dump(page: SearchPage, found: type[Any]) -> dict[str, Any]:
    return {
        "items": view_of(found).dump([_with_pieces(item) for item in page.items], many=True),
        "total": page.total,
        "words": page.words,
        "facets": page.facets,
        "mended": page.mended,
        "next_cursor": page.next_cursor,
    }


def _with_pieces(item: dict[str, Any]) -> dict[str, Any]:
    snippets = {
        name: [{"text": text, "marked": marked} for text, marked in pieces]
        for name, pieces in item.get("snippets", {}).items()
    }
    return {**item, "snippets": snippets}
