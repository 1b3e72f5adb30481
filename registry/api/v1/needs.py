"""Needs: a partner reads what is meant for partners, owners and their hubs write their own."""

from typing import Any

from flask.views import MethodView

from registry.api.blueprint import ApiBlueprint
from registry.api.conditions import ETAG, IF_MATCH, IF_MATCH_AT_WILL, stated_version, tag_version
from registry.api.documents import NeedViewSchema, page_of, view_of
from registry.api.queries import NeedListQuery
from registry.api.warnings import with_warnings
from registry.identity.current import begin_writing, current_actor, current_session
from registry.schemas.need import NeedSchema
from registry.services.needs.change_need import change_need
from registry.services.needs.find_need import find_need
from registry.services.needs.get_need import get_need, leaves_trace
from registry.services.needs.list_needs import list_needs
from registry.services.needs.move_need import move_need
from registry.services.needs.register_need import register_need
from registry.services.organisations.find_organisation import find_named_organisation
from registry.services.paging import ListPage
from search.codes import NeedStatus

needs = ApiBlueprint("needs", description="What organisations lack.")

VIEW = view_of(NeedViewSchema)


@needs.route("/needs")
class NeedList(MethodView):
    """The list of needs."""

    @needs.arguments(NeedListQuery, location="query")
    @needs.response(200, page_of(NeedViewSchema))
    def get(self, query: dict[str, Any]) -> ListPage:
        """List needs.

        A partner sees open fields only, of needs that are meant for partners and whose
        organisation is vouched for; texts are read one at a time. Amounts are in the base currency.
        """
        session, actor = current_session(), current_actor()
        page = {name: query.pop(name, None) for name in ("sort", "cursor", "limit")}
        if "organisation" in query:
            owner = find_named_organisation(session, actor, query.pop("organisation"))
            query["organisation_id"] = owner.id
        return list_needs(session, actor, filters=query, **page)

    @needs.arguments(NeedSchema)
    @needs.response(201, VIEW, headers=ETAG)
    def post(self, record: dict[str, Any]) -> Any:
        """Register a need.

        `organisation` is the external id (or the id) of an organisation that this key belongs to,
        hosts or registered. A need that says nothing of its status is open.
        """
        session, actor = current_session(), current_actor()
        organisation = find_named_organisation(session, actor, record.pop("organisation"))
        return tag_version(
            with_warnings("need", record, register_need(session, actor, organisation.id, record))
        )


@needs.route("/needs/<need_id>")
class OneNeed(MethodView):
    """One need."""

    @needs.response(200, VIEW, headers=ETAG)
    @needs.alt_response(429, "TOO_MANY_REQUESTS")
    def get(self, need_id: str) -> Any:
        """Read a need.

        With the scope `needs:text` title and summary come along; 60 needs a day and account.
        """
        actor = current_actor()
        session = begin_writing() if leaves_trace(actor) else current_session()
        return tag_version(get_need(session, actor, need_id))

    @needs.arguments(NeedSchema(partial=True))
    @needs.response(200, VIEW, headers=ETAG)
    @needs.doc(parameters=[IF_MATCH])
    def patch(self, changes: dict[str, Any], need_id: str) -> Any:
        """Change a need.

        Fields that are left out stay; null empties one.
        """
        session, actor = current_session(), current_actor()
        changed = change_need(session, actor, need_id, changes, stated_version())
        return tag_version(with_warnings("need", changes, changed))

    @needs.response(200, VIEW, headers=ETAG)
    @needs.doc(parameters=[IF_MATCH_AT_WILL])
    def delete(self, need_id: str) -> Any:
        """Withdraw a need.

        It stays readable to its owner, and is matched no more.
        """
        session, actor = current_session(), current_actor()
        version = stated_version() or find_need(session, actor, need_id).need.version
        return tag_version(move_need(session, actor, need_id, NeedStatus.WITHDRAWN, version))
