"""An offer in five short steps; each step is kept before the next one is shown."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.msgid import N_
from registry.identity.current import current_actor, current_session
from registry.schemas.records import schema_of
from registry.services.offers.change_offer import change_offer
from registry.services.offers.get_offer import get_offer
from registry.services.offers.post_offer import post_offer
from registry.storage.offers import Offer
from registry.web.choices import choices
from registry.web.donor import blueprint, own_donor_view
from registry.web.editing import NEW_KEY, Edit, read_key, register_once, status_of
from registry.web.facts_asked import told_of_offer
from registry.web.form import Form
from registry.web.steps import Step, Steps, go_on
from search.codes import OfferStatus, Publicity

OFFER_STEPS = Steps(
    (
        Step(
            "what",
            N_("What you give"),
            (
                *("instrument", "budget", "min_award", "max_award", "budget_per", "flexibility"),
                *("title", "summary", "language"),
            ),
        ),
        Step(
            "whom",
            N_("For whom and for what"),
            (
                *("categories", "excluded_categories", "countries", "base_countries"),
                *("organisation_kinds", "legal_statuses", "target_groups", "minimum_vetting"),
            ),
        ),
        Step(
            "terms",
            N_("On which conditions"),
            (
                *("reporting_required", "max_months", "min_years_active", "languages"),
                *("reallocation_percent", "co_funding", "retroactive", "renewable"),
                *("category_caps", "excluded_organisations"),
            ),
        ),
        Step(
            "way",
            N_("How it can reach them, and who may know"),
            ("channels", "publicity_required", "visibility"),
        ),
        Step(
            "days",
            N_("When"),
            ("opens_on", "closes_on", "decision_days", "payout_days"),
        ),
    )
)

View = Mapping[str, Any]


@blueprint.route("/offers/new", methods=["GET", "POST"])
def new_offer() -> ResponseReturnValue:
    """Begin an offer: with the first step a draft of it is kept."""
    step = OFFER_STEPS.all[0]
    typed = request.form if request.method == "POST" else None
    form = Form(schema_of("offer"), typed, only=step.fields)
    key = read_key()
    offer_id = _post(form, key) if typed is not None else None
    if offer_id is not None:
        return _go_on(offer_id, step, is_draft=True)
    return _render(step, form, None, keep={NEW_KEY: key}), status_of(form)


@blueprint.route(
    "/offers/<offer_id>/<any(what, whom, terms, way, days):name>", methods=["GET", "POST"]
)
def offer_step(offer_id: str, name: str) -> ResponseReturnValue:
    """Show one step of an offer with what stands in it; write what was typed."""
    offer = get_offer(current_session(), current_actor(), offer_id)
    step = OFFER_STEPS.find(name)
    edit = Edit("offer", offer, step.fields)
    if request.method == "POST" and edit.save(
        lambda *made: change_offer(current_session(), current_actor(), offer_id, *made)
    ):
        return _go_on(offer_id, step, is_draft=offer["status"] == OfferStatus.DRAFT)
    return _render(step, edit.form, offer, edit=edit), edit.status


def _post(form: Form, key: str) -> str | None:
    """Keep a draft and return its id; None with problems in the form."""
    actor = current_actor()
    own = actor.donor_id or ""
    record = form.load(external_id=key, donor=own, status=OfferStatus.DRAFT.value)
    if record is None:
        return None
    return register_once(
        form, Offer, record, lambda made: post_offer(current_session(), actor, own, made)
    )


def _go_on(offer_id: str, step: Step, *, is_draft: bool) -> ResponseReturnValue:
    return go_on(
        OFFER_STEPS,
        step,
        is_draft=is_draft,
        address_of=lambda following: url_for(
            "donor.offer_step", offer_id=offer_id, name=following.name
        ),
        page=url_for("donor.offer", offer_id=offer_id),
    )


def _render(step: Step, form: Form, offer: View | None, **context: Any) -> str:
    return render_template(
        f"donor/offer_{step.name}.html",
        steps=OFFER_STEPS,
        step=step,
        form=form,
        offer=offer,
        is_draft=offer is None or offer["status"] == OfferStatus.DRAFT,
        donor=own_donor_view(),
        reach=None if offer is None else told_of_offer(offer["id"]),
        publicity=[
            replace(choice, label=str(_("Nothing"))) if choice.code == Publicity.NONE else choice
            for choice in choices("publicity")
        ],
        papers=[replace(choice, consequence="") for choice in choices("legal_status")],
        **{"edit": None, "keep": {}, **context},
    )
