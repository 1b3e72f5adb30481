"""How somebody is reached over the net: e-mail, names in messengers, links."""

import re
from collections.abc import Iterable, Iterator

from registry.domain.giveaways.accounts import Span
from registry.domain.giveaways.reading import Reading

_DOT_WORD = r"(?:dot|точка|кропка|крапка|kropka|taškas|taskas)"
_DOT = rf"(?:\.| \. | ?[(\[{{] ?(?:\.|{_DOT_WORD}) ?[)\]}}] ?| {_DOT_WORD} )"
_AT_WORD = r"(?:собака|сабака|собачка|сабачка|равлик|małpa|malpa|eta)"
_AT_SIGN = rf"(?:@| @ | ?[(\[{{<] ?(?:@|at|ат|эт|{_AT_WORD}) ?[)\]}}>] ?)"
_LOCAL = r"(?<![\w.+\-])\w[\w.+\-]{0,63}"
_LABEL = r"[^\W_](?:[\w-]{0,62}[^\W_])?"
_ENDING = r"[^\W\d_]{2,12}"

_ENDINGS = (
    r"(?:by|ru|com|org|net|info|io|me|pl|lt|ua|eu|de|ge|cz|lv|ee|uk|fr|us|biz|pro|link|online|site"
    r"|media|news|app|club|group|space|live|chat|page|fund|onion|gle|gl|ly|cc|tv|co|xyz|su|kz|am"
    r"|бел|рф|укр)"
)
_EMAILS = re.compile(
    rf"{_LOCAL}{_AT_SIGN}(?:{_LABEL}{_DOT}){{1,4}}{_ENDING}(?!\w)"
    rf"|{_LOCAL} {_AT_WORD} (?:{_LABEL}(?: {_DOT_WORD} |(?<=[a-z0-9])\.(?=[a-z]))){{1,4}}"
    rf"{_ENDING}(?!\w)"
    rf"|{_LOCAL} ?@ ?{_LABEL}(?:\.{_LABEL}){{0,3}}\.{_ENDINGS}(?!\w)"
    rf"|{_LOCAL} at (?:{_LABEL} dot ){{1,4}}{_ENDING}(?!\w)",
    re.IGNORECASE,
)

_SEPARATES = re.compile(r"[@(\[{<:]|\w\.\w| \. ")
_SEPARATING_WORDS = ("www", "dot", "точка", "кропка", "крапка", "kropka", "taškas", "taskas")
"""Without any of these, a text holds neither an address of e-mail nor one of the web."""

_LATIN_APP = (
    r"(?:telegram\w{0,3}|signal\w{0,2}|whats ?app\w?|viber\w{0,2}|threema|session|wire|element"
    r"|matrix|discord\w?|skype|insta(?:gram\w{0,2})?|facebook\w?|messenger|jabber|tiktok\w?)"
)
_CYRILLIC_APP = (
    r"(?:т[еэ]л[еэ]грам\w{0,2}|т[еэ]л[еэ]г[аеиуы]|тг|с[іи]гнал\w{0,2}|вайбер\w{0,2}|в[ао][цт]с?ап\w{0,2}"
    r"|скайп\w?|дискорд\w?|[іи]нст[аеуы]|[іи]нстаграм\w{0,2}|фейсбук\w{0,2}|фэйсбук\w{0,2}|тр[ыи]ма)"
)
_APP = rf"(?:{_LATIN_APP}|{_CYRILLIC_APP})"
_NICK = r"(?:nick\w{0,4}|username|ник\w{0,3}|нік\w{0,3}|логин|лагін|логін|login|slapyvardis)"
_NAME = rf"(?:{_NICK}|id|user|vardas|nazwa|handle|name|імя|имя)"
_JOINS = r"[ :=\-]{1,4}"
_MARKED = r"(?=[a-z.]*[\d_#])[a-z][a-z0-9_.#]{3,40}"
_PLAIN_NAME = r"[a-z][a-z0-9_.#]{3,40}"

