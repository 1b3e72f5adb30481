import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.analysis import terms
from search.text.query import read_query
from search.text.snippets import OMISSION, snippets


def terms_of(query):
    return [term for word in read_query(query) for term in word.terms]


def marked(segments):
    return [segment.text for segment in segments if segment.marked]


def joined(segments):
    return "".join(segment.text for segment in segments)


def test_words_are_marked_in_whatever_form_they_stand():
    text = "Рэдакцыя шукае офіс. Аплата офіса на паўгода."
    assert marked(snippets(text, terms_of("офісы"), "be")) == ["офіс", "офіса"]
    assert joined(snippets(text, terms_of("офісы"), "be")) == text


def test_the_stretch_with_most_of_the_words_is_shown():
    text = "офіс " + "нешта іншае " * 60 + "аплата офіса і юрыста" + " яшчэ нешта" * 60
    segments = snippets(text, terms_of("офіс аплата юрыст"), "be")
    assert marked(segments) == ["аплата", "офіса", "юрыста"]
    assert segments[0].text == OMISSION
    assert segments[-1].text == OMISSION


def test_without_a_match_the_beginning_is_shown():
    text = "Пачатак тэксту. " + "слова " * 200
    segments = snippets(text, terms_of("юрыст"), "be")
    assert joined(segments).startswith("Пачатак тэксту.")
    assert joined(segments).endswith(OMISSION)
    assert marked(segments) == []


def test_markup_stays_text():
    text = "<script>office</script>"
    assert joined(snippets(text, terms_of("office"), "en")) == text


def test_an_empty_text_gives_nothing():
    assert snippets("", ["offic"], "en") == []
    assert snippets("…", ["offic"], "en") == [("…", False)]


@given(
    st.text(alphabet="аб в-.office\n", max_size=600),
    st.integers(min_value=20, max_value=200),
)
def test_a_snippet_is_a_piece_of_the_text_of_bounded_length(text, longest):
    segments = snippets(text, terms("office аб", "en"), None, longest=longest)
    inside = [segment for segment in segments if segment.text != OMISSION]
    assert joined(inside) in text
    assert len(joined(inside)) <= longest or len(inside) == 1


@pytest.mark.parametrize("text", ["а" * 5_000, "слова" * 1_000 + " office"])
def test_a_word_without_end_does_not_burst_the_snippet(text):
    assert len(joined(snippets(text, ["offic"], "en"))) <= 250
