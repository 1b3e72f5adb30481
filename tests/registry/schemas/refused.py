"""What a test asks of a refusal: the codes at their fields."""

import pytest

from registry.domain.errors import RecordRefusedError
from registry.schemas.records import load_record


def refusals(kind, record, *, partial=False):
    """Load a record that has to be refused; return its problems as (field, code) pairs."""
    with pytest.raises(RecordRefusedError) as caught:
        load_record(kind, record, partial=partial)
    return [(problem.field, problem.code) for problem in caught.value.problems]
