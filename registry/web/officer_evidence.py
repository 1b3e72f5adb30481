"""Evidence of decisions on trust: written and read by officers, sealed to them alone."""

from http import HTTPStatus

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.identity.current import current_actor, current_session
from registry.identity.unlocking import unlocked_key
from registry.schemas.envelope import EnvelopeSchema
from registry.services.vetting.evidence import EVIDENCE_A_DAY, open_evidence, seal_evidence
from registry.services.vetting.set_vetting import find_party
from registry.web.editing import status_of
from registry.web.form import Form
from registry.web.officer import blueprint


@blueprint.route("/evidence/<record>/<party_id>/write", methods=["GET", "POST"])
def write_evidence(record: str, party_id: str) -> ResponseReturnValue:
    """Seal what was found about a party, in place of what was sealed before."""
    find_party(current_session(), record, party_id)
    typed = request.form if request.method == "POST" else None
    form = Form(EnvelopeSchema(), typed, labels={"text": _("Evidence")}, required=("text",))
    written = form.load() if typed is not None else None
    if written is not None:
        seal_evidence(current_session(), current_actor(), record, party_id, written["text"])
        flash(_("It is sealed to the officers."), "good")
        return redirect(_address(record, party_id), code=303)
    page = render_template(
        "officer/evidence_write.html", form=form, back=_address(record, party_id)
    )
    return page, status_of(form)


@blueprint.post("/evidence/<record>/<party_id>")
def read_evidence(record: str, party_id: str) -> ResponseReturnValue:
    """Open the evidence about a party; it is counted, and the trail says who did."""
    private = unlocked_key(session)
    text = open_evidence(current_session(), current_actor(), record, party_id, private)
    return render_template(
        "officer/evidence.html",
        text=text,
        unlocked=private is not None,
        most=EVIDENCE_A_DAY,
        back=_address(record, party_id),
    ), HTTPStatus.OK


def _address(record: str, party_id: str) -> str:
    return url_for(f"officer.{record}", party_id=party_id)
