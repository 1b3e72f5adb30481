"""What would fit, for anyone: a need is said, answered and forgotten."""

from typing import Any

from flask.views import MethodView
from flask_babel import get_locale
from marshmallow import Schema, fields

from registry.api.blueprint import OPEN_TO_ALL, ApiBlueprint
from registry.api.documents import OfferViewSchema, view_of
from registry.domain.audience import Audience
from registry.identity.reading import begin_reading
from registry.identity.throttle import CHECKS
from registry.schemas.audience import fields_for
from registry.schemas.check import CheckSchema
from registry.schemas.plain import Code
from registry.services.offers.check_offers import check_offers
from search.codes import PairOutcome, Party

check = ApiBlueprint("check_api", description="Which public offers would fit, without an account.")

SHOWN = frozenset({*fields_for("offer", Audience.PUBLIC), "donor_name"})
LISTS = ("in_the_way", "to_ask", "met")


class CheckedRuleSchema(Schema):
    """A rule that an officer would look at."""

    rule = fields.String(required=True)
    label = fields.String(required=True)


class CheckedLineSchema(CheckedRuleSchema):
    """What a rule says of an offer: `question` and `whom` where it is open, else a `remedy`."""

    sentence = fields.String(required=True)
    remedy = fields.String()
    question = fields.String()
    whom = Code(Party)


class CheckedOfferSchema(Schema):
    """A public offer beside what was said; the outcome is that of the rules anyone may follow.

    `met` is empty where something stands in the way.
    """

    offer = fields.Nested(view_of(OfferViewSchema), required=True)
    outcome = Code(PairOutcome, required=True)
    in_the_way = fields.List(fields.Nested(CheckedLineSchema), required=True)
    to_ask = fields.List(fields.Nested(CheckedLineSchema), required=True)
    met = fields.List(fields.Nested(CheckedLineSchema), required=True)


class CheckedSchema(Schema):
    """The answer, best first; `more` says that not every public offer was held against it."""

    on = fields.Date(required=True)
    items = fields.List(fields.Nested(CheckedOfferSchema), required=True)
    more = fields.Boolean(required=True)
    officers_check = fields.List(fields.Nested(CheckedRuleSchema), required=True)


@check.route("/check")
class Check(MethodView):
    """What would fit."""

    @check.arguments(CheckSchema)
    @check.response(200, CheckedSchema)
    @check.doc(security=OPEN_TO_ALL)
    def post(self, said: dict[str, Any]) -> dict[str, Any]:
        """See which public offers would fit.

        Needs no key, and nothing of it is stored or logged. Offers are judged only by what they
        say in public: `officers_check` names the rules that officers would still look at, always
        the same ones, and no fact that those read changes the answer. Sentences come in the
        language of `Accept-Language`.
        """
        CHECKS.take()
        locale = get_locale()
        found = check_offers(begin_reading(), said, locale.language if locale else "en")
        return {
            "on": found["on"],
            "items": [_dump(line) for line in found["offers"]],
            "more": found["more"],
            "officers_check": found["officers"],
        }


def _dump(line: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the offer's page does not say either, and what is empty in a line."""
    offer = {name: value for name, value in line["offer"].items() if name in SHOWN}
    lines = {name: [_known(each) for each in line[name]] for name in LISTS}
    return {"offer": offer, "outcome": line["outcome"], **lines}


def _known(line: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if value is not None}
