"""Judging the lines of a file: one answer in place of every line, as a stream."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from registry.cli.json_lines import LineRefused, read_lines
from registry.config import Settings


def assess_lines(file: BinaryIO, language: str, settings: Settings) -> Iterator[dict[str, Any]]:
    """Yield what is said of every line; `{"error": {...}}` where it cannot be judged.

    An error holds `code`, `message`, `fields` and the number of its `line`.
    """
    from registry.services.name_code import name_code
    from search.eligibility.pair import Settings as JudgeSettings
    from search.matching.affinity import compare
    from search.matching.judge import judge_line

    judging = JudgeSettings(home_countries=settings.home_countries)
    for number, line in enumerate(read_lines(file), start=1):
        if isinstance(line, LineRefused):
            answer: dict[str, Any] = {"error": line.to_record()}
        else:
            answer = judge_line(line, judging, language, name_code, compare)
        if "error" in answer:
            answer["error"]["line"] = number
        yield answer
