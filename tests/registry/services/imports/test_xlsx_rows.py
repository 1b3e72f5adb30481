"""XLSX files as spreadsheets write them, and as somebody with bad intent would."""

import re
from datetime import date, datetime, time
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from registry.services.imports import workbook
from registry.services.imports.xlsx_rows import read_xlsx, spell
from tests.registry.services.imports.records import need, told

HEADER = [
    *("external_id", "organisation", "category", "country", "title"),
    *("amount_requested", "amount_requested_currency", "needed_by", "months_covered", "channels"),
]
GOOD = ["need-1", "org-1", "fixed_costs.rent", "PL", "Rent", 1500, "EUR"]
NIGHT = datetime.combine(date(2027, 3, 31), time.min)
NOON = NIGHT.replace(hour=12)
RECORD = {
    "external_id": "need-1",
    "organisation": "org-1",
    "category": "fixed_costs.rent",
    "country": "PL",
    "title": "Rent",
    "amount_requested": {"amount": "1500", "currency": "EUR"},
}


@pytest.fixture
def save(tmp_path):
    """Save rows as the first sheet of a workbook."""

    def save_rows(*rows, header=HEADER):
        book = Workbook()
        for row in (header, *rows):
            book.active.append(row)
        path = tmp_path / "rows.xlsx"
        book.save(path)
        return path

    return save_rows


def read(path):
    return [
        (row.line, [(each.field, each.code) for each in row.problems] or row.record)
        for row in read_xlsx("need", path)
    ]


def with_part(path, name, body):
    """Write the file anew with one of its parts replaced."""
    with ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for part, old in parts.items():
            archive.writestr(part, body if part == name else old)
    return path


TEXTS = "xl/sharedStrings.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_shared_texts(path, *, table=None):
    """Write the file anew as spreadsheets do: texts in a table of their own, cells hold numbers."""
    texts = []

    def share(found):
        texts.append(found.group(1))
        return b't="s"><v>%d</v>' % (len(texts) - 1)

    with ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    inline = rb't="inlineStr"><is><t[^>]*>(.*?)</t></is>'
    parts["xl/worksheets/sheet1.xml"] = re.sub(inline, share, sheet)
    assert texts
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    named = f'<Override PartName="/{TEXTS}" ContentType="{kind}"/></Types>'.encode()
    types = parts["[Content_Types].xml"]
    parts["[Content_Types].xml"] = types.replace(b"</Types>", named)
    entries = b"".join(b"<si><t>" + text + b"</t></si>" for text in texts)
    whole = f'<sst xmlns="{MAIN}">'.encode() + entries + b"</sst>"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for part, body in {**parts, TEXTS: table or whole}.items():
            archive.writestr(part, body)
    return path


def part_of(path, name):
    with ZipFile(path) as archive:
        return archive.read(name)


def test_numbers_days_and_lists_become_the_spelling_of_records(save):
    row = [*GOOD[:5], 1500.5, "EUR", NIGHT, 6, "bank_abroad; crypto"]

    assert read(save(row)) == [
        (
            2,
            RECORD
            | {
                "amount_requested": {"amount": "1500.5", "currency": "EUR"},
                "needed_by": "2027-03-31",
                "months_covered": 6,
                "channels": ["bank_abroad", "crypto"],
            },
        )
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (12, "12"),
        (12.0, "12"),
        (0.1, "0.1"),
        (1e15, "1000000000000000"),
        (1e-7, "0.0000001"),
        (" x ", "x"),
        (date(2027, 3, 31), "2027-03-31"),
        (NIGHT, "2027-03-31"),
        (NOON, "2027-03-31T12:00:00"),
    ],
)
def test_a_cell_is_spelled_without_guessing(value, text):
    assert spell(value) == text


def test_blank_rows_are_passed_over_and_counted(save):
    assert [line for line, _ in read(save([], [None, None], GOOD))] == [4]


def test_formulas_are_refused_by_the_name_of_their_column(save):
    row = [*GOOD[:4], "=A1", "=1500", "EUR"]

    assert read(save(row, GOOD)) == [
        (2, [("title", "formula_cell"), ("amount_requested", "formula_cell")]),
        (3, RECORD),
    ]


def test_an_array_formula_is_refused_too(save):
    row = [*GOOD[:4], ArrayFormula("E2:E2", "=SUM(A1:A9)"), 1500, "EUR"]

    assert read(save(row)) == [(2, [("title", "formula_cell")])]


def test_text_that_begins_like_a_formula_is_refused_by_the_schema(save, run, parties):
    report = run("needs", save([*GOOD[:4], "@SUM(A1)", *GOOD[5:]]))

    assert told(report) == [(2, "title", "looks_like_formula")]


