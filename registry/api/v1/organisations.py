"""Organisations: a key sees and writes its own, those it hosts and those it registered."""

from typing import Any

from flask.views import MethodView

from registry.api.blueprint import ApiBlueprint
from registry.api.conditions import ETAG, IF_MATCH, stated_version, tag_version
from registry.api.documents import OrganisationViewSchema, page_of, view_of
from registry.api.queries import OrganisationListQuery
from registry.identity.current import current_actor, current_session
from registry.schemas.organisation import OrganisationSchema
from registry.services.organisations.add_organisation import add_organisation
from registry.services.organisations.change_organisation import change_organisation
from registry.services.organisations.get_organisation import get_organisation
from registry.services.organisations.list_organisations import list_organisations
from registry.services.paging import ListPage

organisations = ApiBlueprint("organisations", description="Who lacks something.")

VIEW = view_of(OrganisationViewSchema)


@organisations.route("/organisations")
class OrganisationList(MethodView):
    """The list of organisations."""

    @organisations.arguments(OrganisationListQuery, location="query")
    @organisations.response(200, page_of(OrganisationViewSchema))
    def get(self, query: dict[str, Any]) -> ListPage:
        """List organisations.

        Only those that this key belongs to, hosts or registered; an officer's key sees all.
        """
        page = {name: query.pop(name, None) for name in ("cursor", "limit")}
        return list_organisations(current_session(), current_actor(), filters=query, **page)

    @organisations.arguments(OrganisationSchema)
    @organisations.response(201, VIEW, headers=ETAG)
    def post(self, record: dict[str, Any]) -> Any:
        """Register an organisation in its stead.

        For verified hubs and partners, which answer for it, and officers. It begins unverified.
        """
        return tag_version(add_organisation(current_session(), current_actor(), record))


@organisations.route("/organisations/<organisation_id>")
class OneOrganisation(MethodView):
    """One organisation."""

    @organisations.response(200, VIEW, headers=ETAG)
    def get(self, organisation_id: str) -> Any:
        """Read an organisation."""
        return tag_version(get_organisation(current_session(), current_actor(), organisation_id))

    @organisations.arguments(OrganisationSchema(partial=True))
    @organisations.response(200, VIEW, headers=ETAG)
    @organisations.doc(parameters=[IF_MATCH])
    def patch(self, changes: dict[str, Any], organisation_id: str) -> Any:
        """Change an organisation.

        Fields that are left out stay; null empties one.
        """
        session, actor, version = current_session(), current_actor(), stated_version()
        return tag_version(change_organisation(session, actor, organisation_id, changes, version))
