"""What an attacker finds in files: plant texts, and look for them in every shape a file can hide.

A planted text begins with a word that stands nowhere else, so that a single word of it, as an
index would keep it, is found too. What is sealed has words of its own.
"""

import base64
import binascii
import json
import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

WORDS = ("Marigoldwood", "Каралаваночыха", "Подорожниковка")
SEALED_WORDS = ("Silvergatefield", "Сярэбранагарцы", "Серебряногорка")
CASES = (str, str.upper, str.lower, str.title)
FORMS = ("NFC", "NFD")
CONTROL = "Marigoldwood in plain sight"

HEX = re.compile(rb"[0-9a-fA-F]{16,}")
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}")
COMPRESSED = re.compile(rb"x[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
ENDING = 3
"""Letters that a stem, as a plain index would keep it, may lack at the end."""
ENOUGH = 1 << 20
"""Bytes that are taken out of one compressed stretch."""


class Planting:
    """Makes texts that are each their own, in three languages, all cases and both normal forms."""

    def __init__(self) -> None:
        self.made = 0

    def text(self, words: Sequence[str] = WORDS) -> str:
        number = self.made
        self.made += 1
        word = CASES[number % len(CASES)](words[number % len(words)])
        return unicodedata.normalize(FORMS[number // 4 % 2], f"{word} {number:04d}")


def holds_planted(content: bytes, words: Sequence[str] = (*WORDS, *SEALED_WORDS)) -> bool:
    """Say whether a planted word stands in the bytes, in any of the shapes."""
    wanted = _spellings(tuple(words))
    return any(each in shape for shape in _shapes(content) for each in wanted)


def find_in(folder: Path) -> list[str]:
    """Return the files of a folder in which a planted word stands, or whose name has one."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    assert files, "nothing was seized"
    return [
        path.name
        for path in files
        if holds_planted(path.read_bytes()) or holds_planted(path.name.encode())
    ]


def _shapes(content: bytes) -> Iterator[bytes]:
    yield content
    yield from _decoded(content)
    for stretch in _inflated(content):
        yield stretch
        yield from _decoded(stretch)


def _decoded(content: bytes) -> Iterator[bytes]:
    yield b" ".join(
        binascii.unhexlify(run[odd : len(run) - (len(run) - odd) % 2])
        for run in HEX.findall(content)
        for odd in (0, 1)
    )
    for start in range(4):
        yield b" ".join(_from_base64(run[start:]) for run in BASE64.findall(content))


def _from_base64(run: bytes) -> bytes:
    whole = run[: len(run) // 4 * 4]
    with suppress(binascii.Error):
        return base64.b64decode(whole.translate(_URL_SAFE))
    return b""


def _inflated(content: bytes) -> Iterator[bytes]:
    for match in COMPRESSED.finditer(content):
        with suppress(zlib.error):
            yield zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(
                content[match.start() :], ENOUGH
            )


@cache
def _spellings(words: tuple[str, ...]) -> frozenset[bytes]:
    """Return the words as bytes: in every case and normal form, coded in the ways there are."""
    texts = {
        unicodedata.normalize(form, case(word)[:-ENDING])
        for word in words
        for case in CASES
        for form in FORMS
    }
    texts |= {json.dumps(text)[1:-1] for text in texts}
    return frozenset(
        text.encode(coding) for text in texts for coding in ("utf-8", "utf-16-le", "utf-16-be")
    )


_URL_SAFE = bytes.maketrans(b"-_", b"+/")
