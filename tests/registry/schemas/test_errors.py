import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError, fields

from registry.domain.errors import FieldProblem, RecordRefusedError
from registry.schemas.amounts import AmountField, ByCategory
from registry.schemas.errors import MESSAGES, message_of, problems_of, refuse
from registry.schemas.records import SCHEMAS, load_record, schema_of
from tests.registry.schemas.examples import EXAMPLES

GAP = re.compile(r"%\((\w+)\)s")


def every_field(schema: Schema):
    for field in schema.load_fields.values():
        yield from with_parts(field)


def with_parts(field):
    yield field
    if isinstance(field, AmountField):
        yield from field.schema.fields.values()
    elif isinstance(field, ByCategory):
        yield field.codes
        yield from with_parts(field.values)
    elif isinstance(field, fields.List):
        yield from with_parts(field.inner)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_no_field_can_speak_marshmallows_own_english(kind):
    for field in every_field(schema_of(kind)):
        strangers = set(field.error_messages.values()) - set(MESSAGES)
        assert not strangers, f"{kind}.{field.name}: {strangers}"


@pytest.mark.parametrize("kind", SCHEMAS)
def test_no_schema_can_speak_marshmallows_own_english(kind):
    assert set(schema_of(kind).error_messages.values()) <= set(MESSAGES)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.sampled_from(["be", "PL", "2026-02-30", "1500.00", "EUR", "fixed_costs.rent", "rent"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["amount", "currency", "unit", "fixed_costs.rent", "rent", "x"]),
            inner,
            max_size=3,
        )
    ),
    max_leaves=5,
)


@given(st.data())
def test_whatever_is_sent_in_a_field_is_taken_or_refused_with_a_code_of_ours(data):
    kind = data.draw(st.sampled_from(sorted(EXAMPLES)))
    name = data.draw(st.sampled_from(sorted(SCHEMAS[kind]().load_fields)))
    record = {**EXAMPLES[kind], name: data.draw(JSON)}
    try:
        load_record(kind, record)
    except RecordRefusedError as error:
        for problem in error.problems:
            assert problem.code in set(MESSAGES) - {"not_accepted"}
            assert problem.field.partition(".")[0] in {name, *record}
            assert MESSAGES[problem.code] % problem.values


@pytest.mark.parametrize("odd", [math.nan, math.inf, -math.inf, 1e400, 2**70, -1])
@pytest.mark.parametrize("name", ["months_covered", "minimum_months"])
def test_numbers_that_are_none_are_refused(odd, name):
    with pytest.raises(RecordRefusedError):
        load_record("need", {**EXAMPLES["need"], name: odd})


def test_sentences_end_as_sentences_and_never_say_what_was_typed():
    for code, sentence in MESSAGES.items():
        assert sentence.endswith("."), code
        assert sentence[0].isupper(), code
        assert set(GAP.findall(sentence)) <= {"min", "max", "allowed", "meant"}, code


def test_a_code_from_outside_is_answered_with_the_general_sentence():
    assert message_of("Invalid JSON body.") == MESSAGES["not_accepted"]
    assert problems_of({"title": ["Not a valid string."]})[0].code == "not_accepted"


def test_a_code_that_is_not_in_the_list_cannot_be_raised():
    with pytest.raises(KeyError):
        refuse("too_blue")


def test_paths_are_dotted_and_the_whole_record_has_an_empty_one():
    messages = {
        "breakdown": {"fixed_costs.rent": {"amount": [FieldProblem("", "not_positive")]}},
        "channels": {1: ["unknown_code"]},
        "_schema": ["not_a_record"],
    }
    assert [(problem.field, problem.code) for problem in problems_of(messages)] == [
        ("breakdown.fixed_costs.rent.amount", "not_positive"),
        ("channels.1", "unknown_code"),
        ("", "not_a_record"),
    ]


def test_values_for_the_sentence_travel_with_the_problem():
    error: ValidationError = refuse("too_long", max=120)
    (problem,) = problems_of({"title": error.messages})
    assert message_of(problem.code) % problem.values == (
        "This is too long. Shorten it to 120 characters at most."
    )
