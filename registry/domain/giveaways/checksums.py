"""Check digits, by which a row of digits is known to be a card, an account or a person's number."""

from collections.abc import Sequence

_COUNTRIES_BY_LENGTH = {
    15: "NO",
    16: "BE",
    18: "DK FI NL",
    19: "MK SI",
    20: "AT BA EE KZ LT LU",
    21: "CH HR LI LV",
    22: "BG DE GB GE IE ME RS",
    23: "IL",
    24: "CZ ES MD RO SE SK",
    25: "PT",
    26: "IS TR",
    27: "FR GR IT",
    28: "AL AZ BY CY HU PL",
    29: "UA",
    31: "MT",
}
IBAN_LENGTHS = {
    country: length
    for length, countries in _COUNTRIES_BY_LENGTH.items()
    for country in countries.split()
}
"""Country -> characters of its account numbers (SWIFT's IBAN registry)."""

_PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
_LITHUANIAN_WEIGHTS = ((1, 2, 3, 4, 5, 6, 7, 8, 9, 1), (3, 4, 5, 6, 7, 8, 9, 1, 2, 3))


def is_card(digits: str) -> bool:
    """Say whether digits pass Luhn's check (ISO/IEC 7812-1)."""
    odd = sum(int(digit) for digit in digits[::-2])
    even = sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (odd + even) % 10 == 0


def is_iban(account: str) -> bool:
    """Say whether the check digits of an account number, in capitals without spaces, are right.

    The check is ISO 7064's MOD 97-10, letters counting from A = 10.
    """
    return int("".join(str(int(each, 36)) for each in account[4:] + account[:4])) % 97 == 1


def is_pesel(digits: str) -> bool:
    """Say whether eleven digits can be a Polish person's number."""
    is_day = int(digits[2:4]) % 20 in range(1, 13) and int(digits[4:6]) in range(1, 32)
    return is_day and -_weighted(digits, _PESEL_WEIGHTS) % 10 == int(digits[10])


def is_lithuanian_code(digits: str) -> bool:
    """Say whether eleven digits can be a Lithuanian person's code."""
    is_day = int(digits[3:5]) in range(1, 13) and int(digits[5:7]) in range(1, 32)
    rests = [_weighted(digits, weights) % 11 for weights in _LITHUANIAN_WEIGHTS]
    check = next((rest for rest in rests if rest < 10), 0)  # noqa: PLR2004 - one decimal digit
    return digits[0] in "123456" and is_day and check == int(digits[10])


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False))
