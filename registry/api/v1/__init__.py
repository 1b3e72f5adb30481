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
    statistics,
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
    statistics.statistics,
    taxonomy.taxonomy,
    check.check,
)
"""Every blueprint, in the order of the OpenAPI document."""
