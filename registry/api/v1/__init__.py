"""The first version of the API: one file per resource."""

from registry.api.v1 import donors, needs, offers, organisations, taxonomy

RESOURCES = (
    needs.needs,
    offers.offers,
    organisations.organisations,
    donors.donors,
    taxonomy.taxonomy,
)
"""Every blueprint, in the order of the OpenAPI document."""
