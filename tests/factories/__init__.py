"""Records to test with; see `base` for what `build()` and `create()` give."""

from tests.factories.accounts import AccountFactory
from tests.factories.offers import DonorFactory, OfferFactory
from tests.factories.organisations import NeedFactory, OrganisationFactory

__all__ = ["AccountFactory", "DonorFactory", "NeedFactory", "OfferFactory", "OrganisationFactory"]
