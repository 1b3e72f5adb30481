"""Words typed while another keyboard layout was on: ghbdtn for привет."""

_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
SIGNS = "[];',.`"
"""Keys that are signs in the English layout and letters in ours."""

_LAYOUTS = {
    "ru": "йцукенгшщзхъфывапролджэячсмитьбюё",
    "be": "йцукенгшўзх'фывапролджэячсмітьбюё",
    "uk": "йцукенгшщзхїфівапролджєячсмитьбю'",
}
_TO_CYRILLIC = {language: str.maketrans(_KEYS, letters) for language, letters in _LAYOUTS.items()}
_TO_LATIN = [str.maketrans(letters, _KEYS) for letters in _LAYOUTS.values()]


def in_cyrillic_layout(typed: str, language: str) -> str:
    """What the keys of Latin letters and signs give in the layout of be, ru or uk."""
    return typed.casefold().translate(_TO_CYRILLIC[language])


def in_latin_layout(typed: str) -> tuple[str, ...]:
    """What the keys of Cyrillic letters give in the English layout, from each layout of ours."""
    return tuple(dict.fromkeys(typed.casefold().translate(each) for each in _TO_LATIN))
