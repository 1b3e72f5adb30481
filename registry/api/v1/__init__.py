"""The first version of the API: one file per resource."""

from registry.api.v1 import (
    check,
    donors,
    matches,
    needs,
    offers,
    organisations,
    questions,
    reach,
    reasons,
    search,
    taxonomy,
)

RESOURCES = (
    needs.needs,
    offers.offers,
    organisations.organisations,
    donors.donors,
    matches.matches,
    questions.questions,
    reach.reach,
    reasons.reasons,
    search.search,
    taxonomy.taxonomy,
    check.check,
)
"""Every blueprint, in the order of the OpenAPI document."""
