"""What every template must keep to, read from the templates themselves."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from registry.web import ROOT

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SPOKEN = ("title", "alt", "placeholder", "aria-label", "aria-description", "label")
TRANSLATORS = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
LETTERS = re.compile(r"[^\W\d_]{2}")
SENTENCE = re.compile(r"[A-ZА-ЯЁЎІ][a-zа-яёўі]+")
NEUTRAL_WORDS = {
    *("Start", "Home", "List", "Page", "Entry", "Form", "Question", "Answer", "Notice", "About"),
    *("Figures", "Sign in", "Before you begin", "Account", "Settings", "Overview", "Search"),
    *("Step", "History", "Help", "Rules", "Text", "Message", "New entry", "Done", "Register"),
}

environment = Environment(
    extensions=["jinja2.ext.i18n", "jinja2.ext.do"], trim_blocks=True, autoescape=True
)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


every_template = pytest.mark.parametrize("path", TEMPLATES, ids=name_of)


class SpokenText(HTMLParser):
    """Collects what a page says: text between tags, and attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.spoken: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []

    def handle_data(self, data: str) -> None:
        """Keep what stands between tags; a macro may make attributes alone."""
        self.spoken.append(re.sub(r'[\w-]+="[^"]*"', "", data))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            self.attributes.append((tag, name, value or ""))
            if name in SPOKEN:
                self.spoken.append(value or "")


def bare_markup(source: str) -> str:
    """Return a template with everything that Jinja fills in, or translates, cut out."""
    kept: list[str] = []
    is_translated = False
    for _line, kind, value in environment.lex(source):
        if kind == "name" and value in {"trans", "endtrans"}:
            is_translated = value == "trans"
        if kind == "data" and not is_translated:
            kept.append(value)
    return "".join(kept)


def spoken(path: Path) -> SpokenText:
    parser = SpokenText()
    parser.feed(bare_markup(path.read_text("utf-8")))
    return parser


def untranslated_strings(node: nodes.Node) -> Iterator[str]:
    """Yield strings in expressions that read like words for people and are not translated."""
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Call) and getattr(child.node, "name", "") in TRANSLATORS:
            yield from (text for keyword in child.kwargs for text in untranslated_strings(keyword))
        elif isinstance(child, nodes.Const) and isinstance(child.value, str):
            if SENTENCE.match(child.value):
                yield child.value
        else:
            yield from untranslated_strings(child)


@every_template
def test_no_words_stand_outside_a_translation(path: Path) -> None:
    assert [text.strip() for text in spoken(path).spoken if LETTERS.search(text)] == []


@every_template
def test_no_words_hide_in_an_expression(path: Path) -> None:
    tree = environment.parse(path.read_text("utf-8"))
    assert list(untranslated_strings(tree)) == []


@every_template
def test_nothing_runs_and_nothing_is_styled_in_place(path: Path) -> None:
    source = bare_markup(path.read_text("utf-8"))
    assert not re.search(r"<(script|style|iframe|object|embed)\b", source)
    for _tag, name, value in spoken(path).attributes:
        assert name != "style"
        assert not name.startswith("on")
        assert not value.startswith(("javascript:", "data:", "http:", "https:", "//"))


WITHOUT_TOKEN = ("language.set_language", "check.what_fits")
"""Forms by which nothing changes that anybody could want to bring about; they need no cookie."""


@every_template
def test_every_form_that_changes_something_carries_its_token(path: Path) -> None:
    source = path.read_text("utf-8")
    for form in re.findall(r"<form\b.*?</form>", source, flags=re.DOTALL):
        is_post = 'method="post"' in form
        has_token = "csrf_token" in form or "hidden_tag" in form
        changes_nothing = any(endpoint in form for endpoint in WITHOUT_TOKEN)
        assert has_token == (is_post and not changes_nothing)


@every_template
def test_titles_say_only_a_neutral_word(path: Path) -> None:
    source = path.read_text("utf-8")
    if '{% extends "base.html" %}' not in source:
        return
    found = re.search(r'{% block word %}{{ _\("([^"]+)"\) }}{% endblock %}', source)
    assert found, "say a neutral word: {% block word %}{{ _(...) }}{% endblock %}"
    assert found.group(1) in NEUTRAL_WORDS


def test_the_check_itself_finds_what_it_should() -> None:
    markup = '<p title="Mine">{{ _("fine") }} words {% trans %}fine{% endtrans %}</p>'
    parser = SpokenText()
    parser.feed(bare_markup(markup))
    assert [text.strip() for text in parser.spoken if LETTERS.search(text)] == ["Mine", "words"]
    tree = environment.parse('{{ field(form, "name", "Title", _("Fine", a="Else")) }}')
    assert list(untranslated_strings(tree)) == ["Title", "Else"]
