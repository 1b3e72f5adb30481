"""Finds every sentence for people in the code and brings the catalogues in step with it.

A sentence is what stands in `_()`, `gettext()`, `ngettext()`, their lazy forms, or `N_()`.
Catalogues hold no places and no times, so that two people's changes rarely meet in a line.
"""

import ast
import io
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent.parent
FOLDER = Path(__file__).parent
TRANSLATED = ("be", "ru")

Marked = tuple[int, str, tuple[str | None, ...], list[str]]


def find_marked(
    source: IO[bytes], keywords: Collection[str], _tags: object, **_options: object
) -> Iterator[Marked]:
    """Yield line, marker, strings and no comments of each marker in a Python file.

    Babel's own way also takes strings deep inside the brackets, such as the key in
    `_(line["sentence"])`, for sentences.
    """
    for node in ast.walk(ast.parse(source.read())):
        if isinstance(node, ast.Call):
            marker = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if marker in keywords and node.args:
                yield node.lineno, marker, tuple(map(_written_out, node.args)), []


def _written_out(argument: ast.expr) -> str | None:
    match argument:
        case ast.Constant(value=str(text)):
            return text
    return None


FIND_MARKED = f"{__name__}:{find_marked.__name__}"
METHODS = (
    ("registry/**.py", FIND_MARKED),
    ("search/**.py", FIND_MARKED),
    ("templates/**.html", "jinja2"),
)
OPTIONS = {"templates/**.html": {"silent": "false", "trimmed": "true"}}
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
}

HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""

Msgid = str | tuple[str, str]


def catalogue_path(language: str) -> Path:
    """Return where the sentences of a language stand."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def find_sentences(root: Path = ROOT) -> list[Msgid]:
    """Return the English sentences of the code, each once; a pair for one that counts."""
    found: dict[str, Msgid] = {}
    for folder in ("registry", "search", "templates"):
        for _file, _line, message, _comments, _context in extract_from_dir(
            root / folder,
            [(pattern.removeprefix(f"{folder}/"), method) for pattern, method in METHODS],
            {key.removeprefix(f"{folder}/"): value for key, value in OPTIONS.items()},
            KEYWORDS,
        ):
            msgid = message if isinstance(message, str) else (message[0], message[1])
            key = msgid if isinstance(msgid, str) else msgid[0]
            if key and not isinstance(found.get(key), tuple):
                found[key] = msgid
    return list(found.values())


def read_catalogue(language: str) -> Catalog:
    """Read the sentences of a language as they are committed."""
    with catalogue_path(language).open("rb") as source:
        return read_po(source, locale=language)


def update_catalogue(language: str) -> int:
    """Take new sentences in and gone ones out; return how many wait for a translation."""
    known = read_catalogue(language)
    fresh = Catalog(locale=language)
    for msgid in find_sentences():
        fresh.add(msgid, string=_known_translation(known, msgid))
    target = io.BytesIO()
    write_po(target, fresh, width=0, sort_output=True, omit_header=True)
    header = HEADER.format(language=language, plural_forms=fresh.plural_forms)
    catalogue_path(language).write_bytes(header.encode() + target.getvalue())
    return sum(1 for message in fresh if message.id and not is_translated(message))


def is_translated(message: Message) -> bool:
    """Say whether every form of a sentence stands there."""
    forms = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return not message.fuzzy and all(forms)


def _known_translation(known: Catalog, msgid: Msgid) -> str | tuple[str, ...] | None:
    message = known.get(msgid if isinstance(msgid, str) else msgid[0])
    if message is None or isinstance(message.id, (list, tuple)) != isinstance(msgid, tuple):
        return None
    return message.string if isinstance(message.string, (str, tuple)) else None
