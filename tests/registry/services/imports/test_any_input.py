"""Whatever stands in a file, an import answers with rows and problems, never with a failure."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.domain.errors import FieldProblem
from registry.identity.actor import HOUSE
from registry.services.imports.csv_rows import read_csv
from registry.services.imports.import_file import import_rows
from registry.services.imports.json_lines import read_json_lines
from registry.services.imports.problems import all_codes
from registry.services.imports.source_row import SourceRow
from tests.registry.services.imports.records import donor, need, offer, organisation

HEADER = b"external_id,organisation,category,country,title\n"
RECORDS = {"needs": need, "offers": offer, "organisations": organisation, "donors": donor}
FIELDS = sorted({name for make in RECORDS.values() for name in make()} | {"breakdown", "x"})

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
quiet = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def check_rows(rows):
    last = 0
    for row in rows:
        assert isinstance(row, SourceRow)
        assert row.line > last
        assert all(isinstance(each, FieldProblem) for each in row.problems)
        assert {each.code for each in row.problems} <= all_codes()
        last = row.line


@quiet
@given(
    st.binary(max_size=400)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
def test_any_bytes_are_lines_or_problems(tmp_path, body):
    path = tmp_path / "rows.jsonl"
    path.write_bytes(body)

    check_rows(read_json_lines(path))


@quiet
@given(
    st.sampled_from([b"", HEADER, b"\xef\xbb\xbf" + HEADER, HEADER.replace(b",", b";")]),
    st.binary(max_size=300) | st.text('",;\n\r\0 aб', max_size=60).map(str.encode),
)
def test_any_bytes_are_a_table_or_problems(tmp_path, header, body):
    path = tmp_path / "rows.csv"
    path.write_bytes(header + body)

    check_rows(read_csv("need", path))


@pytest.mark.usefixtures("parties")
@quiet
@given(st.data())
def test_any_value_in_any_field_is_taken_or_refused_at_a_field(parts, data):
    plural = data.draw(st.sampled_from(sorted(RECORDS)))
    changes = data.draw(st.dictionaries(st.sampled_from(FIELDS), values, min_size=1, max_size=3))
    record = RECORDS[plural]("any") | changes

    rows = [SourceRow(1, 0, record)]
    report = import_rows(parts.database, HOUSE, plural, rows, dry_run=True)

    assert report.rows == 1
    assert report.created + report.changed + report.refused == 1
    assert bool(report.problems) == bool(report.refused)
    assert {each.problem.code for each in report.problems} <= all_codes()
    json.dumps(report.document(), ensure_ascii=False).encode()
