"""A page with every building block in every state, so that a look and a test reach all of them."""

from datetime import date
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from werkzeug.exceptions import HTTPException

from registry.schemas.records import schema_of
from registry.web import ROOT
from registry.web.described import differences
from registry.web.errors import answer_page_error
from registry.web.form import Form
from registry.web.front import blueprint as front_pages
from registry.web.look import init_look

PAGES = Path(__file__).parent / "pages"

NEED = {
    "category": "legal_aid.fines",
    "country": "PL",
    "title": "Штрафы для трох чалавек",
    "summary": "Патрэбная дапамога са штрафамі.",
    "amount_requested": {"amount": "3000.00", "currency": "EUR"},
    "minimum_useful": {"amount": "1200.00", "currency": "EUR"},
    "quantity": {"amount": "21", "unit": "hours"},
    "channels": ["bank_abroad", "in_kind"],
    "publicity_accepted": "pseudonymous",
    "needed_by": "2027-03-31",
    "months_covered": 6,
    "breakdown": {"legal_aid.fines": {"amount": "1500.00", "currency": "EUR"}},
}

kitchen = Blueprint("kitchen", __name__)


@kitchen.route("/kitchen", methods=["GET", "POST"])
def show() -> str | tuple[str, int]:
    if request.method == "GET":
        flash("kept", "good")
        return _render(Form(schema_of("need"), record=NEED))
    form = Form(schema_of("need"), typed=request.form)
    form.load(external_id="1", organisation="2")
    return _render(form), 422


def _render(form: Form) -> str:
    theirs = {**NEED, "category": "fixed_costs.rent"}
    changed = differences(theirs, form.read(), ["category", "title", "amount_requested"])
    return render_template(
        "kitchen.html", form=form, need=NEED, differences=changed, day=date(2027, 3, 31)
    )


def _answer(error: HTTPException) -> ResponseReturnValue:
    return answer_page_error(error.code or 500, error)


def make_app(**config: Any) -> Flask:
    """Make an application of the look alone, without database or accounts."""
    app = Flask("registry", template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(TESTING=True, SECRET_KEY="of the tests", **config)
    csrf = CSRFProtect(app)
    app.jinja_loader = ChoiceLoader([FileSystemLoader(ROOT / "templates"), FileSystemLoader(PAGES)])
    app.jinja_env.undefined = StrictUndefined
    init_look(app, leave_url="https://neutral.example/", development=True, csrf=csrf)
    app.register_error_handler(HTTPException, _answer)
    app.register_blueprint(front_pages)
    app.register_blueprint(kitchen)
    return app
