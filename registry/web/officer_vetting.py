"""Decisions on trust: asked for once more, with a reason; full trust in two officers' steps."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from marshmallow import Schema

from registry.domain.errors import (
    ConflictError,
    FieldProblem,
    InvalidMoveError,
    NotFoundError,
    ReasonMissingError,
)
from registry.domain.trust import (
    ALONE_WAITS,
    VETTING_REASONS,
    WANTS_TWO,
    VettingReason,
)
from registry.identity.current import current_actor, current_session
from registry.schemas.match import NOTE_LENGTH
from registry.schemas.plain import Code
from registry.schemas.record import InputSchema
from registry.schemas.texts import Prose
from registry.services.vetting.drop_proposal import drop_proposal
from registry.services.vetting.get_trust import get_trust
from registry.services.vetting.set_vetting import set_vetting
from registry.web.choices import Choice
from registry.web.editing import read_version, status_of
from registry.web.form import Form
from registry.web.formats import show_day
from registry.web.officer import blueprint
from registry.web.officer_parties import DONOR, ORGANISATION, Party
from search.codes import Vetting

View = Mapping[str, Any]


@blueprint.route("/organisations/<party_id>/trust/<level>", methods=["GET", "POST"])
def vet_organisation(party_id: str, level: str) -> ResponseReturnValue:
    """Decide how far an organisation is trusted."""
    return _vet(ORGANISATION, party_id, level)


@blueprint.route("/donors/<party_id>/trust/<level>", methods=["GET", "POST"])
def vet_donor(party_id: str, level: str) -> ResponseReturnValue:
    """Decide how far a donor is trusted."""
    return _vet(DONOR, party_id, level)


def _vet(party: Party, party_id: str, level: str) -> ResponseReturnValue:
    """Ask for the reason of a decision on trust; then make it. Sent twice, it is made once."""
    session, actor = current_session(), current_actor()
    trust = get_trust(session, actor, party.record, party_id)
    reasons = _reasons_for(trust, level)
    typed = request.form if request.method == "POST" else None
    form = Form(
        _schema(reasons), typed, labels={"reason": _("Why"), "note": _("Note for officers")}
    )
    if typed is not None and (trust["vetting"] == level or _waits_for_other(trust, level, typed)):
        return redirect(party.address(party_id), code=303)
    is_stale = False
    if typed is not None:
        try:
            if _act(party, party_id, trust, level, form):
                return redirect(party.address(party_id), code=303)
        except ConflictError:
            is_stale = True
        except (ReasonMissingError, InvalidMoveError):
            form.refuse([FieldProblem("reason", "required")])
    page = render_template(
        "officer/vet.html",
        party=party,
        view=party.get(session, actor, party_id),
        trust=trust,
        level=level,
        wants_two=level in WANTS_TWO,
        proposal=_proposal_of(trust, level),
        alone_from=session.today + ALONE_WAITS if trust["only_officer"] else None,
        words={code: _(VETTING_REASONS[code]) for code in VettingReason},
        reasons=[Choice(str(code), _(VETTING_REASONS[code])) for code in reasons],
        form=form,
        is_stale=is_stale,
    )
    return page, HTTPStatus.CONFLICT if is_stale else status_of(form)


def _proposal_of(trust: View, level: str) -> View | None:
    """Return what is proposed, where the page is about that level."""
    proposal: View | None = trust["proposal"]
    return proposal if proposal is not None and proposal["vetting"] == level else None


def _waits_for_other(trust: View, level: str, typed: Mapping[str, str]) -> bool:
    """Say whether a form sent again only repeats the first officer's word."""
    proposal = _proposal_of(trust, level)
    return proposal is not None and not proposal["may_confirm"] and "drop" not in typed


def _reasons_for(trust: View, level: str) -> tuple[VettingReason, ...]:
    """Return the reasons of a decision that is possible now; none where it is not."""
    proposal = _proposal_of(trust, level)
    if proposal is not None and not proposal["may_confirm"]:
        return ()
    found = (each["reasons"] for each in trust["possible"] if each["vetting"] == level)
    return tuple(next(found, ()))


def _schema(reasons: tuple[VettingReason, ...]) -> Schema:
    fields = {"reason": Code(reasons, required=True), "note": Prose(NOTE_LENGTH)}
    return InputSchema.from_dict(fields)()  # type: ignore[arg-type]


def _act(party: Party, party_id: str, trust: View, level: str, form: Form) -> bool:
    """Do what was sent; False where the form has to be looked at again."""
    if "drop" in request.form:
        _drop(party, party_id)
        return True
    decision = form.load() if _reasons_for(trust, level) else None
    if decision is None:
        return False
    _decide(party, party_id, trust, level, decision)
    return True


def _drop(party: Party, party_id: str) -> None:
    try:
        drop_proposal(
            current_session(), current_actor(), party.record, party_id, version=read_version()
        )
    except NotFoundError:
        return  # sent twice: it is off already
    flash(_("The proposal is taken off; nothing has changed."), "good")


def _decide(party: Party, party_id: str, trust: View, level: str, decision: View) -> None:
    made = set_vetting(
        current_session(),
        current_actor(),
        party.record,
        party_id,
        vetting=Vetting(level),
        reason=VettingReason(decision["reason"]),
        note=decision.get("note"),
        version=read_version(),
    )
    flash(_said(trust, level, made), "good")
    if made["withdrawn"]:
        flash(
            ngettext(
                "%(num)s pairing of it ended with that.",
                "%(num)s pairings of it ended with that.",
                made["withdrawn"],
            ),
            "warn",
        )


def _said(trust: View, level: str, made: View) -> str:
    proposal = _proposal_of(trust, level)
    if made["proposed"] and trust["only_officer"]:
        day = show_day(current_session().today + ALONE_WAITS)
        return str(_("It is proposed; you can confirm it from %(day)s on.", day=day))
    if made["proposed"]:
        return str(_("It is proposed; another officer has to confirm it."))
    if proposal is not None and not proposal["by_me"]:
        return str(_("Two officers agreed: it is trusted fully from now on."))
    return str(_("It is decided, and the trail says that one officer decided alone."))
