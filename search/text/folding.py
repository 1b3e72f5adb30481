"""One spelling for what people write in several: case, stress marks, apostrophes, look-alikes."""

import re
import unicodedata
from functools import lru_cache

LONGEST_WORD = 64
"""Characters of a word that count; what is longer is no word of a language."""

_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ‘`´ʹ′ˈ", "'"))
_STRESS_MARKS = str.maketrans(dict.fromkeys("\u0300\u0301\u0341\u030f"))
_LITHUANIAN_STRESS = str.maketrans(dict.fromkeys("\u0300\u0301\u0303"))
_LETTERS = str.maketrans({"ё": "е", "ґ": "г"})
_TO_CYRILLIC = str.maketrans("aceiopxyïhkmt", "асеіорхуїһкмт")
_TO_LATIN = str.maketrans("асеіорхуїкмт", "aceiopxyïkmt")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")


def fold(word: str) -> str:
    """The spelling of one word under which it is looked up, at most LONGEST_WORD characters.

    NFKC and casefold; stress marks, soft hyphens and zero-width characters go; ё becomes е and
    ґ becomes г; every apostrophe is the same; Latin look-alikes inside a Cyrillic word (the i of
    a foreign keyboard) become Cyrillic, and the other way round.
    """
    # Cut first: normalising a run of combining marks takes time by the square of its length.
    return _fold_short(word[: 2 * LONGEST_WORD])


@lru_cache(maxsize=50_000)
def _fold_short(word: str) -> str:
    short = word.translate(_APOSTROPHES)
    if is_cyrillic(short):
        # No Cyrillic letter of ours has an accent, so one is a stress mark; ó and ń keep theirs.
        short = unicodedata.normalize("NFD", short).translate(_STRESS_MARKS)
    composed = unicodedata.normalize("NFKC", short).casefold()
    if composed.isascii():
        return composed[:LONGEST_WORD]
    plain = "".join(_INVISIBLE.sub("", composed).split()).translate(_LETTERS)
    return _in_one_script(plain)[:LONGEST_WORD]


def fold_lithuanian_stress(word: str) -> str:
    """The word without the grave, acute and tilde of dictionaries; ė, ų, š and others stay."""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFD", word).translate(_LITHUANIAN_STRESS)
    return unicodedata.normalize("NFC", apart)


def is_cyrillic(word: str) -> bool:
    """Whether the word holds a Cyrillic letter."""
    return not word.isascii() and _CYRILLIC.search(word) is not None


def _in_one_script(word: str) -> str:
    if word.isascii() or not _LATIN.search(word):
        return word
    cyrillic = len(_CYRILLIC.findall(word))
    if not cyrillic:
        return word
    latin = len(_LATIN.findall(word))
    return word.translate(_TO_CYRILLIC) if cyrillic >= latin else word.translate(_TO_LATIN)
