"""The pages: HTML over the same services that the API uses."""

from pathlib import Path

from flask import Flask

from registry.config import Settings
from registry.identity.current import current_actor, current_session
from registry.services.waiting import count_waiting
from registry.web import (
    account,
    admin,
    auditor,
    check,
    donor,
    donor_matches,
    donor_profile,
    ending,
    front,
    holders,
    home,
    need_page,
    need_steps,
    offer_page,
    offer_steps,
    officer,
    officer_changes,
    officer_dossier,
    officer_evidence,
    officer_feedback,
    officer_match,
    officer_offer,
    officer_parties,
    officer_programmes,
    officer_questions,
    officer_queue,
    officer_reasons,
    officer_rules,
    officer_search,
    officer_vetting,
    organisation,
    organisation_matches,
    organisation_profile,
    partner,
    passphrase,
    registration,
    renewal,
    second_factor,
)
from registry.web.carrying import init_carrying
from registry.web.look import init_look
from registry.web.navigation import count_waiting_with

ROOT = Path(__file__).parent.parent.parent
"""The folder of the project, which holds `templates`."""

JOURNEYS = (
    *(front, check, registration, home, second_factor, account, passphrase, renewal),
    *(holders, ending),
    *(organisation, need_steps, need_page, organisation_matches, organisation_profile),
    *(donor, offer_steps, offer_page, donor_matches, donor_profile),
    *(officer, officer_queue, officer_dossier, officer_match, officer_offer, officer_parties),
    *(officer_evidence, officer_questions, officer_search, officer_rules, officer_programmes),
    *(officer_reasons, officer_changes, officer_feedback, officer_vetting),
    *(auditor, partner, admin),
)
"""The modules with pages; a new one is added here and its routes to the policy table. Journeys
of one role hang on one blueprint, which is registered once."""


def init_web(app: Flask, settings: Settings) -> None:
    """Plug the look and all journeys into the application."""
    init_look(
        app,
        leave_url=settings.leave_url,
        development=settings.development,
        csrf=app.extensions.get("csrf"),
    )
    if "csrf" in app.extensions:
        app.extensions["csrf"].exempt(check.blueprint)  # it changes nothing, and sets no cookie
    count_waiting_with(app, lambda: count_waiting(current_session(), current_actor()))
    init_carrying(app)
    for blueprint in dict.fromkeys(journey.blueprint for journey in JOURNEYS):
        app.register_blueprint(blueprint)
