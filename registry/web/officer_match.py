"""One match on the officers' desk: both sides, every rule, and what can be done now."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import (
    ConflictError,
    FieldProblem,
    InvalidMoveError,
    ReasonMissingError,
    RecordRefusedError,
)
from registry.domain.obstacles import OBSTACLES, ObstacleCode
from registry.domain.pipeline import Mover
from registry.domain.reasons import REASONS
from registry.identity.current import current_actor, current_session
from registry.schemas.records import dump_record
from registry.services.matches.assign_match import assign_match
from registry.services.questions.ask_rule import ask_rule, rules_asked
from registry.web.choices import Choice
from registry.web.editing import newer_than, read_seen, read_version, status_of
from registry.web.form import Form
from registry.web.introductions import last_act, read_match
from registry.web.language import page_language
from registry.web.match_history import history_lines
from registry.web.officer import back_to, blueprint, officer_choices
from registry.web.officer_acts import ACTS, UNPIN, Act, kind_of
from registry.web.officer_dossier import NEED_CODES, text_standing
from registry.web.officer_questions import ask_about
from registry.web.officer_reasons import read_reasons
from search.codes import Party, ReviewKind

OFFER_CODES = (
    *("instrument", "flexibility", "budget", "budget_left", "budget_per", "min_award", "max_award"),
    *("categories", "excluded_categories", "countries", "base_countries", "organisation_kinds"),
    *("legal_statuses", "target_groups", "languages", "channels", "publicity_required"),
    *("reporting_required", "minimum_vetting", "max_months", "retroactive", "co_funding"),
    *("opens_on", "closes_on", "decision_days", "payout_days", "visibility"),
)


@blueprint.get("/matches/<match_id>")
def match(match_id: str) -> str:
    """Show one match with everything an officer decides by."""
    view = read_match(match_id)
    return render_template(
        "officer/match.html",
        match=view,
        **_sides(view),
        asked=rules_asked(current_session(), view),
        acts=act_lines(view),
        last_act=last_act(view),
        score_lines=[
            (line["label"], line["value"], line["reason"]) for line in view["score_parts"]
        ],
        history=history_lines(view),
        reasons=read_reasons(match_id),
        officers=officer_choices(),
    )


@blueprint.route("/matches/<match_id>/acts/<act_name>", methods=["GET", "POST"])
def review_match(match_id: str, act_name: str) -> ResponseReturnValue:
    """Ask what an act needs to know, then do it; a stale page keeps what was typed on it."""
    act = ACTS.get(act_name) or abort(HTTPStatus.NOT_FOUND)
    view = read_match(match_id)
    typed = request.form if request.method == "POST" else None
    form = Form(act.schema(), typed, _first_answers(act_name, view), labels=_labels())
    attempt = Attempt(view, act_name, act, form)
    if typed is not None and attempt.succeeds():
        flash(_("It is done: %(act)s.", act=_(act.button)), "good")
        return redirect(url_for("officer.match", match_id=match_id), code=303)
    return attempt.page(), attempt.status


@blueprint.post("/matches/<match_id>/assign")
def assign_one(match_id: str) -> ResponseReturnValue:
    """Take a match on, hand it over, or let it go."""
    receiver = request.form.get("to") or None
    assign_match(current_session(), current_actor(), match_id, to=receiver)
    flash(_("It has changed hands."), "good")
    return back_to("officer.match", match_id=match_id)


@blueprint.post("/matches/<match_id>/rules/<rule>/ask")
def ask_about_rule(match_id: str, rule: str) -> ResponseReturnValue:
    """Ask exactly what a rule needs to know; once it is asked, it is not asked again."""
    if rule not in rules_asked(current_session(), read_match(match_id)):
        ask_rule(current_session(), current_actor(), match_id, rule, language=page_language())
    flash(_("The question waits on the other side's page; the answer will stand here."), "good")
    return redirect(url_for("officer.match", match_id=match_id) + "#rules", code=303)


@blueprint.route("/matches/<match_id>/ask/<to_role>", methods=["GET", "POST"])
def ask_about_match(match_id: str, to_role: str) -> ResponseReturnValue:
    """Ask one of the two sides something of one's own."""
    if to_role not in (Party.ORGANISATION, Party.DONOR):
        abort(HTTPStatus.NOT_FOUND)
    return ask_about("match", match_id, to_role, "officer.match", match_id=match_id)