def test_an_error_of_the_spreadsheet_is_refused(save):
    assert read(save([*GOOD[:4], "#REF!", *GOOD[5:]])) == [(2, [("title", "error_cell")])]


def test_a_time_in_a_day_is_refused_by_the_schema(save, run, parties):
    report = run("needs", save([*GOOD, NOON]))

    assert told(report) == [(2, "needed_by", "not_a_day")]


def test_cells_beyond_the_named_columns_are_refused(save):
    assert read(save([*GOOD, None, None, None, "stray"])) == [(2, [("", "stray_cell")])]


def test_the_stated_size_of_a_sheet_is_not_believed(save):
    path = save(GOOD)
    sheet = part_of(path, "xl/worksheets/sheet1.xml")
    lying = sheet.replace(b'ref="A1:J2"', b'ref="A1:XFD1048576"')
    assert lying != sheet

    assert read(with_part(path, "xl/worksheets/sheet1.xml", lying)) == [(2, RECORD)]


def test_rows_say_how_much_of_the_file_was_read(save):
    path = save(*[GOOD] * 3)
    size = path.stat().st_size

    assert [row.read for row in read_xlsx("need", path)] == [size // 2, size * 3 // 4, size]


@pytest.mark.parametrize("body", [b"", b"no zip at all", b"PK\x03\x04 cut off"])
def test_what_is_no_workbook_is_refused(tmp_path, body):
    path = tmp_path / "rows.xlsx"
    path.write_bytes(body)

    assert read(path) == [(1, [("", "bad_workbook")])]


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "rows.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr("letter.txt", "hello")

    assert read(path) == [(1, [("", "bad_workbook")])]


def test_a_sheet_that_breaks_off_is_refused_after_its_good_rows(save):
    path = save(GOOD, GOOD, GOOD)
    sheet = part_of(path, "xl/worksheets/sheet1.xml")
    cut = sheet[: sheet.index(b'<row r="4"')]

    rows = read(with_part(path, "xl/worksheets/sheet1.xml", cut))

    assert [line for line, _ in rows] == [2, 3, 4]
    assert rows[-1][1] == [("", "bad_workbook")]


def test_a_file_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(save, monkeypatch):
    monkeypatch.setattr(workbook, "LARGEST_PART", 1_000_000)
    path = with_part(save(GOOD), "xl/worksheets/sheet1.xml", b" " * 1_000_001)
    assert path.stat().st_size < 20_000

    assert read(path) == [(1, [("", "workbook_too_large")])]


def test_texts_that_multiply_themselves_are_refused(save):
    steps = "".join(
        f'<!ENTITY a{n} "{(f"&a{n - 1};" if n else "a" * 100) * 20}">' for n in range(9)
    )
    bomb = f'<!DOCTYPE x [{steps}]><sst xmlns="{MAIN}"><si><t>&a8;</t></si></sst>'

    path = with_shared_texts(save(GOOD), table=bomb.encode())

    assert read(path) == [(1, [("", "bad_workbook")])]


@pytest.mark.parametrize("written", [lambda path: path, with_shared_texts])
def test_texts_are_read_with_their_marks_wherever_they_stand(save, written):
    rows = [[*GOOD[:4], "Арэнда <&> \U0001f3e0", *GOOD[5:]], GOOD]

    found = read(written(save(*rows)))

    assert found == [(2, RECORD | {"title": "Арэнда <&> \U0001f3e0"}), (3, RECORD)]


def test_what_is_stored_of_the_texts_on_disk_is_encrypted():
    texts = workbook.StoredTexts()
    texts.fill(iter(["Kupala street", "", "Арэнда"]))

    stored = list(texts._database.execute("SELECT text FROM shared ORDER BY number"))
    assert [texts[number] for number in range(3)] == ["Kupala street", "", "Арэнда"]
    assert not any(b"Kupala" in body for (body,) in stored)
    with pytest.raises(IndexError):
        texts[3]
    texts.close()


def test_a_text_that_is_not_in_the_table_breaks_the_file(save):
    table = f'<sst xmlns="{MAIN}"><si><t>external_id</t></si></sst>'.encode()

    assert read(with_shared_texts(save(GOOD), table=table)) == [(1, [("", "bad_workbook")])]


def test_a_workbook_and_lines_that_say_the_same_are_the_same(save, run, parties):
    run("needs", save([*GOOD[:5], 1500, "EUR", None, None, "bank_abroad"]))

    assert run("needs", [need(title="Rent", summary=None)]).unchanged == 1
