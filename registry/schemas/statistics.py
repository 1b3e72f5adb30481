"""The statistics as the API spells them."""

from marshmallow import Schema, fields, validate

from registry.domain.disclosure import SMALL
from registry.privacy.disclosure_control import EVERYWHERE, SPLIT
from registry.schemas.amounts import MoneyField
from search.codes import CATEGORY_GROUPS

_ONLY_WHERE = "Left out where fewer than ten organisations, or mostly one, stand behind it."


class CellSchema(Schema):
    """One figure line; a category has `home` and `abroad`, or else `all`, never both."""

    category = fields.String(required=True, validate=validate.OneOf(list(CATEGORY_GROUPS)))
    countries = fields.String(required=True, validate=validate.OneOf([*SPLIT, EVERYWHERE]))
    organisations = fields.Integer(
        required=True,
        metadata={"description": "How many lack this now, in tens; fewer than ten are told as 0."},
    )
    set_on = fields.Date(
        required=True,
        metadata={"description": "The day that this line is of; it moves by ten changes at least."},
    )
    amount_unmet = MoneyField(metadata={"description": f"To two digits. {_ONLY_WHERE}"})
    coverage_percent = fields.Integer(metadata={"description": f"In tens. {_ONLY_WHERE}"})
    days_to_help = fields.Integer(
        metadata={"description": f"Until half of those helped had got something. {_ONLY_WHERE}"}
    )


class StatisticsSchema(Schema):
    """The newest snapshot; no items and no `made_on` before the first one."""

    items = fields.List(fields.Nested(CellSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
    made_on = fields.Date(required=True, allow_none=True)
    next_on = fields.Date(
        required=True, metadata={"description": "The day on which the next snapshot can come."}
    )
    least = fields.Integer(
        required=True,
        metadata={"description": f"Organisations behind every figure: always {SMALL}."},
    )
