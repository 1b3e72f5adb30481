"""Shapes of the API's own: what records look like to their readers, pages of them, refusals."""

from typing import Any

from marshmallow import Schema, fields

from registry.schemas.donor import DonorSchema
from registry.schemas.match import MatchSchema, ReviewSchema
from registry.schemas.need import NeedSchema
from registry.schemas.offer import OfferSchema
from registry.schemas.organisation import OrganisationSchema
from registry.schemas.question import QuestionSchema


class ErrorLineSchema(Schema):
    """One thing that was refused; `field` is the dotted path of a field, or null."""

    code = fields.String(required=True)
    field = fields.String(required=True, allow_none=True)
    message = fields.String(required=True)


class ErrorSchema(Schema):
    """What every refusal looks like; codes are stable, sentences are for people."""

    status = fields.Integer(required=True)
    message = fields.String(required=True)
    errors = fields.List(fields.Nested(ErrorLineSchema), required=True)


def warnings() -> fields.List[Any]:
    """Declare what an answer to writing says of texts that give people away; they are kept."""
    description = "What in the texts would let someone be recognised. They are kept as sent."
    return fields.List(
        fields.Nested(ErrorLineSchema), dump_only=True, metadata={"description": description}
    )


class NeedViewSchema(NeedSchema):
    """A need with the fields that its reader may see."""

    warnings = warnings()


class OfferViewSchema(OfferSchema):
    """An offer with the fields that its reader may see."""

    warnings = warnings()
    donor_name = fields.String(
        dump_only=True, metadata={"description": "The donor's handle, where the donor shows it."}
    )


class OrganisationViewSchema(OrganisationSchema):
    """An organisation with the fields that its reader may see."""


class DonorViewSchema(DonorSchema):
    """A donor with the fields that its reader may see."""


class MatchViewSchema(MatchSchema):
    """A match with the fields that its reader may see."""


class ReviewViewSchema(ReviewSchema):
    """A review as the match's history shows it."""


class QuestionViewSchema(QuestionSchema):
    """A question as the one who asked and the one who was asked read it."""

    id = fields.String(dump_only=True)
    about_kind = fields.String(dump_only=True)
    may_answer = fields.Boolean(
        dump_only=True, metadata={"description": "Whether this key may answer it now."}
    )


class PieceSchema(Schema):
    """A piece of a text; `marked` where it is a word that was looked for."""

    text = fields.String(required=True)
    marked = fields.Boolean(required=True)


class FoundFieldsSchema(Schema):
    """How well a record fits the words, and where they stand in a text the reader may see."""

    score = fields.Float(metadata={"description": "Only to compare within one answer."})
    matched = fields.Integer(metadata={"description": "How many of the words it meets."})
    snippets = fields.Dict(keys=fields.String(), values=fields.List(fields.Nested(PieceSchema)))


class NeedFoundViewSchema(FoundFieldsSchema, NeedViewSchema):
    """A need that was found."""


class OfferFoundViewSchema(FoundFieldsSchema, OfferViewSchema):
    """An offer that was found."""


class MendedWordSchema(Schema):
    """A word that no word list knows, and what was looked for as well."""

    written = fields.String(required=True)
    looked_for = fields.List(fields.String(), required=True)


class SearchPageSchema(Schema):
    """One page of what was found, best first; `facets` counts by filter and value."""

    items = fields.List(
        fields.Raw(
            metadata={
                "oneOf": [
                    {"$ref": "#/components/schemas/NeedFoundView"},
                    {"$ref": "#/components/schemas/OfferFoundView"},
                ]
            }
        ),
        required=True,
    )
    total = fields.Integer(
        required=True,
        metadata={
            "description": "How many were found: exactly to officers and of one's own records, "
            "otherwise in tens, and fewer than ten as 0. The counts of `facets` likewise."
        },
    )
    words = fields.Integer(
        required=True, metadata={"description": "How many words of the query counted."}
    )
    facets = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(keys=fields.String(), values=fields.Integer()),
        required=True,
    )
    mended = fields.List(
        fields.Nested(MendedWordSchema),
        required=True,
        metadata={"description": "From open word lists alone, whatever the texts hold."},
    )
    next_cursor = fields.String(required=True, allow_none=True)


class ReviewPageSchema(Schema):
    """A match's history, oldest first, on one page."""

    items = fields.List(fields.Nested(ReviewViewSchema), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


VIEWS: dict[type[Schema], Schema] = {}


def view_of(schema: type[Schema]) -> Schema:
    """Return the schema that dumps and describes a view: no field of it is sure to be there."""
    if schema not in VIEWS:
        VIEWS[schema] = schema(partial=True)
    return VIEWS[schema]


def page_of(view: type[Schema]) -> Schema:
    """Return the schema of one page of views."""
    name = view.__name__.removesuffix("ViewSchema")
    page: type[Any] = type(
        f"{name}PageSchema",
        (Schema,),
        {
            "__doc__": "One page; `next_cursor` asks for the next one, null on the last.",
            "items": fields.List(fields.Nested(view_of(view)), required=True),
            "next_cursor": fields.String(required=True, allow_none=True),
        },
    )
    made: Schema = page()
    return made
