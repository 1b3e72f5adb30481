"""Passphrases and sign-in names made by the server, from word lists in the reader's language."""

import secrets
from functools import cache
from pathlib import Path

WORDS_DIR = Path(__file__).parent / "words"
PASSPHRASE_WORDS = 7
NAME_WORDS = 3
CODE_GROUPS, GROUP_DIGITS = 5, 5


@cache
def words_of(language: str) -> tuple[str, ...]:
    """Return the word list of a page language; English where there is none."""
    path = WORDS_DIR / f"{language}.txt"
    if not path.exists():
        path = WORDS_DIR / "en.txt"
    return tuple(path.read_text("utf-8").split())


def make_passphrase(language: str) -> str:
    """Make a passphrase of seven words, at least 80 bits."""
    return " ".join(secrets.choice(words_of(language)) for _ in range(PASSPHRASE_WORDS))


def make_sign_in_name(language: str) -> str:
    """Make a sign-in name of three words; it is no secret, but nobody else is shown it."""
    return "-".join(secrets.choice(words_of(language)) for _ in range(NAME_WORDS))


def make_recovery_code() -> str:
    """Make a recovery code of 25 digits (83 bits), the same on every keyboard and telephone."""
    groups = (secrets.randbelow(10**GROUP_DIGITS) for _ in range(CODE_GROUPS))
    return " ".join(f"{group:0{GROUP_DIGITS}}" for group in groups)


def normal_code(text: str) -> str:
    """Bring a typed recovery code to one form: its digits, whatever stands between them."""
    return "".join(sign for sign in text if sign.isdecimal())


def normal_secret(text: str) -> str:
    """Bring a typed passphrase or name to one form: small letters, single blanks."""
    return " ".join(text.casefold().split())
