"""Matches as the API gives them out, and the reviews that people send."""

from typing import Any, ClassVar

from marshmallow import Schema, ValidationError, fields, validates_schema

from registry.schemas.amounts import AmountField
from registry.schemas.plain import Code, Day
from registry.schemas.record import InputSchema, RecordSchema
from registry.schemas.texts import Line, Prose
from search.codes import MatchState, Outcome, PairOutcome, Party, ReasonCode, ReviewKind

NOTE_LENGTH = 2000


class VerdictSchema(InputSchema):
    """What one rule says; the sentence is made for the reader before it is dumped."""

    rule = fields.String(dump_only=True)
    outcome = Code(Outcome, dump_only=True)
    protects = Code(Party, dump_only=True)
    sentence = fields.String(dump_only=True)


class ReviewSchema(InputSchema):
    """One act on a match.

    A refusal carries a `reason_code`; a waiver names its `rule`, says why in `note` and until
    when; an award says its `amount`. Role and day are the registry's to write.
    """

    record_kind: ClassVar[str] = "review"

    kind = Code(ReviewKind, required=True)
    by_role = fields.String(dump_only=True)
    reason_code = Code(ReasonCode)
    note = Prose(NOTE_LENGTH)
    rule = Line(40)
    until = Day()
    amount = AmountField()
    day = fields.Date(dump_only=True)

    @validates_schema(skip_on_field_errors=True)
    def check_waiver(self, review: dict[str, Any], **_: Any) -> None:
        """A rule set aside without a name or a reason could not be answered for."""
        missing = [name for name in ("rule", "note") if not review.get(name)]
        if review["kind"] is ReviewKind.WAIVE and missing:
            raise ValidationError({name: ["required"] for name in missing})


class MatchSchema(RecordSchema):
    """A pairing; everything in it is the registry's to write, through reviews."""

    record_kind = "match"

    class Meta(Schema.Meta):
        dump_only = (
            *("need", "offer", "outcome", "score", "confidence", "parts", "verdicts"),
            *("proposed_amount", "state", "assigned_to", "pinned", "reviews", "programme"),
            *("programme_version", "weights_version", "rules_version"),
        )

    need = fields.String()
    offer = fields.String()
    outcome = Code(PairOutcome)
    score = fields.Float()
    confidence = fields.Float()
    parts = fields.Dict(keys=fields.String(), values=fields.Float())
    verdicts = fields.List(fields.Nested(VerdictSchema))
    proposed_amount = AmountField()
    state = Code(MatchState)
    assigned_to = fields.String()
    pinned = fields.Boolean()
    programme = fields.String()
    programme_version = fields.Integer()
    weights_version = fields.String()
    rules_version = fields.String()
    reviews = fields.List(fields.Nested(ReviewSchema))
