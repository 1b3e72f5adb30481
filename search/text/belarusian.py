"""Stems of Belarusian words: no lemmatiser knows the language, so its grammar is written down here.

Every reading of a word gives a stem: as a noun or adjective, with and without an ending where it
could have none, and as a verb (its stems carry a mark, so that the two never meet). Forms of one
word share a stem; that a form has readings which its word has not does no harm.
"""

import re
from functools import lru_cache

from search.text.belarusian_endings import (
    DEGREES,
    DWELLERS,
    NOMINAL,
    NOUN_INSIDE,
    PARTICIPLE,
    PROTHETIC,
    REFLEXIVE,
    SOFTENING,
    SUPPLETIVE,
    VERBAL,
    VERBAL_FINALS,
    VERBAL_ROOTS,
    VERBAL_SECOND,
)
from search.text.endings import cut_ending

VERB = "/v"
_SHORTEST_DWELLER = 6
_SHORTEST_FLEETING = 3
_SHORTEST_PROTHETIC = 3
_VOWELS = frozenset("аеёіоуыэюя")
_SOFTENERS = frozenset("еёіюяь")
# Unstressed о and ё are written а and я or е; э and а take turns after hardened consonants.
_ONE_VOWEL = str.maketrans("оэёяў", "ааеев", "ь'")

# The classical spelling writes the softness of a consonant before a soft one: сьнег, жыцьцё.
_SOFTNESS_WRITTEN = re.compile(r"(?<=[сзцн])ь(?=[вздлнстц])|(?<=л)ь(?=л)")
_OFFICIAL = {
    "ля": "ла", "лё": "ло", "ле": "ло", "лю": "лу", "сы": "сі", "зы": "зі",
} | {f"{hard}э": f"{hard}е" for hard in "бвзкмнпсф"}  # fmt: skip
_CLASSICAL = re.compile(f"(?:{'|'.join(_OFFICIAL)})(?=.[^ьэ])")


@lru_cache(maxsize=20_000)
def stems(word: str) -> tuple[str, ...]:
    """The stems of a folded word, at least one; those of школы hold "школ"."""
    word = _SOFTNESS_WRITTEN.sub("", word)
    found = _nominal_stems(word) + _verbal_stems(word)
    official = official_spelling(word)
    if official != word:
        found += _nominal_stems(official)
    stands = SUPPLETIVE.get(word)
    if stands:
        found += _nominal_stems(stands) + _verbal_stems(stands)
    start = PROTHETIC.get(word[:2])
    if start and len(word) > _SHORTEST_PROTHETIC:
        found += _nominal_stems(start + word[2:])
    return tuple(dict.fromkeys(filter(None, found))) or (word,)


def official_spelling(word: str) -> str:
    """The official spelling of a loanword in the classical one: плян, газэта, сыстэма."""
    return _CLASSICAL.sub(lambda found: _OFFICIAL[found[0]], word)


def _nominal_stems(word: str) -> list[str]:
    stem, ending = cut_ending(word, NOMINAL)
    readings = [_spell_noun(_without_degree(stem))]
    hard, endings = SOFTENING.get(stem[-1], ("", frozenset()))
    if ending in endings:
        readings.append(_spell_noun(stem[:-1] + hard))
    if ending in NOUN_INSIDE:
        readings.append(_spell_noun(word[:-1]))
    if word[-1] not in _VOWELS:
        readings += _without_ending(word)
    return readings


def _without_ending(word: str) -> list[str]:
    """Stems of a form without ending, as палец or дачок: its last vowel may be fleeting."""
    whole = _spell(word)
    if len(whole) < _SHORTEST_FLEETING or whole[-2] not in "ае":
        return [_spell_noun(word)]
    if whole[-3] in _VOWELS:
        # аўстрыец, аўстрыйца; заяц, зайца
        return [_spell_noun(word), f"{whole[:-2]}й{whole[-1]}"]
    return [_spell_noun(word), whole[:-2] + whole[-1].rstrip("й")]


def _verbal_stems(word: str) -> list[str]:
    active = _without_reflexive(word)
    stem, ending = cut_ending(active, VERBAL)
    readings = [stem + VERBAL[ending]] if ending else []
    stem, ending = cut_ending(active, VERBAL_SECOND)
    readings += [stem + kept for kept in VERBAL_SECOND.get(ending, ())]
    stem, ending = cut_ending(word, PARTICIPLE)
    readings += [stem] if ending else []
    return [_spell_verb(reading) for reading in readings]


def _without_reflexive(word: str) -> str:
    for mark, kept in REFLEXIVE:
        if word.endswith(mark) and len(word) > len(mark) + 1:
            return word.removesuffix(mark) + kept
    return word


def _without_degree(stem: str) -> str:
    for degree in DEGREES:
        if stem.endswith(degree) and len(stem) > len(degree) + 2:
            return stem.removesuffix(degree).removeprefix("най")
    return stem


def _spell_noun(stem: str) -> str:
    spelled = _spell(stem)
    if spelled.endswith(DWELLERS) and len(spelled) > _SHORTEST_DWELLER:
        return spelled[:-2]
    if spelled.endswith("й") and spelled[-2:-1] in _VOWELS:
        return spelled[:-1]
    return spelled


def _spell_verb(stem: str) -> str:
    spelled = _spell(stem)
    for written, one in (*VERBAL_FINALS, ("", "")):
        if spelled.endswith(written):
            spelled = spelled.removesuffix(written) + one
            break
    for written, one in VERBAL_ROOTS:
        if spelled.endswith(written):
            spelled = spelled.removesuffix(written) + one
    return spelled and spelled + VERB


def _spell(stem: str) -> str:
    """The stem without what changes in its spelling from form to form.

    Soft ц and дз are т and д again, doubled consonants are single, unstressed vowels are one.
    """
    hardened = _harden(stem)
    single = "".join(
        letter
        for place, letter in enumerate(hardened)
        if letter in _VOWELS or letter != hardened[place - 1 : place]
    )
    spelled = single.translate(_ONE_VOWEL)
    return "у" + spelled[1:] if stem[:1] == "ў" else spelled


def _harden(stem: str) -> str:
    """сясцёр -> сястёр, госць -> гость: ц and дз before a soft vowel or at the end."""
    following = f"{stem[1:]}ь"
    letters = []
    for before, letter, after in zip(f" {stem}", stem, following, strict=False):
        soft = after in _SOFTENERS
        if letter == "ц" and soft and before != "ц":
            letters.append("т")
        elif not (letter == "з" and soft and before == "д"):
            letters.append(letter)
    return "".join(letters)
