"""Numbers that money goes to: bank accounts, wallets, cards."""

import re
from collections.abc import Iterator

from registry.domain.giveaways.checksums import IBAN_LENGTHS, is_card, is_iban
from registry.domain.giveaways.reading import Reading

Span = tuple[int, int]

_GAP = re.compile(r"[ -]")
_IBAN = {
    country: re.compile(
        rf"(?<![^\W_]){country}(?:[ -]?[0-9A-Z]){{{length - 2}}}(?![^\W_])", re.IGNORECASE
    )
    for country, length in IBAN_LENGTHS.items()
}
_IBAN_BEGINS = re.compile(r"(?<![^\W_])([A-Za-z]{2})[ -]?\d[ -]?\d")
_POLISH = re.compile(r"(?<!\d)\d{2}(?:[ -]?\d{4}){6}(?!\d)")
_RUSSIAN = re.compile(
    r"(?<!\d)[34]\d{4}[ -]?(?:810|643|840|978|933|974)[ -]?\d[ -]?\d{4}[ -]?\d{7}(?!\d)"
)
_WALLETS = re.compile(
    r"(?<!\w)(?:0x[0-9a-fA-F]{40}"  # Ethereum and its kin
    r"|bc1[02-9ac-hj-np-z]{25,60}|[13][1-9A-HJ-NP-Za-km-z]{25,34}"  # Bitcoin
    r"|T[1-9A-HJ-NP-Za-km-z]{33}|[48][1-9A-HJ-NP-Za-km-z]{94})(?!\w)"  # Tron, Monero
)
_CARD = re.compile(
    r"(?<![\d.,])(?:\d{13,19}|\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{3})?|\d{4}[ -]\d{6}[ -]\d{5})(?!\d)"
)
_FIRST_OF_CARDS = "234569"
_YEARS = range(1900, 2100)


def find_accounts(reading: Reading) -> Iterator[Span]:
    """Yield account numbers whose check digits are right, and wallets."""
    for begins in _IBAN_BEGINS.finditer(reading.latin):
        pattern = _IBAN.get(begins[1].upper())
        found = pattern.match(reading.latin, begins.start()) if pattern else None
        if found and is_iban(_GAP.sub("", found[0]).upper()):
            yield found.span()
    for found in _POLISH.finditer(reading.digits):
        if is_iban(f"PL{_GAP.sub('', found[0])}"):
            yield found.span()
    yield from (found.span() for found in _RUSSIAN.finditer(reading.digits))
    yield from (found.span() for found in _WALLETS.finditer(reading.plain) if _is_mixed(found[0]))


def find_cards(reading: Reading) -> Iterator[Span]:
    """Yield numbers that are grouped and checked as those of bank cards are."""
    for found in _CARD.finditer(reading.digits):
        bare = _GAP.sub("", found[0])
        if bare[0] in _FIRST_OF_CARDS and is_card(bare) and not _is_years(found[0]):
            yield found.span()


def _is_mixed(wallet: str) -> bool:
    """Tell a wallet from a long number or a long word."""
    return any(each.isdigit() for each in wallet[1:]) and any(each.isalpha() for each in wallet)


def _is_years(groups: str) -> bool:
    return all(int(group) in _YEARS for group in _GAP.split(groups))
