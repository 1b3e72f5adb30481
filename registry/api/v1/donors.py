"""Donors: a donor's key sees and writes its own record, officers add those without an account."""

from typing import Any

from flask.views import MethodView

from registry.api.blueprint import ApiBlueprint
from registry.api.conditions import ETAG, IF_MATCH, stated_version, tag_version
from registry.api.documents import DonorViewSchema, page_of, view_of
from registry.api.queries import DonorListQuery
from registry.identity.current import current_actor, current_session
from registry.schemas.donor import DonorSchema
from registry.services.donors.add_donor import add_donor
from registry.services.donors.change_donor import change_donor
from registry.services.donors.get_donor import get_donor
from registry.services.donors.list_donors import list_donors
from registry.services.paging import ListPage

donors = ApiBlueprint("donors", description="Who can give.")

VIEW = view_of(DonorViewSchema)


@donors.route("/donors")
class DonorList(MethodView):
    """The list of donors."""

    @donors.arguments(DonorListQuery, location="query")
    @donors.response(200, page_of(DonorViewSchema))
    def get(self, query: dict[str, Any]) -> ListPage:
        """List donors.

        A donor's key sees its own record, an officer's key all.
        """
        page = {name: query.pop(name, None) for name in ("cursor", "limit")}
        return list_donors(current_session(), current_actor(), filters=query, **page)

    @donors.arguments(DonorSchema)
    @donors.response(201, VIEW, headers=ETAG)
    def post(self, record: dict[str, Any]) -> Any:
        """Add a donor without an account.

        For officers; it begins unverified.
        """
        return tag_version(add_donor(current_session(), current_actor(), record))


@donors.route("/donors/<donor_id>")
class OneDonor(MethodView):
    """One donor."""

    @donors.response(200, VIEW, headers=ETAG)
    def get(self, donor_id: str) -> Any:
        """Read a donor."""
        return tag_version(get_donor(current_session(), current_actor(), donor_id))

    @donors.arguments(DonorSchema(partial=True))
    @donors.response(200, VIEW, headers=ETAG)
    @donors.doc(parameters=[IF_MATCH])
    def patch(self, changes: dict[str, Any], donor_id: str) -> Any:
        """Change a donor.

        Fields that are left out stay; null empties one.
        """
        session, actor, version = current_session(), current_actor(), stated_version()
        return tag_version(change_donor(session, actor, donor_id, changes, version))
