"""A side's no to a pairing: its reason is asked for, and nothing typed is lost on the way.

Where the page had grown old, what happened meanwhile stands above what was typed; where no no is
needed any more, its words can still go to the officers.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain import labels
from registry.domain.errors import (
    ConflictError,
    FieldProblem,
    InvalidMoveError,
    ReasonMissingError,
)
from registry.domain.reasons import REASONS
from registry.identity.current import current_actor, current_session
from registry.schemas.records import schema_of
from registry.services.matches.decline_match import decline_match
from registry.web.editing import read_version, status_of
from registry.web.form import Form
from registry.web.introductions import (
    HistoryLine,
    last_act,
    read_match,
    refusal_schema,
    what_is_new,
)
from registry.web.side import Side
from search.codes import ReasonCode, ReviewKind


def say_no(side: Side, match_id: str) -> ResponseReturnValue:
    """Ask for the reason of a no; then record it. Sent twice, it is said once."""
    typed = request.form if request.method == "POST" else None
    refusal = Refusal(side, read_match(match_id), Form(refusal_schema(side.part), typed))
    if typed is not None and refusal.is_recorded():
        flash(_("Your no is recorded. Thank you for saying why."), "good")
        return redirect(side.address("match", match_id=match_id), code=303)
    return refusal.page(), refusal.status


class Refusal:
    """One try to say no: it is recorded, or its page says why not and keeps what was typed."""

    def __init__(self, side: Side, match: Mapping[str, Any], form: Form) -> None:
        self.side, self.match, self.form = side, match, form
        self.news: list[HistoryLine] | None = None

    def is_recorded(self) -> bool:
        """Record the no; False with what stands in the way filled in."""
        said = self.form.load()
        if said is None:
            return False
        try:
            decline_match(
                current_session(),
                current_actor(),
                self.match["id"],
                reason_code=ReasonCode(said["reason_code"]),
                note=said.get("note"),
                version=read_version(),
            )
        except (ConflictError, InvalidMoveError):
            return self._was_said_before(said)
        except ReasonMissingError:
            self.form.refuse([FieldProblem("reason_code", "required")])
            return False
        return True

    def page(self) -> str:
        """Return the page as the pairing stands now, with what was typed."""
        return render_template(
            f"{self.side.name}/match_no.html",
            match=self.match,
            form=self.form,
            reasons=REASONS[self.side.part],
            version=self.match["version"],
            seen=last_act(self.match),
            news=self.news,
            words=self._words_that_remain(),
        )

    @property
    def status(self) -> int:
        """The status of the page."""
        return HTTPStatus.CONFLICT if self.news is not None else status_of(self.form)

    def _was_said_before(self, said: Mapping[str, Any]) -> bool:
        """Say whether it was this very form, sent twice; else gather what happened meanwhile."""
        own = (each for each in reversed(self.match["reviews"]) if _is_own_no(each))
        last: Mapping[str, Any] = next(own, {})
        if all(last.get(name) == said.get(name) for name in ("reason_code", "note")):
            return True
        self.news = what_is_new(self.match)
        return False

    def _words_that_remain(self) -> Form | None:
        """Return a question made of what was typed, where a no is no longer possible."""
        moves = {move["kind"]: move["possible"] for move in self.match["moves"]}
        if self.news is None or moves.get(ReviewKind.DECLINE):
            return None
        reason = str(_(labels.label("reason", self.form.typed("reason_code"))))
        words = ": ".join(part for part in (reason, self.form.typed("note")) if part)
        return Form(schema_of("question"), record={"text": words}, only=("text",))


def _is_own_no(act: Mapping[str, Any]) -> bool:
    return bool(act["by_me"]) and act["kind"] == ReviewKind.DECLINE
