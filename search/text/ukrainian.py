"""Stems of Ukrainian words, beside the lemmas of the lexicon (which knows three in four).

As in `belarusian.py` every reading gives a stem: as a noun or adjective, with and without an
ending, and as a verb (marked, so that the two never meet).
"""

from functools import lru_cache

from search.text.endings import cut_ending

_each = str.split

VERB = "/v"
_VOWELS = frozenset("аеєиіїоуюя")

_NOMINAL = frozenset(
    _each(
        # noun
        "а я о е є и і ї у ю ь ом ем єм ам ям ою ею єю ові еві єві ів їв ей ам'я "
        "ах ях ами ями ьми ьом 'я 'ю 'ям 'ї 'єю 'ями 'ях 'їв "
        # nouns in -ія and -ій
        "ія ії ію ією ій іям іями іях ію ієм ієві ія "
        # adjective
        "ий ій ого ього ому ьому им ім а ої ьої у ою ьою е є і их іх ими іми ая ую ії ії "
        # young ones: теля, теляти
        "яти ят ятам ятами ятах"
    )
)
_SOFTENING = {"ц": "к", "з": "г", "с": "х"}  # рука, руці; нога, нозі; муха, мусі

_PAST = _each("ти ть в ла ло ли вши")
_PRESENT = _each("ю єш є ємо єм єте ють й ймо йте ючи")
_HARD = _each(
    "у ю еш иш їш е ить їть емо ем имо им їмо ете ите їте уть ать ять и іть імо ь ьте учи ачи ячи"
)
_PARTICIPLE = _each(
    "ний на не ні ного ному ним ну ною них ними ній тий та те ті того тому тим ту тою тих тими ття "
    "ння нню нням нні нь"
)
_THEMES = _each("а я и і ї у ю о ува юва ава ява")
_VERBAL = frozenset(
    [theme + end for theme in _THEMES for end in (*_PAST, *_PARTICIPLE)]
    + [theme + end for theme in "аяиієуюїо" for end in _PRESENT]
    + [*_HARD, "ти", "в", "ла", "ло", "ли", "вши", "ши"]
)
_REFLEXIVE = ("ся", "сь")
_VERBAL_FINALS = (
    ("щ", "ст"), ("дж", "д"), ("бл", "б"), ("пл", "п"), ("вл", "в"), ("мл", "м"), ("фл", "ф"),
    ("ш", "с"), ("х", "с"), ("ж", "з"), ("г", "з"), ("ч", "т"), ("ц", "т"), ("к", "т"),
)  # fmt: skip
_SHORTEST_REFLEXIVE = 4
_SHORTEST_DWELLER = 6
_SHORTEST_FLEETING = 3
_UNWRITTEN = str.maketrans("", "", "ь'")


@lru_cache(maxsize=20_000)
def stems(word: str) -> tuple[str, ...]:
    """The stems of a folded word, at least one; those of школи hold "школ"."""
    found = _nominal_stems(word) + _verbal_stems(word)
    return tuple(dict.fromkeys(filter(None, found))) or (word,)


def _nominal_stems(word: str) -> list[str]:
    stem, ending = cut_ending(word, _NOMINAL)
    readings = [_spell_noun(stem)]
    if ending == "і" and stem[-1] in _SOFTENING:
        readings.append(_spell_noun(stem[:-1] + _SOFTENING[stem[-1]]))
    if len(ending) > 1 and ending[-1] in "уюя":
        readings.append(_spell_noun(word[:-1]))
    if word[-1] not in _VOWELS:
        readings += _without_ending(word)
    return readings


def _without_ending(word: str) -> list[str]:
    """Stems of a form without ending: its last vowel may be fleeting or have closed to і."""
    whole = _spell_noun(word)
    readings = [whole]
    if len(whole) < _SHORTEST_FLEETING:
        return readings
    before, vowel, last = whole[:-2], whole[-2], whole[-1]
    if vowel in "оеє":
        readings.append(f"{before}й{last}" if before[-1] in _VOWELS else before + last)
    if vowel in "ії":
        # стіл, стола; піч, печі; Київ, Києва
        readings += [f"{before}{opened}{last}" for opened in ("о", "е", "є")]
    return readings


def _verbal_stems(word: str) -> list[str]:
    active = word[:-2] if word.endswith(_REFLEXIVE) and len(word) > _SHORTEST_REFLEXIVE else word
    stem, ending = cut_ending(active, _VERBAL)
    return [_spell_verb(stem)] if ending else []


def _spell_noun(stem: str) -> str:
    spelled = _single(stem.translate(_UNWRITTEN))
    if spelled.endswith(("янин", "анин")) and len(spelled) > _SHORTEST_DWELLER:
        return spelled[:-2]
    if spelled.endswith("й") and spelled[-2:-1] in _VOWELS:
        return spelled[:-1]
    return spelled


def _spell_verb(stem: str) -> str:
    spelled = _single(stem.translate(_UNWRITTEN))
    for written, one in _VERBAL_FINALS:
        if spelled.endswith(written):
            return spelled.removesuffix(written) + one + VERB
    return spelled and spelled + VERB


def _single(stem: str) -> str:
    """Doubled consonants once: життя, життів; знання, знань."""
    return (
        "".join(
            letter
            for before, letter in zip(f" {stem}", stem, strict=False)
            if letter != before or letter in _VOWELS
        )
        or stem
    )
