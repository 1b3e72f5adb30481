"""Matches and their reviews: officers see all, each side what was shown to it."""

from collections.abc import Iterable
from typing import Any

from flask.views import MethodView

from registry.api.blueprint import ApiBlueprint
from registry.api.conditions import ETAG, IF_MATCH_AT_WILL, stated_version, tag_version
from registry.api.documents import MatchViewSchema, ReviewPageSchema, page_of, view_of
from registry.api.language import answer_language
from registry.api.queries import MatchListQuery
from registry.identity.current import current_actor, current_session
from registry.schemas.audience import Audience, fields_for
from registry.schemas.match import ReviewSchema
from registry.services.matches.get_match import get_match
from registry.services.matches.list_matches import list_matches
from registry.services.matches.record_review import record_review
from registry.services.paging import ListPage

matches = ApiBlueprint("matches", description="Pairings of needs and offers, with reasons.")

VIEW = view_of(MatchViewSchema)


@matches.route("/matches")
class MatchList(MethodView):
    """The list of matches."""

    @matches.arguments(MatchListQuery, location="query")
    @matches.response(200, page_of(MatchViewSchema))
    def get(self, query: dict[str, Any]) -> ListPage:
        """List matches.

        The last moved first. Donors see what was offered to them, organisations what a donor
        would help with, officers all; `need` and `offer` are ids.
        """
        page = {name: query.pop(name, None) for name in ("cursor", "limit")}
        found = list_matches(current_session(), current_actor(), filters=query, **page)  # type: ignore[arg-type]
        return ListPage([_shown("match", item) for item in found.items], found.next_cursor)


@matches.route("/matches/<match_id>")
class OneMatch(MethodView):
    """One match."""

    @matches.response(200, VIEW, headers=ETAG)
    def get(self, match_id: str) -> Any:
        """Read a match.

        Officers read every rule's sentence and every part of the score, in the language of
        `Accept-Language`.
        """
        view = get_match(current_session(), current_actor(), match_id, answer_language())
        shown = _shown("match", view)
        if "reviews" in shown:
            shown["reviews"] = _reviews(view)
        return tag_version(shown)


@matches.route("/matches/<match_id>/reviews")
class ReviewList(MethodView):
    """What was done with a match."""

    @matches.response(200, ReviewPageSchema)
    def get(self, match_id: str) -> ListPage:
        """Read a match's history.

        Oldest first; each side reads its own acts and those that concern it.
        """
        view = get_match(current_session(), current_actor(), match_id, answer_language())
        return ListPage(_reviews(view), None)

    @matches.arguments(ReviewSchema)
    @matches.response(201, VIEW, headers=ETAG)
    @matches.doc(parameters=[IF_MATCH_AT_WILL])
    def post(self, review: dict[str, Any], match_id: str) -> Any:
        """Review a match.

        `kind` says what is done; refusals carry a `reason_code`. The answer says where the match
        stands then.
        """
        session, actor = current_session(), current_actor()
        return tag_version(record_review(session, actor, match_id, review, stated_version()))


def _reviews(view: dict[str, Any]) -> list[dict[str, Any]]:
    return [_only(fields_for("review", view["audience"]), act) for act in view["reviews"]]


def _shown(record: str, view: dict[str, Any]) -> dict[str, Any]:
    return _only(fields_for(record, Audience(view["audience"])), view)


def _only(names: Iterable[str], view: dict[str, Any]) -> dict[str, Any]:
    return {name: view[name] for name in names if name in view}
