"""What fits, without an account: one page that asks, answers, keeps what was typed and forgets.

The answer comes to the POST itself, so that what was said stands in no address and in no
history, and no cookie is needed for it: nothing changes by it that somebody could be made to do.
"""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from registry.domain.errors import RecordRefusedError
from registry.identity.reading import begin_reading
from registry.identity.throttle import CHECKS
from registry.schemas.check import CheckFormSchema, split_form
from registry.services.offers.check_offers import check_offers
from registry.web.editing import status_of
from registry.web.form import Form
from registry.web.language import page_language
from search.codes import PairOutcome, is_group, items_of

blueprint = Blueprint("check", __name__)

ASKED_FIRST = ("category", "country", "kind", "asks_for", "amount_requested", "minimum_useful")
REQUIRED = ("asks_for",)


@blueprint.route("/what-fits", methods=["GET", "POST"])
def what_fits() -> ResponseReturnValue:
    """Show the form, and beneath what was typed the answer; what stands in the address is not read.

    Loading the answer again asks the same again, and nothing comes of it.
    """
    typed = request.form if request.method == "POST" else None
    form = Form(CheckFormSchema(), typed, required=REQUIRED)
    found = _find(form) if typed is not None else None
    return _render(form, found), status_of(form)


def _find(form: Form) -> dict[str, Any] | None:
    said = form.load()
    if said is None:
        return None
    CHECKS.take()
    try:
        return check_offers(begin_reading(), split_form(said), page_language())
    except RecordRefusedError as refused:
        form.refuse(refused.problems)
        return None


def _render(form: Form, found: dict[str, Any] | None) -> str:
    category = form.typed("category")
    further = (
        [name for name in form.schema.fields if name not in ASKED_FIRST] if form.schema else []
    )
    return render_template(
        "what_fits.html",
        form=form,
        found=found,
        groups=_by_outcome(found) if found else {},
        items=items_of(category) if _is_known_group(category) else (),
        further_said=any(_is_said(form, name) for name in further),
    )


def _by_outcome(found: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    return {
        outcome: [line for line in found["offers"] if line["outcome"] == outcome]
        for outcome in PairOutcome
    }


def _is_known_group(category: str) -> bool:
    return bool(category) and is_group(category)


def _is_said(form: Form, name: str) -> bool:
    """Say whether something stands in a field, or is wrong with it, so that it must be in sight."""
    parts = (key for key in form.sent if key == name or key.startswith(f"{name}."))
    typed = any(form.sent[key] for key in parts if not key.endswith((".currency", ".unit")))
    return typed or bool(form.problems_of(name))
