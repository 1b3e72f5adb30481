"""The first version of the API: one file per resource."""

from registry.api.v1.donors import donors
from registry.api.v1.needs import needs
from registry.api.v1.offers import offers
from registry.api.v1.organisations import organisations
from registry.api.v1.taxonomy import taxonomy

RESOURCES = (needs, offers, organisations, donors, taxonomy)
"""Every blueprint, in the order of the OpenAPI document."""
