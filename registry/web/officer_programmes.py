"""Programmes on the officers' desk: their rules and weights, and what a change would do.

A change is tried first: the worker counts its effect, and only then it is saved, with a reason.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import ConflictError, NotFoundError, RecordRefusedError
from registry.identity.current import current_actor, current_session
from registry.schemas.programme import (
    ProgrammeNameSchema,
    ProgrammeReasonSchema,
    terms_schema,
)
from registry.services.programmes.add_programme import add_programme
from registry.services.programmes.draft_programme import draft_programme, drop_draft, get_draft
from registry.services.programmes.get_programme import get_programme, list_programmes
from registry.services.programmes.place_offer import place_offer
from registry.services.programmes.save_programme import save_programme
from registry.web.choices import Choice
from registry.web.editing import read_version, status_of
from registry.web.form import Form
from registry.web.language import page_language
from registry.web.officer import blueprint
from registry.web.programme_words import (
    change_lines,
    name_programme,
    rule_choices,
    version_lines,
    weight_labels,
)
from search.eligibility.catalogue import load_rules, optional_rules
from search.matching.score import load_parts

LOOK_AGAIN_SECONDS = 3
LOOK_AGAIN = "_look_again"
"""The button of a page that keeps a reason while its draft is still being counted."""


@blueprint.get("/programmes")
def programmes() -> str:
    """List the programmes; a new one is begun here."""
    return _list_page(Form(ProgrammeNameSchema(), labels={"name": _("What it is called")}))


@blueprint.post("/programmes/new")
def new_programme() -> ResponseReturnValue:
    """Begin a programme."""
    labels = {"name": _("What it is called")}
    form = Form(ProgrammeNameSchema(), request.form, labels=labels)
    typed = form.load()
    if typed is None:
        return _list_page(form), status_of(form)
    made = add_programme(current_session(), current_actor(), name=typed["name"])
    return redirect(url_for("officer.programme", programme_id=made["id"]), code=303)


def _list_page(form: Form) -> str:
    found = list_programmes(current_session(), current_actor())
    return render_template("officer/programmes.html", programmes=found, form=form)


@blueprint.route("/programmes/<programme_id>", methods=["GET", "POST"])
def programme(programme_id: str) -> ResponseReturnValue:
    """Show a programme with its terms as a form; sending it tries them, and saves nothing."""
    view = get_programme(current_session(), current_actor(), programme_id)
    typed = request.form if request.method == "POST" else None
    form = Form(terms_schema()(), typed, _first_terms(view), labels=weight_labels())
    if typed is not None and (draft_id := _try_out(view, form)):
        address = url_for("officer.programme_draft", programme_id=view["id"], draft_id=draft_id)
        return redirect(address, code=303)
    version = read_version() if typed is not None else view["version"]
    return render_template(
        "officer/programme.html",
        programme=view,
        form=form,
        version=version,
        rules=rule_choices(),
        always=[rule for rule in load_rules().values() if not rule.optional],
        parts=load_parts(),
        language=page_language(),
        versions=version_lines(view["versions"]),
    ), status_of(form)


def _first_terms(view: Mapping[str, Any]) -> dict[str, Any]:
    """Return the terms to begin from: those of a draft to be changed further, else what stands."""
    draft_id = request.args.get("draft")
    terms = view
    if draft_id:
        terms = get_draft(current_session(), current_actor(), view["id"], draft_id)
    return _to_form(terms)


def _to_form(terms: Mapping[str, Any]) -> dict[str, Any]:
    weights = {f"weight_{code}": weight for code, weight in terms["weights"].items()}
    return {"applied": sorted(optional_rules() - set(terms["left_out"])), **weights}


def _try_out(view: Mapping[str, Any], form: Form) -> str | None:
    """Make a draft of what was typed and return its id; None with problems in the form."""
    loaded = form.load()
    if loaded is None:
        return None
    try:
        return draft_programme(
            current_session(),
            current_actor(),
            view["id"],
            left_out=sorted(optional_rules() - set(loaded.get("applied", ()))),
            weights={code: loaded[f"weight_{code}"] for code in load_parts()},
            version=read_version() or view["version"],
        )
    except RecordRefusedError as refused:
        form.refuse(refused.problems)
        return None


@blueprint.route("/programmes/<programme_id>/drafts/<draft_id>", methods=["GET", "POST"])
def programme_draft(programme_id: str, draft_id: str) -> ResponseReturnValue:
    """Say what a draft would change, counted by the worker; then sending a reason saves it.

    A reason that is sent before (or only to look again) is kept, and nothing is saved.
    """
    session, actor = current_session(), current_actor()
    draft = get_draft(session, actor, programme_id, draft_id)
    typed = request.form if request.method == "POST" else None
    form = Form(ProgrammeReasonSchema(), typed, labels={"reason": _("Why")})
    is_early = is_stale = False
    if typed is not None and LOOK_AGAIN not in typed:
        is_early = draft["effect"] is None
        try:
            if not is_early and _save(programme_id, draft, form):
                flash(_("It is saved. The pairs are being judged anew."), "good")
                return redirect(url_for("officer.programme", programme_id=programme_id), code=303)
        except ConflictError:
            is_stale = True
    status = HTTPStatus.CONFLICT if is_early or is_stale else status_of(form)
    view = get_programme(session, actor, programme_id)
    return _draft_page(view, draft, form, is_early=is_early), status


def _save(programme_id: str, draft: Mapping[str, Any], form: Form) -> bool:
    loaded = form.load()
    if loaded is None:
        return False
    save_programme(
        current_session(),
        current_actor(),
        programme_id,
        left_out=draft["left_out"],
        weights=draft["weights"],
        reason=loaded["reason"],
        version=read_version(),
    )
    return True


def _draft_page(
    view: Mapping[str, Any], draft: Mapping[str, Any], form: Form, *, is_early: bool
) -> str:
    """Make the page of a draft; from now on it is made from what stands."""
    waits = {"refresh_every": LOOK_AGAIN_SECONDS} if draft["effect"] is None else {}
    is_typed = request.method == "POST"
    if is_typed:
        waits = {}  # looking again would lose what was typed
    return render_template(
        "officer/programme_draft.html",
        programme=view,
        draft=draft,
        form=form,
        changes=change_lines(view, draft),
        is_outdated=draft["made_from"] != view["version"],
        terms=_to_form(draft),
        is_early=is_early,
        is_typed=is_typed,
        look_again=LOOK_AGAIN,
        **waits,
    )


@blueprint.post("/programmes/<programme_id>/drafts/<draft_id>/drop")
def drop_programme_draft(programme_id: str, draft_id: str) -> ResponseReturnValue:
    """Throw a draft away; one that is gone already is gone."""
    try:
        drop_draft(current_session(), current_actor(), programme_id, draft_id)
    except NotFoundError:
        get_programme(current_session(), current_actor(), programme_id)
    flash(_("It is thrown away. Nothing has changed."), "good")
    return redirect(url_for("officer.programme", programme_id=programme_id), code=303)


@blueprint.post("/offers/<offer_id>/programme")
def place_in_programme(offer_id: str) -> ResponseReturnValue:
    """Let an offer belong to another programme."""
    chosen = request.form.get("programme", "")
    place_offer(current_session(), current_actor(), offer_id, programme_id=chosen)
    flash(_("The offer belongs to it now. Its pairs are being judged anew."), "good")
    return redirect(url_for("officer.offer", offer_id=offer_id), code=303)


def programme_choices() -> list[Choice]:
    """Return the programmes that an offer can belong to."""
    found = list_programmes(current_session(), current_actor())
    return [Choice(each["id"], name_programme(each["name"])) for each in found]