class Attempt:
    """One try to do an act: it succeeds, or its page says why not and keeps what was typed."""

    def __init__(self, match: Mapping[str, Any], name: str, act: Act, form: Form) -> None:
        self.match, self.name, self.act, self.form = match, name, act, form
        self.news: list[Any] | None = None
        self.why: list[str] = []

    def succeeds(self) -> bool:
        """Do the act; False with what stands in the way filled in."""
        fields = self.form.load()
        if fields is None:
            return False
        try:
            self.act.do(
                current_session(),
                current_actor(),
                self.match["id"],
                **(self._unsaid() | fields),
                version=read_version(),
            )
        except ConflictError:
            return self._is_done_already()
        except ReasonMissingError:
            self.form.refuse([FieldProblem("reason_code", "required")])
            return False
        except RecordRefusedError as refused:
            self.form.refuse(refused.problems)
            return False
        except InvalidMoveError as refused:
            found = [str(_(OBSTACLES[each.code])) for each in refused.why]
            self.why = list(dict.fromkeys(found)) or [str(_(OBSTACLES[ObstacleCode.STATE]))]
            return False
        return True

    def page(self) -> str:
        """Return the page of the act as it stands now."""
        return render_template(
            "officer/act.html",
            match=self.match,
            name=self.name,
            act=self.act,
            form=self.form,
            news=self.news,
            why=self.why or _why_not(self.match, self.name),
            reasons=REASONS[Mover.OFFICER],
            rule_choices=[Choice(each["rule"], each["label"]) for each in _open_rules(self.match)],
            possible=[line for line in act_lines(self.match) if line["possible"]],
            last_act=last_act(self.match),
        )

    @property
    def status(self) -> int:
        """The status of the page."""
        if self.news is not None or self.why:
            return HTTPStatus.CONFLICT
        return status_of(self.form)

    def _unsaid(self) -> dict[str, Any]:
        """Services name what they cannot do without; what was left blank is said to be absent."""
        schema = self.form.schema
        return dict.fromkeys(schema.fields if schema else ())

    def _is_done_already(self) -> bool:
        """Say whether it was this very form, sent twice; else gather what happened meanwhile."""
        news = newer_than(self.match, read_seen())
        if any(each["by_me"] and each["kind"] == kind_of(self.name) for each in news):
            return True
        self.news = history_lines(self.match, news)
        return False


def act_lines(match: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the acts as the page offers them: `{"name", "act", "possible", "is_time", "why"}`."""
    moves = {move["kind"]: move for move in match["moves"]}
    lines = []
    for name, act in ACTS.items():
        move = moves.get(ReviewKind(kind_of(name)))
        if move is None or (kind_of(name) == ReviewKind.PIN and (name == UNPIN) != match["pinned"]):
            continue
        nothing_to_waive = name == ReviewKind.WAIVE and not _open_rules(match)
        lines.append(
            {
                "name": name,
                "act": act,
                "possible": move["possible"] and not nothing_to_waive,
                "is_time": move["leads_to"] is not None and not nothing_to_waive,
                "why": _sentences(move["why"]),
            }
        )
    return lines


def _sides(view: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "need_record": dump_record("need", view["need_side"]),
        "offer_record": dump_record("offer", view["offer_side"]),
        "need_codes": NEED_CODES,
        "offer_codes": OFFER_CODES,
        "text": text_standing(view["need"]),
    }


def _why_not(view: Mapping[str, Any], name: str) -> list[str]:
    """Say why an act is not possible now, before anyone tries."""
    line = next((each for each in act_lines(view) if each["name"] == name), None)
    if line is None:
        return [str(_(OBSTACLES[ObstacleCode.STATE]))]
    return [] if line["possible"] else line["why"] or [str(_(OBSTACLES[ObstacleCode.STATE]))]


def _sentences(why: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(str(_(each["sentence"])) for each in why))


def _open_rules(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [*view["rules"]["in_the_way"], *view["rules"]["to_ask"]]


def _first_answers(name: str, view: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands in a form before anyone typed: the rule pointed at, or the amount."""
    if name == ReviewKind.WAIVE:
        rules = [each["rule"] for each in _open_rules(view)]
        return {"rule": request.args.get("rule") or (rules[0] if len(rules) == 1 else "")}
    if name == ReviewKind.AWARD and view["proposed_amount"] is not None:
        return {"amount": view["proposed_amount"].to_record()}
    return {}


def _labels() -> dict[str, str]:
    return {
        "reason_code": _("Why"),
        "note": _("Note for officers"),
        "rule": _("Which rule"),
        "until": _("Until when"),
        "amount": _("How much was agreed"),
        "awarded_on": _("On which day"),
        "months": _("For how many months"),
        "conditions": _("What the donor asks for in return"),
        "meets_need": _("Is the need met by it?"),
    }
