"""Shapes of the API's answers to how many others there are."""

from marshmallow import Schema, fields

from registry.domain.disclosure import Coarse
from registry.schemas.plain import Code

COUNTED_ON = {"description": "The day of the count; null where nothing is told."}


def _tens(description: str) -> fields.Integer:
    return fields.Integer(required=True, metadata={"description": description})


class RelaxedSchema(Schema):
    """Needs that an offer would gain without one limit, in tens; read all three numbers."""

    rule = fields.String(required=True)
    label = fields.String(required=True)
    newly_eligible = _tens("Needs that nothing but this limit keeps away from the offer.")
    competitive = _tens(
        "Of these, the ones for which fewer than three of the donor's other offers and of the"
        " public ones would be better."
    )
    net = _tens("Of these, the ones that none of those offers serves and that the budget reaches.")


class OfferReachSchema(Schema):
    """What a donor may know of one of its offers."""

    offer = fields.String(required=True)
    counted_on = fields.Date(required=True, allow_none=True, metadata=COUNTED_ON)
    needs = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "Open needs that it fits, in tens; null where none is told."},
    )
    rules = fields.List(fields.Nested(RelaxedSchema), required=True)


class LimitSchema(Schema):
    """How many donors more could help without one limit of a need."""

    rule = fields.String(required=True)
    label = fields.String(required=True)
    offers = Code(Coarse, required=True)


class NeedReachSchema(Schema):
    """What an organisation may know of one of its needs."""

    need = fields.String(required=True)
    counted_on = fields.Date(required=True, allow_none=True, metadata=COUNTED_ON)
    rules = fields.List(fields.Nested(LimitSchema), required=True)
