"""Word forms and their lemmas for five languages, in memory-mapped tries.

simplemma ships them as pickled dictionaries, which take 700 MiB as Python objects (Polish 505)
in every process. Here each is compiled once into a trie whose value is how the lemma differs from
the form (letters to cut, letters to add): 20 MiB in all, mapped, so that all processes share it.
`python -m search.text.lexicon` compiles them ahead; a missing one is compiled when first asked for.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import marisa_trie
from simplemma.strategies import DefaultStrategy
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from search.text.folding import fold

LANGUAGES = ("ru", "uk", "pl", "lt", "en")

# Where simplemma's choice is not the word that people look for.
_MENDED = {("en", "wend"): "go", ("ru", "дитя"): "ребенок"}

# Beside the installed code, because it is trusted like code: nobody else may write there.
_FOLDER = Path(sys.prefix) / "share" / "needs-registry" / "lexicons"
_FORMAT = 1

# Forms that folding leaves as they are: nearly all, and there are five million.
_FOLDED = re.compile("[a-ząćęłńóśźżčėįšųū]+|[абвгдежзийклмнопрстуфхцчшщъыьэюяіїє]+")


def lemma(word: str, language: str) -> str | None:
    """The lemma of a folded word; None where the language has no lexicon or does not know it.

    Unknown words go through simplemma's rules (endings, prefixes, known parts).
    """
    if language not in LANGUAGES:
        return None
    found = _strategy().get_lemma(word, language)
    return _MENDED.get((language, found), found) if found else None


def is_form(word: str, language: str) -> bool:
    """Whether the lexicon of a language lists the folded word; no rules are tried."""
    return language in LANGUAGES and word in _forms(language)


def compile_lexicon(language: str) -> Path:
    """Compile the forms of one language into its file, whole or not at all; its path.

    Raises:
        OSError: the folder cannot be written.
    """
    path = _path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as beside:
        compiled = Path(beside, path.name)
        _trie(language).save(str(compiled))
        compiled.chmod(0o644)
        # Two processes may do this at once; each puts a whole file in place.
        return compiled.replace(path)


class _Forms:
    """The dictionary that simplemma's strategies look into, backed by a trie."""

    def __init__(self, trie: Any) -> None:
        self._trie = trie

    def get(self, form: str, default: str | None = None) -> str | None:
        edits = self._trie.get(form)
        return _apply(form, edits[0]) if edits else default

    def __getitem__(self, form: str) -> str:
        return _apply(form, self._trie[form][0])

    def __contains__(self, form: object) -> bool:
        return form in self._trie


class _Lexicons(DefaultDictionaryFactory):
    def get_dictionary(self, lang: str) -> Any:
        return _forms(lang)


@cache
def _strategy() -> DefaultStrategy:
    return DefaultStrategy(dictionary_factory=_Lexicons())


@lru_cache(maxsize=len(LANGUAGES))
def _forms(language: str) -> _Forms:
    path = _path(language)
    try:
        if not path.exists():
            compile_lexicon(language)
        return _Forms(marisa_trie.BytesTrie().mmap(str(path)))
    except (OSError, RuntimeError):
        # A read-only installation that was never prepared, or a broken file: the same forms,
        # held in memory.
        return _Forms(_trie(language))


def _path(language: str) -> Path:
    return _FOLDER / f"{language}-{version('simplemma')}-{_FORMAT}.trie"


def _trie(language: str) -> Any:
    shipped = DefaultDictionaryFactory(cache_max_size=0).get_dictionary(language)
    return marisa_trie.BytesTrie(_edits(shipped))


def _edits(shipped: Any) -> Iterator[tuple[str, bytes]]:
    """Each folded form once: a lower-case entry goes before the name that folds to the same."""
    names: dict[str, str] = {}
    seen: set[str] = set()
    for form, shipped_lemma in shipped.items():
        folded = _fold(form)
        if folded != form and (form[0].isupper() or folded in shipped):
            names.setdefault(folded, shipped_lemma)
        elif folded not in seen:
            seen.add(folded)
            yield folded, _edit(folded, _fold(shipped_lemma))
    for folded, shipped_lemma in names.items():
        if folded not in seen:
            yield folded, _edit(folded, _fold(shipped_lemma))


def _fold(form: str) -> str:
    return form if _FOLDED.fullmatch(form) else fold(form)


def _edit(form: str, its_lemma: str) -> bytes:
    same = 0
    for ours, theirs in zip(form, its_lemma, strict=False):
        if ours != theirs:
            break
        same += 1
    return bytes([len(form) - same]) + its_lemma[same:].encode()


def _apply(form: str, edit: bytes) -> str:
    return form[: len(form) - edit[0]] + edit[1:].decode()


if __name__ == "__main__":
    for each in LANGUAGES:
        if not _path(each).exists():
            compile_lexicon(each)
