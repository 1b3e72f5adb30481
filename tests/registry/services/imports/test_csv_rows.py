"""CSV files as people save them."""

import pytest

from registry.services.imports.csv_rows import read_csv
from tests.registry.services.imports.records import told

HEADER = (
    "external_id,organisation,category,country,title,amount_requested,amount_requested_currency"
)
GOOD = "need-1,org-1,fixed_costs.rent,PL,Rent,1500.00,EUR"


@pytest.fixture
def read(write_file):
    """Read the rows of a CSV file of needs: line and record, or line and codes."""

    def read_rows(content):
        body = content if isinstance(content, bytes) else content.encode()
        return [
            (row.line, [problem.code for problem in row.problems] or row.record)
            for row in read_csv("need", write_file(body, "rows.csv"))
        ]

    return read_rows


def lines(*rows, header=HEADER, end="\n"):
    return "".join(row + end for row in (header, *rows))


RECORD = {
    "external_id": "need-1",
    "organisation": "org-1",
    "category": "fixed_costs.rent",
    "country": "PL",
    "title": "Rent",
    "amount_requested": {"amount": "1500.00", "currency": "EUR"},
}


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_a_row_becomes_a_record_however_the_file_was_saved(read, mark, end, delimiter):
    body = lines(GOOD, end=end).replace(",", delimiter)

    assert read(mark + body.encode()) == [(2, RECORD)]


def test_lists_stand_in_one_cell(read):
    rows = read(lines(GOOD + ",bank_abroad;crypto", header=HEADER + ",channels"))

    assert rows[0][1]["channels"] == ["bank_abroad", "crypto"]


def test_a_list_in_a_file_with_semicolons_stands_in_quotation_marks(read):
    body = lines(GOOD + ",@", header=HEADER + ",channels").replace(",", ";")

    rows = read(body.replace("@", '"bank_abroad;crypto"'))

    assert rows[0][1]["channels"] == ["bank_abroad", "crypto"]


def test_a_row_of_several_lines_stands_at_its_first(read):
    rows = read(lines(GOOD.replace("Rent", '"Rent\nof two"'), GOOD.replace("need-1", "need-2")))

    assert [(line, record["external_id"]) for line, record in rows] == [
        (2, "need-1"),
        (4, "need-2"),
    ]
    assert rows[0][1]["title"] == "Rent\nof two"


def test_blank_lines_are_passed_over_and_counted(read):
    assert [line for line, _ in read(lines("", ",,,", GOOD))] == [4]


def test_text_that_is_not_utf8_is_told_at_its_row_only(read):
    body = lines(GOOD.replace("Rent", "Аренда"), GOOD).encode("cp1251")

    assert read(body) == [(2, ["not_utf8"]), (3, RECORD)]


def test_a_header_that_is_not_utf8_is_told_once(read):
    assert read((HEADER + ",имя\n" + GOOD).encode("cp1251")) == [(1, ["not_utf8"])]


@pytest.mark.parametrize("row", [GOOD.replace("Rent", '"Rent"s'), '"' + GOOD])
def test_quotation_marks_that_do_not_fit_are_refused_where_they_stand(read, row):
    assert read(lines(row)) == [(2, ["bad_csv"])]


def test_a_broken_row_does_not_hide_the_next(read):
    assert read(lines(GOOD.replace("Rent", '"Rent"s'), GOOD)) == [(2, ["bad_csv"]), (3, RECORD)]


def test_a_row_of_3_mb_is_refused_without_reading_it(read):
    rows = read(lines(GOOD.replace("Rent", "x" * 3_000_000), GOOD))

    assert rows == [(2, ["line_too_long"]), (3, RECORD)]


def test_something_beyond_the_last_column_is_refused(read):
    assert read(lines(GOOD + ",,", GOOD + ",more")) == [(2, RECORD), (3, ["stray_cell"])]


def test_something_under_no_name_is_refused(read):
    assert read(lines(GOOD + ",", GOOD + ",more", header=HEADER + ",")) == [
        (2, RECORD),
        (3, ["stray_cell"]),
    ]


@pytest.mark.parametrize(
    ("header", "problems"),
    [
        (HEADER + ",colour", [("colour", "unknown_field")]),
        (HEADER + ",title", [("title", "named_twice")]),
        (HEADER.replace(",country", ""), [("country", "column_missing")]),
        (
            HEADER.replace("country", "Country"),
            [("country", "column_missing"), ("Country", "unknown_field")],
        ),
    ],
)
def test_a_header_that_cannot_be_used_is_told_once_for_the_whole_file(
    run, write_file, header, problems
):
    path = write_file(lines(GOOD, GOOD, header=header).encode(), "rows.csv")

    report = run("needs", path, partial=True)

    assert told(report) == [(1, field, code) for field, code in problems]
    assert (report.created, report.refused) == (0, 1)


def test_a_file_without_a_header_is_refused_without_repeating_its_first_row(run, write_file):
    report = run("needs", write_file(GOOD.encode() + b"\n", "rows.csv"))

    assert told(report) == [(1, "", "no_header")]
    assert "Rent" not in str(report.document())


def test_an_empty_file_is_told_that_a_header_is_missing(run, write_file):
    assert told(run("needs", write_file(b"", "rows.csv"))) == [(1, "", "no_header")]


@pytest.mark.usefixtures("parties")
@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_formulas_are_refused_in_every_column(run, write_file, contents, cell):
    before = contents()
    for column, text in enumerate(GOOD.split(",")):
        row = GOOD.split(",")
        row[column] = cell
        report = run("needs", write_file(lines(",".join(row)).encode(), "rows.csv"))
        field = HEADER.split(",")[column]
        assert report.problems[0].problem.field.startswith(field.removesuffix("_currency")), text
        assert report.problems[0].line == 2
    assert contents() == before


def test_an_unclosed_quotation_mark_ends_at_the_bound_of_a_cell(read):
    rows = read(lines('"' + GOOD, *[GOOD] * 60_000))

    assert rows[0] == (2, ["bad_csv"])
    assert rows[-1][0] == 60_002
