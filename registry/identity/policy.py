"""Who may reach which route: one table, closed by default.

An endpoint that is not in the table answers 404 to everyone, and a test fails. Which records
of a kind an actor may see or change is decided in the services, on what the database says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from registry.domain.roles import Role, Scope


@dataclass(frozen=True, slots=True)
class Access:
    """Who may reach a route: everyone, these roles in a browser, or a key with these scopes.

    `early`: before the second factor is set up, too. `fresh`: only within ten minutes after
    passphrase or code were said.
    """

    public: bool = False
    early: bool = False
    fresh: bool = False
    roles: frozenset[Role] = frozenset()
    scopes: Mapping[str, Scope | None] = field(default_factory=lambda: MappingProxyType({}))


def _keys(**scopes: Scope | None) -> Access:
    """Routes of the API: the scope that a key needs, per method; None where any key will do."""
    methods = {method.upper(): scope for method, scope in scopes.items()}
    return Access(scopes=MappingProxyType(methods))


def _roles(*roles: Role, early: bool = False, fresh: bool = False) -> Access:
    return Access(roles=frozenset(roles), early=early, fresh=fresh)


def _fresh(access: Access) -> Access:
    """Routes that reveal, export, or give rights: who is there proves it once more."""
    return replace(access, fresh=True)


PUBLIC = Access(public=True)
SIGNED_IN = _roles(*Role)
EARLY = _roles(*Role, early=True)
ORGANISATION = _roles(Role.ORGANISATION)
DONOR = _roles(Role.DONOR)
OFFICER = _roles(Role.OFFICER, Role.ADMIN)
AUDITOR = _roles(Role.AUDITOR, Role.ADMIN)
PARTNER = _roles(Role.PARTNER)
ADMIN = _roles(Role.ADMIN)

POLICY: dict[str, Access] = {
    # the house
    "assets.send": PUBLIC,
    "language.set_language": PUBLIC,
    "front.start": PUBLIC,
    "front.what_is_kept": PUBLIC,
    "front.before_registering": PUBLIC,
    "front.public_offers": PUBLIC,
    "front.statistics": PUBLIC,
    "check.what_fits": PUBLIC,
    "health.healthz": PUBLIC,
    "health.readyz": PUBLIC,
    "registration.organisation": PUBLIC,
    "registration.donor": PUBLIC,
    "registration.secret": EARLY,
    # the API
    "description.openapi": PUBLIC,
    "taxonomy.Taxonomy": PUBLIC,
    "statistics.Statistics": _keys(get=Scope.STATISTICS_READ),
    "check_api.Check": PUBLIC,
    "needs.NeedList": _keys(get=Scope.NEEDS_READ, post=Scope.NEEDS_WRITE),
    "needs.OneNeed": _keys(get=Scope.NEEDS_READ, patch=Scope.NEEDS_WRITE, delete=Scope.NEEDS_WRITE),
    "offers.OfferList": _keys(get=Scope.OFFERS_READ, post=Scope.OFFERS_WRITE),
    "offers.OneOffer": _keys(
        get=Scope.OFFERS_READ, patch=Scope.OFFERS_WRITE, delete=Scope.OFFERS_WRITE
    ),
    "organisations.OrganisationList": _keys(
        get=Scope.ORGANISATIONS_READ, post=Scope.ORGANISATIONS_WRITE
    ),
    "organisations.OneOrganisation": _keys(
        get=Scope.ORGANISATIONS_READ, patch=Scope.ORGANISATIONS_WRITE
    ),
    "donors.DonorList": _keys(get=Scope.OFFERS_READ, post=Scope.OFFERS_WRITE),
    "donors.OneDonor": _keys(get=Scope.OFFERS_READ, patch=Scope.OFFERS_WRITE),
    # of needs or of offers: which scope it takes, the route asks
    "search.Search": _keys(get=None),
    "matches.MatchList": _keys(get=Scope.MATCHES_READ),
    "matches.OneMatch": _keys(get=Scope.MATCHES_READ),
    "matches.ReviewList": _keys(get=Scope.MATCHES_READ, post=Scope.MATCHES_REVIEW),
    "questions.NeedQuestions": _keys(get=Scope.NEEDS_READ),
    "questions.OneNeedQuestion": _keys(post=Scope.NEEDS_WRITE),
    "questions.OfferQuestions": _keys(get=Scope.OFFERS_READ),
    "questions.OneOfferQuestion": _keys(post=Scope.OFFERS_WRITE),
    "questions.OrganisationQuestions": _keys(get=Scope.ORGANISATIONS_READ),
    "questions.OneOrganisationQuestion": _keys(post=Scope.ORGANISATIONS_WRITE),
    "questions.DonorQuestions": _keys(get=Scope.OFFERS_READ),
    "questions.OneDonorQuestion": _keys(post=Scope.OFFERS_WRITE),
    "questions.MatchQuestions": _keys(get=Scope.MATCHES_READ),
    "questions.OneMatchQuestion": _keys(post=Scope.MATCHES_REVIEW),
    "reach.OfferReach": _keys(get=Scope.OFFERS_READ),
    "reach.NeedReach": _keys(get=Scope.NEEDS_READ),
    "reasons.Explanation": _keys(get=Scope.MATCHES_READ),
    "reasons.NearestOffers": _keys(get=Scope.MATCHES_READ),
    "reasons.WhatIfRelaxed": _keys(get=Scope.MATCHES_READ),
    # the pages
    "home.home": SIGNED_IN,
    # an organisation's pages
    "organisation.home": ORGANISATION,
    "organisation.needs": ORGANISATION,
    "organisation.new_need": ORGANISATION,
    "organisation.need": ORGANISATION,
    "organisation.need_step": ORGANISATION,
    "organisation.open_need": ORGANISATION,
    "organisation.withdraw_need": ORGANISATION,
    "organisation.close_need": ORGANISATION,
    "organisation.matches": ORGANISATION,
    "organisation.match": ORGANISATION,
    "organisation.accept_match": _fresh(ORGANISATION),
    "organisation.decline_match": ORGANISATION,
    "organisation.ask_about_match": ORGANISATION,
    "organisation.give": _fresh(ORGANISATION),
    "organisation.take_back": ORGANISATION,
    "organisation.waivers": ORGANISATION,
    "organisation.answer_waiver_request": ORGANISATION,
    "organisation.profile": ORGANISATION,
    "organisation.change_profile": ORGANISATION,
    "organisation.sealed": _fresh(ORGANISATION),
    "organisation.questions": ORGANISATION,
    "organisation.ask": ORGANISATION,
    "organisation.answer": ORGANISATION,
    "organisation.fact": ORGANISATION,
    # a donor's pages
    "donor.home": DONOR,
    "donor.offers": DONOR,
    "donor.new_offer": DONOR,
    "donor.offer": DONOR,
    "donor.offer_step": DONOR,
    "donor.open_offer": DONOR,
    "donor.pause_offer": DONOR,
    "donor.close_offer": DONOR,
    "donor.matches": DONOR,
    "donor.match": DONOR,
    "donor.accept_match": _fresh(DONOR),
    "donor.decline_match": DONOR,
    "donor.ask_about_match": DONOR,
    "donor.give": _fresh(DONOR),
    "donor.take_back": DONOR,
    "donor.profile": DONOR,
    "donor.change_profile": DONOR,
    "donor.sealed": _fresh(DONOR),
    "donor.questions": DONOR,
    "donor.ask": DONOR,
    "donor.answer": DONOR,
    "donor.fact": DONOR,
    # the officers' desk
    "officer.queue": OFFICER,
    "officer.decline_selected": OFFICER,
    "officer.assign_all": OFFICER,
    "officer.confirm_need_urgency": OFFICER,
    "officer.need": OFFICER,
    "officer.open_need": OFFICER,
    "officer.ask_about_need": OFFICER,
    "officer.match": OFFICER,
    "officer.review_match": OFFICER,
    "officer.assign_one": OFFICER,
    "officer.ask_about_rule": OFFICER,
    "officer.ask_about_match": OFFICER,
    "officer.offer": OFFICER,
    "officer.ask_about_offer": OFFICER,
    "officer.organisations": OFFICER,
    "officer.donors": OFFICER,
    "officer.organisation": OFFICER,
    "officer.donor": OFFICER,
    "officer.vet_organisation": OFFICER,
    "officer.vet_donor": OFFICER,
    "officer.write_evidence": OFFICER,
    "officer.read_evidence": _fresh(OFFICER),
    "officer.unfreeze_organisation": _fresh(OFFICER),
    "officer.ask_organisation": OFFICER,
    "officer.ask_donor": OFFICER,
    "officer.questions": OFFICER,
    "officer.answer": OFFICER,
    "officer.withdraw": OFFICER,
    "officer.search": OFFICER,
    "officer.rules": OFFICER,
    "officer.changes": OFFICER,
    "officer.feedback": OFFICER,
    "officer.paper": OFFICER,
    "officer.what_if_relaxed": OFFICER,
    "officer.programmes": OFFICER,
    "officer.new_programme": OFFICER,
    "officer.programme": OFFICER,
    "officer.programme_draft": OFFICER,
    "officer.drop_programme_draft": OFFICER,
    "officer.place_in_programme": OFFICER,
    # the auditor's, the partner's and the admin's pages
    "auditor.trail": AUDITOR,
    "partner.keys": PARTNER,
    "partner.new_key": _fresh(PARTNER),
    "partner.shown_key": PARTNER,
    "partner.revoke": _fresh(PARTNER),
    "admin.accounts": ADMIN,
    "admin.new_account": _fresh(ADMIN),
    "admin.shown_account": ADMIN,
    "admin.close": _fresh(ADMIN),
    # signing in and out
    "security.login": PUBLIC,
    "security.logout": EARLY,
    "renewal.renew": _fresh(_roles(Role.ORGANISATION, Role.OFFICER, Role.ADMIN)),
    "renewal.shown": _roles(Role.ORGANISATION, Role.OFFICER, Role.ADMIN),
    "passphrase.change": SIGNED_IN,
    "passphrase.confirm": SIGNED_IN,
    "passphrase.recovery_code": _fresh(SIGNED_IN),
    "passphrase.recover": PUBLIC,
    "passphrase.recovered": PUBLIC,
    "second_factor.enter": PUBLIC,
    "second_factor.prove": EARLY,
    "second_factor.set_up": _fresh(EARLY),
    "second_factor.picture": _fresh(EARLY),
    "second_factor.spare_codes": EARLY,
    "second_factor.remove": _fresh(ORGANISATION),
    "account.page": SIGNED_IN,
    "holders.page": ORGANISATION,
    "holders.add": _fresh(ORGANISATION),
    "holders.shown": ORGANISATION,
    "holders.remove": _fresh(ORGANISATION),
    "ending.freeze": ORGANISATION,
    "ending.freeze_code": _fresh(ORGANISATION),
    "ending.use_code": PUBLIC,
    "ending.delete": _fresh(_roles(Role.ORGANISATION, Role.DONOR)),
    "ending.done": PUBLIC,
}


NEVER_OPEN = frozenset({"security.static", "security.verify"})
"""Routes that Flask-Security brings along and nobody needs: without a line, they answer 404."""


def access_to(endpoint: str | None) -> Access | None:
    """Return the table's line for an endpoint; None where it has none, so is closed."""
    return POLICY.get(endpoint) if endpoint else None
