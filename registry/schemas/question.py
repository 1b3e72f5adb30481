"""A free question that waits on somebody's page, and its answer."""

from marshmallow import fields

from registry.schemas.match import NOTE_LENGTH
from registry.schemas.plain import Code
from registry.schemas.record import InputSchema, RecordSchema
from registry.schemas.texts import ExternalId, Prose
from search.codes import Party, QuestionState

ASKED = tuple(party for party in Party if party is not Party.BOTH)
ANSWER_LENGTH = 4000


class QuestionSchema(RecordSchema):
    """`about` is the id of the need, offer, match, organisation or donor that is asked about."""

    record_kind = "question"

    about = ExternalId(required=True)
    to_role = Code(ASKED, required=True)
    asked_by = fields.String(dump_only=True)
    text = Prose(NOTE_LENGTH, required=True)
    answer = Prose(ANSWER_LENGTH, dump_only=True)
    state = Code(QuestionState, dump_only=True)
    asked_on = fields.Date(dump_only=True)
    answered_on = fields.Date(dump_only=True)


class AnswerSchema(InputSchema):
    """The answer to a question, from the one who was asked."""

    answer = Prose(ANSWER_LENGTH, required=True)
