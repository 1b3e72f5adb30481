"""Numbers of papers: of persons (passport, personal number) and of registered organisations."""

import re
from collections.abc import Iterator

from registry.domain.giveaways.accounts import Span
from registry.domain.giveaways.amounts import COUNTED
from registry.domain.giveaways.checksums import is_lithuanian_code, is_pesel
from registry.domain.giveaways.reading import Reading
from search.codes import CURRENCIES

_NUMBER_SIGN = r"(?:№|N[o°º]?\.?)?"

_SERIES = re.compile(
    rf"(?<![^\W_])(?:(?:AB|BM|HB|KH|MP|MC|KB|PP|SP|DP)[ -]?{_NUMBER_SIGN} ?\d{{7}}"  # Belarus
    r"|\d ?\d{6} ?[ABCHKEM] ?\d{3} ?(?:PB|BA|BI) ?\d)(?!\w)",  # its personal number
    re.IGNORECASE,
)
_LETTERS_AND_DIGITS = re.compile(
    r"(?<![^\W_])(?P<letters>[A-Z]{2}(?= ?(?:№ ?)?\d{6,7}\b)|[A-Z]{3}(?= ?\d{6}\b)) ?(?:№ ?)?"
    rf"\d{{6,7}}(?![^\W_]){COUNTED}"
)
"""Poland (AB 1234567, ABC 123456), Ukraine (АБ 123456) and others; in capitals only."""

_GROUPED = re.compile(
    r"(?<![\w.,\-+])(?<!\+\d )(?<!\+\d\d )(?<!\+\d{3} )"  # no end of a telephone number
    r"(?:\d{2} ?\d{2} (?:№ ?)?\d{6}"  # Russia: series and number
    r"|\d{3}-\d{3}-\d{3}[ -]\d{2}"  # its insurance number
    r"|\d{3}-\d{3}-\d{2}-\d{2}|\d{3}-\d{2}-\d{2}-\d{3}"  # Poland: tax
    rf")(?![\w-]){COUNTED}"
)
_ELEVEN = re.compile(r"(?<![\w.,\-])\d{11}(?![\w-])")

_PAPER = (
    r"(?:пашпарт|паспорт|passport|paszport|pas[aąo]s?\b|dow[oó]d|tapatyb|посвідчен|пасведчан|удостовер"
    r"|id card|national id|residence permit|leidim|kart\w* pobytu|карт\w* поб[ыи]т"
    r"|асабіст\w* нумар|личн\w* номер|ідэнтыфікацыйн\w* нумар|идентификационн\w* номер"
    r"|asmens kod|įmonės kod|pesel|krs|nip|regon"
    r"|унп|унн|инн|іпн|рнокпп|єдрпоу|едрпоу|огрн|снилс|рэгістрацыйн\w* нумар"
    r"|регистрационн\w* номер)"
)
_BY_CONTEXT = re.compile(
    rf"(?<!\w){_PAPER}\w*[^\d\n]{{0,24}}?(?P<number>(?<![\w.,\-])[A-Z]{{0,3}} ?\d{{6,14}}(?![\w-]))"
    rf"{COUNTED}",
    re.IGNORECASE,
)


def find_documents(reading: Reading) -> Iterator[Span]:
    """Yield the numbers of papers."""
    yield from (found.span() for found in _SERIES.finditer(reading.latin))
    for found in _LETTERS_AND_DIGITS.finditer(reading.latin):
        if found["letters"] not in CURRENCIES:
            yield found.span()
    yield from (found.span() for found in _GROUPED.finditer(reading.digits))
    for found in _ELEVEN.finditer(reading.digits):
        if is_pesel(found[0]) or is_lithuanian_code(found[0]):
            yield found.span()
    yield from (found.span("number") for found in _BY_CONTEXT.finditer(reading.plain))
