"""The page of one offer: what is left of it, who reads what of it, and what can be done."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import ConflictError, InvalidMoveError, RecordRefusedError
from registry.domain.pipeline import Mover, moves_from
from registry.identity.current import current_actor, current_session
from registry.services.offers.get_offer import get_offer
from registry.services.offers.move_offer import move_offer
from registry.services.questions.list_questions import list_questions
from registry.services.reach.tell_reach import tell_offer_reach
from registry.web.donor import blueprint, own_donor_view
from registry.web.editing import read_version
from registry.web.facts_asked import facts_about, told_of_offer, without_asked
from registry.web.introductions import look_in_day
from registry.web.language import page_language
from registry.web.offer_readers import offer_columns
from registry.web.offer_steps import OFFER_STEPS
from registry.web.steps import mend_first, not_said
from search.codes import OfferStatus
from search.money import Money

IMPORTANT = ("publicity_required", "decision_days", "payout_days")
"""Fields that may stay empty, but without which many a need cannot be judged."""


ASKED_OF = (OfferStatus.OPEN, OfferStatus.PAUSED)
"""The states of an offer in which rules ask for what it does not say."""


@blueprint.get("/offers/<offer_id>")
def offer(offer_id: str) -> str:
    """Show an offer to its donor; a draft with what is left to do before it opens."""
    session, actor = current_session(), current_actor()
    view = get_offer(session, actor, offer_id)
    is_money = isinstance(view["budget"], Money)
    important = ("channels", *IMPORTANT) if is_money else IMPORTANT
    facts = facts_about(offer_id) if view["status"] in ASKED_OF else []
    asked = {name for fact in facts for name in fact.question.fields}
    return render_template(
        "donor/offer.html",
        offer=view,
        columns=offer_columns(view),
        donor=own_donor_view(),
        possible=moves_from("offer", view["status"], Mover.DONOR),
        not_said=[name for name in not_said(view, important) if name not in asked],
        questions=without_asked(list_questions(session, actor, about=offer_id), facts),
        facts=facts,
        reach=told_of_offer(offer_id),
        limits=tell_offer_reach(session, actor, offer_id, page_language())["rules"],
        steps=OFFER_STEPS,
        look_in=look_in_day(),
    )


@blueprint.post("/offers/<offer_id>/open")
def open_offer(offer_id: str) -> ResponseReturnValue:
    """Publish a draft, or open again what was paused or used up."""
    said = _("It is open. The registry looks for needs it fits; an officer checks each one.")
    return _move(offer_id, OfferStatus.OPEN, said)


@blueprint.post("/offers/<offer_id>/pause")
def pause_offer(offer_id: str) -> ResponseReturnValue:
    """Let nothing new be looked for until the offer is opened again."""
    said = _("It is paused. Nothing new is looked for; what is under way goes on.")
    return _move(offer_id, OfferStatus.PAUSED, said)


@blueprint.route("/offers/<offer_id>/close", methods=["GET", "POST"])
def close_offer(offer_id: str) -> ResponseReturnValue:
    """Ask whether the offer is to be closed; then close it for good."""
    if request.method == "POST":
        return _move(offer_id, OfferStatus.CLOSED, _("It is closed. Thank you for what you gave."))
    view = get_offer(current_session(), current_actor(), offer_id)
    return render_template("donor/offer_close.html", offer=view)


def _move(offer_id: str, status: OfferStatus, said: str) -> ResponseReturnValue:
    """Move an offer; sent twice, or in two tabs, it is moved once.

    Where it cannot be moved from the state that it is in by now, its page shows that state.
    """
    session, actor = current_session(), current_actor()
    if get_offer(session, actor, offer_id)["status"] != status:
        try:
            move_offer(session, actor, offer_id, status, read_version())
        except (ConflictError, InvalidMoveError):
            flash(_("It had changed in the meantime, so nothing was done."), "warn")
            return offer(offer_id), HTTPStatus.CONFLICT
        except RecordRefusedError as refused:
            return mend_first(
                OFFER_STEPS,
                refused.problems,
                lambda name: url_for("donor.offer_step", offer_id=offer_id, name=name),
            )
    flash(said, "good")
    return redirect(url_for("donor.offer", offer_id=offer_id), code=303)
