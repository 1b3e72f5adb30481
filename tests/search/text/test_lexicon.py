import pytest

from search.text import lexicon


@pytest.mark.parametrize(
    ("form", "language", "its_lemma"),
    [
        ("людей", "ru", "человек"),
        ("помощью", "ru", "помощь"),
        ("ночей", "uk", "ніч"),
        ("szkoły", "pl", "szkoła"),
        ("pagalbos", "lt", "pagalba"),
        ("went", "en", "go"),
        ("детей", "ru", "ребенок"),
    ],
)
def test_forms_have_their_lemma(form, language, its_lemma):
    assert lexicon.lemma(form, language) == its_lemma


def test_there_is_no_lexicon_of_belarusian():
    assert lexicon.lemma("школы", "be") is None


@pytest.fixture
def empty_folder(tmp_path, monkeypatch):
    folder = tmp_path / "lexicons"
    monkeypatch.setattr(lexicon, "_FOLDER", folder)
    lexicon._forms.cache_clear()
    yield folder
    lexicon._forms.cache_clear()


def test_a_missing_lexicon_is_compiled_and_kept(empty_folder):
    assert lexicon.lemma("children", "en") == "child"
    (compiled,) = empty_folder.iterdir()
    assert compiled.name.startswith("en-")


def test_a_broken_lexicon_is_replaced_in_memory(empty_folder):
    lexicon.compile_lexicon("en").write_bytes(b"no trie")
    assert lexicon.lemma("children", "en") == "child"


def test_where_nothing_can_be_written_the_forms_are_held_in_memory(empty_folder, monkeypatch):
    def refuse(language):
        raise PermissionError

    monkeypatch.setattr(lexicon, "compile_lexicon", refuse)
    assert lexicon.lemma("children", "en") == "child"
    assert not empty_folder.exists()
