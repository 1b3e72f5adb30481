"""Shapes of the API's answers to why, why not and what if."""

from marshmallow import Schema, fields

from registry.schemas.amounts import AmountSchema
from registry.schemas.plain import Code
from search.codes import (
    Flexibility,
    Instrument,
    Outcome,
    PairOutcome,
    Party,
    ReasonCode,
    WhyNot,
)


class WhyNotSchema(Schema):
    """The one class of a pair that does not come about; `by` and the rest where it was decided."""

    why = Code(WhyNot, required=True, data_key="class", attribute="class")
    rules = fields.List(fields.String(), required=True)
    by = fields.String(required=True, allow_none=True)
    reason_code = Code(ReasonCode, required=True, allow_none=True)
    day = fields.String(required=True, allow_none=True)


class SingleChangeSchema(Schema):
    """A fact that would have another value; values are spelled as in import files."""

    record = fields.String(required=True)
    field = fields.String(required=True)
    was = fields.Raw(required=True, allow_none=True, data_key="from", attribute="from")
    to = fields.Raw(required=True, allow_none=True)
    rule = fields.String(required=True)
    who = Code(Party, required=True)
    is_answer = fields.Boolean(
        required=True, metadata={"description": "Nobody has said it yet; this answer would do."}
    )
    sentence = fields.String(required=True)


class ChangeSchema(SingleChangeSchema):
    """One of the changes that together make the pair eligible."""

    instead = fields.List(
        fields.Nested(SingleChangeSchema),
        required=True,
        metadata={"description": "Single changes that would do in place of this one."},
    )


class BeyondSchema(Schema):
    """A rule that no change of facts would meet, and who decides about it."""

    rule = fields.String(required=True)
    who = Code(Party, required=True)
    sentence = fields.String(required=True)


class ChangesSchema(Schema):
    """The smallest set of changes; it makes the pair eligible where nothing is `beyond`."""

    changes = fields.List(fields.Nested(ChangeSchema), required=True)
    beyond = fields.List(fields.Nested(BeyondSchema), required=True)


class ExplainedRuleSchema(Schema):
    """What one rule says of the pair."""

    rule = fields.String(required=True)
    label = fields.String(required=True)
    protects = Code(Party, required=True)
    outcome = Code(Outcome, required=True)
    waived = fields.Boolean(required=True)
    sentence = fields.String(required=True)


class ExplanationSchema(ChangesSchema):
    """A match as it would be judged today: its class of why not, and what would change it."""

    need = fields.String(required=True)
    offer = fields.String(required=True)
    on = fields.String(required=True)
    outcome = Code(PairOutcome, required=True)
    score = fields.Float(required=True)
    confidence = fields.Float(required=True)
    why_not = fields.Nested(WhyNotSchema, required=True, allow_none=True)
    rules = fields.List(fields.Nested(ExplainedRuleSchema), required=True)


class NearOfferSchema(ChangesSchema):
    """An offer that comes near: the codes of the rules in the way, and what would change it."""

    offer = fields.String(required=True)
    instrument = Code(Instrument, required=True)
    flexibility = Code(Flexibility, required=True)
    outcome = Code(PairOutcome, required=True)
    score = fields.Float(required=True)
    rules = fields.List(fields.String(), required=True)


class NearestSchema(Schema):
    """How many offers fit a need; where none does, those that come nearest."""

    eligible = fields.Integer(required=True)
    nearest = fields.List(fields.Nested(NearOfferSchema), required=True)


class WhatIfLineSchema(Schema):
    """What relaxing one rule would change: read all the numbers, the first alone misleads."""

    rule = fields.String(required=True)
    label = fields.String(required=True)
    fails_only = fields.Integer(required=True)
    newly_eligible = fields.Integer(required=True)
    competitive = fields.Integer(required=True)
    net = fields.Integer(required=True)
    asked = fields.Nested(AmountSchema, required=True)


class WhatIfSchema(Schema):
    """The counts for an offer; without rules where more needs are open than a request counts."""

    offer = fields.String(required=True)
    on = fields.String(required=True)
    needs = fields.Integer(required=True, metadata={"description": "How many are open."})
    rules = fields.List(fields.Nested(WhatIfLineSchema), required=True)
