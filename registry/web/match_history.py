"""What happened to a match, in words for officers."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from registry.domain import labels
from registry.domain.msgid import N_
from registry.services.name_code import name_code
from registry.web.formats import show_amount, show_day
from registry.web.language import page_language
from registry.web.officer import speaker_name
from search.codes import Party, ReviewKind
from search.eligibility.sentences import label as rule_label

Act = Mapping[str, Any]
Line = tuple[date, str, str, str]


DONE: dict[ReviewKind, str] = {
    ReviewKind.SHORTLIST: N_("Put it on the short list"),
    ReviewKind.OFFER: N_("Showed it to the donor"),
    ReviewKind.INTEREST: N_("Said yes: would help"),
    ReviewKind.CONSENT: N_("Said yes: would take this help"),
    ReviewKind.DECLINE: N_("Said no"),
    ReviewKind.DISMISS: N_("Set the proposal aside as mistaken"),
    ReviewKind.WAIVE: N_("Set a rule aside"),
    ReviewKind.PIN: N_("Kept it on top"),
    ReviewKind.FORBID: N_("Decided that these two are never to be paired"),
    ReviewKind.NOTE: N_("Wrote a note"),
    ReviewKind.AWARD: N_("Recorded the help that was agreed"),
}
"""Kind of review -> English msgid of what was done."""


def history_lines(match: Mapping[str, Any], acts: Iterable[Act] | None = None) -> list[Line]:
    """Return (day, who, what, note) of acts, newest first; of all acts where none are given."""
    shown = match["reviews"] if acts is None else acts
    return [_line(act) for act in sorted(shown, key=lambda act: -act["sequence"])]


def _line(act: Act) -> Line:
    who = speaker_name(act["by_role"], is_me=act["by_me"], by=act.get("by"))
    return act["day"], who, _what(act), _further(act)


def _what(act: Act) -> str:
    kind = act["kind"]
    if kind == ReviewKind.PIN and not act.get("pinned", True):
        return str(_("No longer kept on top"))
    if kind == ReviewKind.WAIVE and act["by_role"] in (Party.ORGANISATION, "partner"):
        return str(_("Allowed to set a rule aside"))
    return str(_(DONE[kind]))


def _further(act: Act) -> str:
    """Join what else an act says: the rule, the amount, the reason, the note."""
    parts = [
        rule_label(act["rule"], page_language()) if act.get("rule") else "",
        _("until %(day)s", day=show_day(act["until"])) if act.get("until") else "",
        show_amount(act["amount"]) if act.get("amount") else "",
        _(labels.label("reason", act["reason_code"])) if act.get("reason_code") else "",
        _for_whom(act),
        act.get("note", ""),
    ]
    return " · ".join(str(part) for part in parts if part)


def _for_whom(act: Act) -> str:
    if not act.get("for_party"):
        return ""
    return str(
        _("on behalf of: %(who)s", who=name_code("party", act["for_party"], page_language()))
    )
