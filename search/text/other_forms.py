"""Polish and Lithuanian forms that neither the lexicon nor Snowball leads back to their word.

A form is rewritten as another form of the same word whose stem is known to be right. As in
`belarusian.py`, a reading that is wrong does no harm: it gives a stem that no text holds.
"""

from search.text.endings import cut_ending

_each = str.split

# Endings of Lithuanian verbs that stand after the stem of the infinitive: habitual past, future,
# conditional, imperative, participles. dirbdavo, dirbsime, dirbtų, dirbdamas -> dirbti.
_LITHUANIAN_VERBAL = frozenset(
    _each(
        "davo davau davai davome davote davęs davus davusi davusios davusių "
        "damas dama dami damos siu sime site siant siąs sianti siančio siančios simas sima "
        "tų tum čiau tume tumėme tumėte kite kime tas ta tinas tina te"
    )
)
_SHORTEST_LITHUANIAN_STEM = 3

# rynek, rynku; kabel, kabla; beczka, beczek: a consonant, a fleeting e, one of these.
_AFTER_FLEETING_E = frozenset("kclłrnń")
_POLISH_VOWELS = frozenset("aąeęioóuy")
_SHORTEST_FLEETING = 4
_POLISH_DATIVE = "owi"


def other_forms(word: str, language: str) -> list[str]:
    """Other forms of a folded word, whose stems are among its own; mostly none."""
    if language == "lt":
        return _lithuanian(word)
    if language == "pl":
        return _polish(word)
    return []


def _lithuanian(word: str) -> list[str]:
    stem, ending = cut_ending(word, _LITHUANIAN_VERBAL)
    return [f"{stem}ti"] if ending and len(stem) >= _SHORTEST_LITHUANIAN_STEM else []


def _polish(word: str) -> list[str]:
    if len(word) < _SHORTEST_FLEETING:
        return []
    if word.endswith(_POLISH_DATIVE):
        return [word.removesuffix(_POLISH_DATIVE)]
    before, vowel, last = word[-3], word[-2], word[-1]
    if vowel == "e" and last in _AFTER_FLEETING_E and before not in _POLISH_VOWELS:
        return [f"{word[:-2]}{last}"]
    return []
