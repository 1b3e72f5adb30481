"""Reading JSON line by line from people's files: every bad line is a refusal, none ends the run."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

LONGEST_LINE = 4 * 1024 * 1024
"""Bytes; a pair with long texts has some tens of thousands."""
DEEPEST = 32
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class LineRefused:
    """Why a line could not be read: a stable code and what to do about it."""

    code: str
    message: str

    def to_record(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message, "fields": []}


def read_lines(file: BinaryIO) -> Iterator[Any]:
    """Yield what every line holds, or a LineRefused in its place; never more than one in memory."""
    first = True
    while line := file.readline(LONGEST_LINE + 1):
        if first:
            line, first = line.removeprefix(_BOM), False
        if len(line) > LONGEST_LINE:
            _skip_rest(file, line)
            yield LineRefused("line_too_long", f"Keep a line under {LONGEST_LINE} bytes.")
        else:
            yield read_line_of_json(line)


def read_line_of_json(line: bytes) -> Any:
    """Read one line strictly: UTF-8, no NaN, no name twice in an object, not nested too deep."""
    try:
        text = line.decode("utf-8").strip()
    except UnicodeDecodeError:
        return LineRefused("not_utf8", "Write the file in UTF-8.")
    if not text:
        return LineRefused("empty_line", "Take out empty lines, also at the end.")
    if _is_too_deep(text):
        return LineRefused("too_deep", f"Nest at most {DEEPEST} levels.")
    return _parse(text)


def _parse(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once_each, parse_constant=_refuse_constant)
    except _NameTwice:
        return LineRefused("duplicate_name", "Give every field of an object once.")
    except _NoNumber:
        return LineRefused("not_a_number", "Write no NaN or Infinity; leave unknown fields out.")
    except (ValueError, RecursionError):
        return LineRefused("not_json", "Write one whole JSON object on every line.")


class _NameTwice(Exception):  # noqa: N818 - caught a few lines above
    pass


class _NoNumber(Exception):  # noqa: N818 - caught a few lines above
    pass


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _NameTwice
    return found


def _refuse_constant(_name: str) -> Any:
    raise _NoNumber


def _is_too_deep(text: str) -> bool:
    """Count brackets outside of strings; what is no JSON at all is found later."""
    depth, in_string, escaped = 0, False, False
    if text.count("[") + text.count("{") <= DEEPEST:
        return False
    for letter in text:
        if in_string:
            in_string = escaped or letter != '"'
            escaped = not escaped and letter == "\\"
        elif letter == '"':
            in_string = True
        elif letter in "[{":
            depth += 1
            if depth > DEEPEST:
                return True
        elif letter in "]}":
            depth -= 1
    return False


def _skip_rest(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(LONGEST_LINE)
