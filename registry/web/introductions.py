"""A pairing as one of its two sides meets it: look at it, say yes or no, ask an officer.

Organisations and donors do the same things with a pairing, each through its own service and in
its own words; what is the same stands here once.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema

from registry.domain import labels
from registry.domain.errors import ConflictError, InvalidMoveError
from registry.domain.pipeline import Mover
from registry.domain.reasons import REASONS
from registry.identity.current import current_actor, current_session
from registry.schemas.match import NOTE_LENGTH
from registry.schemas.plain import Code
from registry.schemas.record import InputSchema
from registry.schemas.records import dump_record, schema_of
from registry.schemas.texts import Prose
from registry.services.matches.get_match import get_match
from registry.services.matches.list_matches import list_matches
from registry.services.questions.ask_question import ask_once
from registry.web.editing import newer_than, read_seen, read_version, status_of
from registry.web.form import Form
from registry.web.language import page_language
from registry.web.lists import page_links
from registry.web.sealed import exchange_of, give_chosen
from registry.web.side import Side
from search.codes import Party, ReviewKind

LOOK_IN_AFTER = timedelta(days=7)
"""When it is worth looking in again where nobody can say it more exactly."""

View = Mapping[str, Any]
HistoryLine = tuple[date, str, str, str]
"""An act in words: on which day, who, what, and what else there is to it."""


def refusal_schema(part: Mover) -> Schema:
    """Make the schema of a no: a reason that this side has, and what else officers should know."""
    fields = {
        "reason_code": Code(REASONS[part], required=True),
        "note": Prose(NOTE_LENGTH),
    }
    return InputSchema.from_dict(fields)()  # type: ignore[arg-type]


def show_list(side: Side) -> str:
    """List the pairings that this side may see, the last moved first."""
    session = current_session()
    page = list_matches(session, current_actor(), cursor=request.args.get("cursor"))
    return render_template(
        f"{side.name}/matches.html",
        waiting=[line for line in page.items if line["state"] == side.waits_in],
        others=[line for line in page.items if line["state"] != side.waits_in],
        pages=page_links(page, f"{side.name}.matches"),
    )


def show_match(side: Side, match_id: str) -> str:
    """Show one pairing with everything that this side needs to decide."""
    match = read_match(match_id)
    return render_template(f"{side.name}/match.html", match=match, **_told(match))


def say_yes(side: Side, match_id: str) -> ResponseReturnValue:
    """Ask whether the yes is meant; then record it. Sent twice, it is said once."""
    match = read_match(match_id)
    if request.method == "GET":
        return _ask_whether(side, match, None)
    if match["state"] not in side.leads_to:
        try:
            side.yes(current_session(), current_actor(), match_id, version=read_version())
            give_chosen(match_id)
        except (ConflictError, InvalidMoveError):
            return _ask_whether(side, match, what_is_new(match)), HTTPStatus.CONFLICT
    flash(_("Your yes is recorded."), "good")
    return redirect(side.address("match", match_id=match_id), code=303)


def ask_officer(side: Side, match_id: str) -> ResponseReturnValue:
    """Put a question about the pairing to the officers."""
    match = read_match(match_id)
    typed = request.form if request.method == "POST" else None
    form = Form(schema_of("question"), typed, only=("text",), labels={"text": _("Your question")})
    if typed is not None and _asked(form, match_id):
        flash(_("Your question is on the officers' page. The answer will stand here."), "good")
        return redirect(side.address("match", match_id=match_id), code=303)
    page = render_template(f"{side.name}/match_ask.html", match=match, form=form)
    return page, status_of(form)


def read_match(match_id: str) -> dict[str, Any]:
    """Return the pairing as the signed-in side may see it."""
    return get_match(current_session(), current_actor(), match_id, page_language())


def last_act(match: View) -> int:
    """Return the number of the newest act that a page shows; a form sends it back as `_seen`."""
    return max((act["sequence"] for act in match["reviews"]), default=0)


def what_is_new(match: View) -> list[HistoryLine]:
    """Return the acts that came after the page that was sent had been made, in words."""
    return [_history_line(match["part"], act) for act in newer_than(match, read_seen())]


def look_in_day() -> date:
    """Return the day on which it is worth looking in again."""
    return current_session().today + LOOK_IN_AFTER


def _ask_whether(side: Side, match: View, news: list[HistoryLine] | None) -> str:
    return render_template(
        f"{side.name}/match_yes.html",
        match=match,
        seen=last_act(match),
        news=news,
        **_told(match),
    )


def _asked(form: Form, match_id: str) -> bool:
    question = form.load(about=match_id, to_role=Party.OFFICER.value)
    if question is None:
        return False
    ask_once(
        current_session(),
        current_actor(),
        "match",
        match_id,
        to_role=Party.OFFICER,
        text=question["text"],
    )
    return True


def _told(match: View) -> dict[str, Any]:
    """Return what the templates of a pairing need besides it: plain records and ready lines."""
    return {
        "need_record": _dump("need", match, Mover.ORGANISATION),
        "offer_record": _dump("offer", match, Mover.DONOR),
        "moves": {move["kind"]: _move_line(move) for move in match["moves"]},
        "score_lines": [
            (line["label"], line["value"], line["reason"]) for line in match["score_parts"]
        ],
        "history": [_history_line(match["part"], act) for act in match["reviews"]],
        "look_in": look_in_day(),
        "exchange": exchange_of(match["id"]),
    }


def _dump(kind: str, match: View, owner: Mover) -> dict[str, Any]:
    """Write one side of the match as its reader may see it, its own side as its owner."""
    side: dict[str, Any] = match[f"{kind}_side"]
    if not side:
        return {}
    if match["part"] is owner:
        return dump_record(kind, side)
    return dump_record(kind, side, match["audience"])


def _move_line(move: View) -> dict[str, Any]:
    """Return whether a step is possible, whether its time has come, and why not in words."""
    sentences = [obstacle["sentence"] for obstacle in move["why"]]
    why = " ".join(str(_(sentence)) for sentence in sentences)
    return {"possible": move["possible"], "is_time": move["leads_to"] is not None, "why": why}


def _history_line(part: Mover, act: View) -> HistoryLine:
    kind, reason = act["kind"], act.get("reason_code")
    done = _("Showed this need to you") if kind == ReviewKind.OFFER else _(_label_of(kind))
    why = _(labels.label("reason", reason)) if reason else ""
    note = " ".join(text for text in (why, act.get("note")) if text)
    return act["day"], _who(part, act), done, note


def _label_of(kind: ReviewKind) -> str:
    return labels.label("review_kind", kind)


def _who(part: Mover, act: View) -> str:
    """Say who did something; an officer may have spoken for a side that has no account."""
    if act["by_role"] == part:
        return str(_("you"))
    in_stead_of = {
        Mover.DONOR: _("an officer, for the donor"),
        Mover.ORGANISATION: _("an officer, for the organisation"),
    }
    if "for_party" in act:
        return str(in_stead_of[act["for_party"]])
    names = {
        "donor": _("the donor"),
        "organisation": _("the organisation"),
        "partner": _("the organisation's hub"),
    }
    return str(names.get(act["by_role"], _("an officer")))
