"""What can be wrong with a file rather than with a record: a sentence each, saying what to do."""

from registry.domain.errors import FieldProblem
from registry.domain.msgid import N_
from registry.schemas.errors import MESSAGES, message_of

FILE_MESSAGES: dict[str, str] = {
    "not_json": N_("This line is no JSON. Write one record, in braces, on one line."),
    "nested_too_deeply": N_("This line is nested too deeply. Write one record as described."),
    "named_twice": N_("The same name stands here twice. Leave it once."),
    "line_too_long": N_("This line is longer than 2 MB. Shorten its texts."),
    "not_utf8": N_("This is not written in UTF-8. Save the file as UTF-8 and try again."),
    "bad_csv": N_(
        "The quotation marks of this row do not fit together. Put a text with quotation marks, "
        "separators or several lines between quotation marks, and double those inside it."
    ),
    "no_header": N_(
        "The first line has to name the columns. These are needed at least: %(required)s."
    ),
    "column_missing": N_("Every table of these records needs this column. Add it."),
    "stray_cell": N_("Something stands where no column has a name. Take it out, or name it."),
    "bad_workbook": N_("This is no readable XLSX file. Save it anew as XLSX, or as CSV."),
    "workbook_too_large": N_("This XLSX file unpacks to too much. Split it, or save it as CSV."),
    "formula_cell": N_("This cell holds a formula. Put its value in its place."),
    "error_cell": N_("This cell shows an error of the spreadsheet. Put a value in its place."),
    "repeated_external_id": N_(
        "Line %(line)s has this external id already. Keep one of the two records."
    ),
    "belongs_elsewhere": N_(
        "The record of this external id belongs to another party and stays with it. "
        "Give this one an external id of its own."
    ),
    "party_not_active": N_("This party is frozen or deleted; nothing can be written for it."),
    "record_deleted": N_("The record of this external id is being deleted. Use another one."),
    "move_not_possible": N_("It is %(state)s now and can only go to: %(possible)s."),
    "move_impossible": N_("It is %(state)s now and stays so."),
}
"""Code -> English msgid, beside those of `registry.schemas.errors` for the records themselves."""


def sentence_of(problem: FieldProblem) -> str:
    """Say in English what to do about a problem."""
    msgid = FILE_MESSAGES.get(problem.code) or message_of(problem.code)
    return msgid % problem.values


def all_codes() -> frozenset[str]:
    """Return every code that an import can refuse with."""
    return frozenset((*FILE_MESSAGES, *MESSAGES))
