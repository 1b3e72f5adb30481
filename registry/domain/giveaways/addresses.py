"""Places where somebody can be found: street and house, postal code and town, coordinates."""

import re
from collections.abc import Iterator

from registry.domain.giveaways.accounts import Span
from registry.domain.giveaways.reading import Reading

_HOUSE = (
    r"(?:(?:д|дом|будынак|буд|будинок|б|house|no|nr|dom)\b\.? ?)?(?:№ ?)?"
    r"\d{1,4}(?: ?[\-/] ?\d{1,4})?"
    r"(?: ?-? ?[A-Za-zА-Яа-яІі]\b)?"
)
_COUNTED = (
    r"челов|чалав|люд|год|гад|лет\b|рок|мес|мяс|міс|раз|руб|eur|€|кв\. ?м|m2|kv\. ?m|people|persons"
    r"|hours|months|osób|rodzin|wolont|žmon|savanor|волонт|валанц|генератор"
)
_COUNTS = rf"(?!\d|[.,:]\d| ?(?:%|-?[а-яіўё]{{0,2}}\b ?(?:{_COUNTED})))"
_NAME = r"[^\W\d_][\w.'’\-]{2,30}(?: [^\W\d_][\w.'’\-]{1,30}){0,2}"
_CAPITAL = r"[A-ZА-ЯІЎЁЇЄҐĄČĘĖĮŠŲŪŽŁŚŻŹĆŃÓ]"
_PROPER = rf"{_CAPITAL}[\w.'’\-]{{1,30}}(?: [\w.'’\-]{{2,30}}){{0,2}}"
_TO_HOUSE = r",? {0,2}"

_SURE = r"(?i:вул|ул|ul|vul)(?:\.|(?= ))|(?i:завул|пр-т|просп|б-р|праспект|проспект)\.?"
_FULL = (
    r"(?:[Вв]ул[іи]ц\w{1,2}|[Уу]лиц\w{1,2}|[Пп]распек\w{1,3}|[Пп]роспек\w{1,3}|[Зз]авулак|[Зз]авулк\w"
    r"|[Пп]ереул\w{1,3}|[Пп]ровул\w{1,3}|[Пп]лощ\w{1,2}|[Пп]лошч\w|[Бб]ульвар\w?|[Нн]абер[еэ]жн\w{1,3}"
    r"|[Тт]ракт\w?|[Шш]ашэ?\w?|[Шш]оссе|[Мм]і?и?крара[йё]\w{1,2}|[Мм]икрорайон\w?"
    r"|[Uu]lic\w{1,2}|[Aa]lej\w{1,2}|[Pp]lacu?|[Oo]siedl\w{1,2}|[Rr]ynku?)"
    r"|(?:пр|пл|пер|наб|мкр|al|os|pl)\."
)
_BEFORE = re.compile(rf"(?<!\w)(?:{_SURE}) ?{_NAME}{_TO_HOUSE}{_HOUSE}{_COUNTS}", re.IGNORECASE)
_BEFORE_FULL = re.compile(rf"(?<!\w)(?:{_FULL}) ?{_PROPER}{_TO_HOUSE}{_HOUSE}{_COUNTS}")
_AFTER = re.compile(
    rf"(?<!\w){_PROPER} (?:(?:g|pr|al|pl|skg|a|ул|вул|пер|просп)\.|gatvė\w?|gatvėje"
    rf"|prospekt\w{{1,2}}|alėja|вуліца|улица|вулиця|завулак|переулок|провулок){_TO_HOUSE}{_HOUSE}{_COUNTS}"
)
_ENGLISH = re.compile(
    r"(?<!\w)\d{1,4}[A-Za-z]?,? (?:[A-Z][\w'’\-]+ ){1,3}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Square"
    r"|Drive|Court|Boulevard|Blvd|Close|Terrace)(?!\w)"
)
_GERMAN = re.compile(
    r"(?<!\w)[A-ZÄÖÜ][\w\-]{2,30}(?:straße|strasse|str\.|weg|gasse|allee|platz) "
    rf"{_HOUSE}{_COUNTS}"
)
_FLAT = re.compile(
    r"(?<![\w.,])(?:(?:дом|буд\w{0,5}|д)\b\.? ?)?\d{1,4}\w?,? "
    r"(?:кв|кватэра|квартира|apt|flat)\b\.? ?\d{1,4}(?!\d)",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"(?<!\w)(?:p\.? ?o\.? box|а/с|абан\w* скрын\w*|абон\w* (?:ящик|скриньк)\w*"
    r"|skr\w*\.? poczt\w*\.?|pašto dėž\w*|a\. ?d\.) ?(?:№ ?)?\d{1,5}(?!\d)",
    re.IGNORECASE,
)
_POSTAL = re.compile(
    rf"(?<![\w\-])(?:LT-\d{{5}}|\d{{2}}-\d{{3}} {_CAPITAL}[^\W\d_]+"
    r"|\d{6},? (?:г\. ?)?(?:Мінск|Минск|Брэст|Брест|Гомель|Гродна|Гродно|Віцебск|Витебск"
    r"|Магілёў|Могил[её]в))(?!\d)"
)
_COORDINATES = re.compile(r"(?<![\d.])-?\d{1,2}\.\d{4,8}[,;]? -?\d{1,3}\.\d{4,8}(?![\d.])")

_PATTERNS = (
    *(_BEFORE, _BEFORE_FULL, _AFTER, _ENGLISH, _GERMAN, _FLAT, _BOX, _POSTAL, _COORDINATES),
)


def find_addresses(reading: Reading) -> Iterator[Span]:
    """Yield exact places: without the number of a house, a street is none."""
    for pattern in _PATTERNS:
        yield from (found.span() for found in pattern.finditer(reading.plain))
