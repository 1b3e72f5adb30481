"""Every code of an import has its sentence, and every sentence is used."""

import re
from pathlib import Path

import pytest

from registry.domain.errors import FieldProblem
from registry.schemas.errors import MESSAGES
from registry.services import imports
from registry.services.imports.problems import FILE_MESSAGES, sentence_of

SOURCES = "\n".join(
    path.read_text("utf-8")
    for path in Path(imports.__path__[0]).glob("*.py")
    if path.name != "problems.py"
)


def test_no_code_says_two_things():
    assert not set(FILE_MESSAGES) & set(MESSAGES)


@pytest.mark.parametrize("code", FILE_MESSAGES)
def test_every_code_is_raised_somewhere(code):
    assert f'"{code}"' in SOURCES


@pytest.mark.parametrize("code", FILE_MESSAGES)
def test_a_sentence_says_what_to_do_and_has_its_gaps_filled(code):
    gaps = re.findall(r"%\((\w+)\)s", FILE_MESSAGES[code])
    sentence = sentence_of(FieldProblem("f", code, **dict.fromkeys(gaps, "GAP")))

    assert sentence.count("GAP") == len(gaps)
    assert sentence.endswith(".")
    assert len(sentence.split()) > 4


def test_codes_of_records_and_unknown_ones_have_sentences_too():
    assert "120" in sentence_of(FieldProblem("title", "too_long", max=120))
    assert sentence_of(FieldProblem("title", "foreign")) == MESSAGES["not_accepted"]