_HANDLES = re.compile(
    r"(?<![\w.@/])@(?=\w*[^\W\d])\w[\w.]{1,38}\w"
    r"|(?<![\w.])(?:https?://)?(?:t|telegram)(?:\.| \. |\[\.\])(?:me|dog) ?/ ?[\w+][\w+/\-]*"
    r"|(?<![\w.])(?:https?://)?(?:wa\.me|viber\.(?:me|click)|signal\.(?:me|group)|m\.me|discord\.gg"
    r"|chat\.whatsapp\.com)/[^\s,;)]+"
    r"|(?<!\w)(?:tg|viber|skype)://\S+|(?<!\w)live:[\w.]{3,}"
    rf"|(?<!\w){_APP}(?:[ \-]{_NAME})?{_JOINS}{_MARKED}"
    rf"|(?<!\w){_APP}[ \-]{_NICK}{_JOINS}{_PLAIN_NAME}"
    rf"|(?<!\w){_NICK}(?: \w{{1,3}})? {_APP}{_JOINS}{_PLAIN_NAME}"
    rf"|(?<!\w){_CYRILLIC_APP} ?[:=\-] ?{_PLAIN_NAME}",
    re.IGNORECASE,
)

_MARKS_A_NAME = re.compile(r"[@/_#:=0-9\-]")
_NAMING_WORDS = ("nick", "ник", "нік", "login", "логин", "логін", "лагін", "username", "slapyv")
"""Without any of these, a text holds no name in a messenger, whichever it speaks of."""

_SPOKEN_ENDINGS = (
    r"(?:com|org|net|info|by|ru|ua|pl|lt|eu|ком|ру|орг|нет|нэт|инфо|бай|юа|пл|лт|бел|эу)"
)
_BRACKETED_DOT = rf" ?[(\[{{] ?(?:\.|{_DOT_WORD}) ?[)\]}}] ?"

_LINKS = re.compile(
    r"(?<!\w)h(?:tt|xx)ps? ?: ?/ ?/ ?[^\s]{3,}"
    r"|(?<!\w)www ?\. ?[\w-]{2,}\.[^\s]{2,}"
    rf"|(?<![\w.@\-])(?:{_LABEL}(?:\.|{_BRACKETED_DOT})){{1,5}}(?P<ending>{_ENDINGS})(?![\w-])(?:/[^\s]*)?"
    rf"|(?<![\w.@\-]){_LABEL} {_DOT_WORD} {_SPOKEN_ENDINGS}(?!\w)",
    re.IGNORECASE,
)


def find_emails(reading: Reading) -> Iterator[Span]:
    """Yield e-mail addresses, written or spoken."""
    if _may_hold(reading, _SEPARATES, _SEPARATING_WORDS):
        yield from (found.span() for found in _EMAILS.finditer(reading.plain))


def find_handles(reading: Reading) -> Iterator[Span]:
    """Yield names in messengers and networks, and links that lead to such a name."""
    if _may_hold(reading, _MARKS_A_NAME, _NAMING_WORDS):
        yield from (found.span() for found in _HANDLES.finditer(reading.plain))


def find_links(reading: Reading) -> Iterator[Span]:
    """Yield addresses in the web."""
    if not _may_hold(reading, _SEPARATES, _SEPARATING_WORDS):
        return
    for found in _LINKS.finditer(reading.plain):
        if not _is_next_sentence(found):
            yield found.span()


def _may_hold(reading: Reading, signs: re.Pattern[str], words: Iterable[str]) -> bool:
    """Say whether a text is worth a closer look; most are done with here."""
    return signs.search(reading.plain) is not None or any(word in reading.lower for word in words)


def _is_next_sentence(found: re.Match[str]) -> bool:
    """Tell "within months.By June" from an address: a sentence begins with a capital."""
    ending = found["ending"]
    return ending is not None and ending.istitle() and not found[0].istitle()
