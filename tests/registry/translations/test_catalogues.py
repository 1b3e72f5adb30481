import functools
import io
import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from registry.translations.extraction import (
    TRANSLATED,
    find_marked,
    find_sentences,
    is_translated,
    read_catalogue,
)
from search.codes import PAGE_LANGUAGES

pytestmark = pytest.mark.check

sentences_of_the_code = functools.cache(find_sentences)
NAMED_GAP = re.compile(r"%\((\w+)\)([a-z])")
ANY_GAP = re.compile(r"(?<!%)%(?!%)(?!\(\w+\)[sd])")


@pytest.fixture(params=TRANSLATED)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def msgids(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def used_messages(language: str) -> Iterator[Message]:
    """Yield what the catalogue says for each sentence of the code."""
    catalogue = read_catalogue(language)
    for msgid in sentences_of_the_code():
        message = catalogue.get(msgid if isinstance(msgid, str) else msgid[0])
        if message is not None:
            yield message


def test_the_pages_are_written_in_every_language_they_offer() -> None:
    assert set(PAGE_LANGUAGES) == {"en", *TRANSLATED}


def test_every_sentence_of_the_code_is_found() -> None:
    found = sentences_of_the_code()
    assert "Leave this site" in found  # a template
    assert "Fill this in; it cannot be left empty." in found  # a marked sentence in Python
    assert ("%(num)s day left", "%(num)s days left") in found  # one that counts


def test_keys_looked_up_inside_a_marker_are_no_sentences() -> None:
    source = io.BytesIO(b'_(line["sentence"]); _("Said " "in two parts."); other("no marker")')
    assert list(find_marked(source, {"_"}, (), options={})) == [
        (1, "_", (None,), []),
        (1, "_", ("Said in two parts.",), []),
    ]


def test_no_sentence_is_missing_or_untranslated(language: str) -> None:
    catalogue = read_catalogue(language)
    missing = [
        msgid
        for msgid in sentences_of_the_code()
        if (message := catalogue.get(msgid if isinstance(msgid, str) else msgid[0])) is None
        or isinstance(message.id, str) != isinstance(msgid, str)
        or not is_translated(message)
    ]
    assert not missing, f"{len(missing)}: run `make catalogues`, then translate {missing[:10]}"


def test_every_counting_sentence_has_all_plural_forms(language: str) -> None:
    catalogue = read_catalogue(language)
    assert catalogue.num_plurals == 3
    for message in used_messages(language):
        if not isinstance(message.id, str):
            assert len(forms(message)) == 3, message.id


def test_named_gaps_are_the_same_in_every_language(language: str) -> None:
    for message in used_messages(language):
        wanted = {gap for msgid in msgids(message) for gap in NAMED_GAP.findall(msgid)}
        for form in filter(None, forms(message)):
            assert set(NAMED_GAP.findall(form)) == wanted, message.id


def test_gaps_have_names_so_that_languages_can_move_them() -> None:
    for msgid in sentences_of_the_code():
        for sentence in (msgid,) if isinstance(msgid, str) else msgid:
            if NAMED_GAP.search(sentence):
                assert not ANY_GAP.search(sentence), sentence


def test_no_translation_is_left_in_latin_letters(language: str) -> None:
    """A translation that repeats the English sentence is a forgotten one."""
    forgotten = [
        message.id
        for message in used_messages(language)
        if message.string == message.id
        and re.search(r"[a-z]{4}", NAMED_GAP.sub("", str(message.id)))
    ]
    assert not forgotten


def test_letters_of_one_language_do_not_stray_into_the_other() -> None:
    foreign = {"be": re.compile("[ищъ]"), "ru": re.compile("[ўіґ]")}
    for language in TRANSLATED:
        for message in used_messages(language):
            for form in forms(message):
                assert not foreign[language].search(form.lower()), form
