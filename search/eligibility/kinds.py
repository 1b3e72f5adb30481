"""How one value of a record is read: a reader per kind of field.

A reader takes the value and the list of faults, and returns what the facts hold. Values that
are absent never reach one.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from search.codes import CATEGORY_ITEMS
from search.eligibility.refusal import Fault
from search.money import AmountRefused, Money, Quantity, read_amount

Read = Callable[[Any, str, list[Fault]], Any]
"""(value, path of the field, faults found so far) -> what the facts hold (None at a fault)."""

LONGEST_IDENTIFIER = 200
MOST_MONTHS = 1_200
MOST_DAYS = 36_500
MOST_YEARS = 1_000

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CONTROL_IN_PROSE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,30})?")
_HUNDRED = 100


def read_text(longest: int | None = LONGEST_IDENTIFIER) -> Read:
    """Read one line of text, or with None prose of any length that may have line breaks."""
    control = _CONTROL_IN_PROSE if longest is None else _CONTROL

    def read(value: Any, path: str, faults: list[Fault]) -> str | None:
        if not isinstance(value, str):
            faults.append(Fault("wrong_type", path, "Write text in quotes."))
        elif control.search(value) or _SURROGATE.search(value):
            faults.append(
                Fault("bad_characters", path, "Take out control characters and broken characters.")
            )
        elif longest is not None and len(value) > longest:
            faults.append(Fault("out_of_range", path, f"Write at most {longest} characters."))
        else:
            return value
        return None

    return read


def read_code(known: Collection[str], what: str) -> Read:
    """Read one code of a closed list; enumerations come back as their member."""
    members = {str(each): each for each in known}

    def read(value: Any, path: str, faults: list[Fault]) -> str | None:
        if not isinstance(value, str):
            faults.append(Fault("wrong_type", path, f"Write one code in quotes: {what}."))
            return None
        if value not in members:
            faults.append(Fault("unknown_code", path, f"Use {what}."))
        return members.get(value)

    return read


def read_list(each: Read) -> Read:
    """Read a list of values, each once."""

    def read(value: Any, path: str, faults: list[Fault]) -> tuple[Any, ...] | None:
        if not isinstance(value, list | tuple):
            faults.append(Fault("wrong_type", path, 'Write a list, such as ["a", "b"].'))
            return None
        items = [each(item, f"{path}[{place}]", faults) for place, item in enumerate(value)]
        return tuple(dict.fromkeys(items))

    return read


def read_count(most: int, least: int = 0) -> Read:
    """Read a whole number from `least` to `most`."""

    def read(value: Any, path: str, faults: list[Fault]) -> int | None:
        if not isinstance(value, int) or isinstance(value, bool):
            faults.append(Fault("wrong_type", path, "Write a whole number without quotes."))
            return None
        if not least <= value <= most:
            faults.append(
                Fault("out_of_range", path, f"Write a whole number from {least} to {most}.")
            )
            return None
        return value

    return read


def read_flag(value: Any, path: str, faults: list[Fault]) -> bool | None:
    if not isinstance(value, bool):
        faults.append(Fault("wrong_type", path, "Write true or false, without quotes."))
        return None
    return value


def read_day(value: Any, path: str, faults: list[Fault]) -> date | None:
    """Read a day as YYYY-MM-DD; a `date` (but no moment) passes as it is."""
    if type(value) is date:
        return value
    if not isinstance(value, str):
        faults.append(Fault("wrong_type", path, 'Write the day as "2026-05-31".'))
    elif _DAY.fullmatch(value) is None:
        faults.append(Fault("impossible_day", path, "Write the day as 2026-05-31, without time."))
    else:
        try:
            return date.fromisoformat(value)
        except ValueError:
            faults.append(Fault("impossible_day", path, "There is no such day; check the date."))
    return None


def read_percent(value: Any, path: str, faults: list[Fault]) -> Decimal | None:
    """Read a percentage from 0 to 100, a number or a decimal string such as "33.5"."""
    written = value if isinstance(value, str) else _write_number(value)
    if written is None:
        faults.append(Fault("wrong_type", path, 'Write a percentage such as "33.5" or 33.5.'))
        return None
    if _PERCENT.fullmatch(written) is None or Decimal(written) > _HUNDRED:
        faults.append(Fault("out_of_range", path, "Write a percentage from 0 to 100."))
        return None
    return Decimal(written)


def _write_number(value: Any) -> str | None:
    """Write a number in plain digits; what is no finite number comes back for the range to refuse.

    A float is written as its shortest decimal: the one that stood in the file.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    return f"{Decimal(str(value)):f}"


def read_measure(*, money: bool = True, unit: bool = True) -> Read:
    """Read an amount: money, a quantity, or either."""
    allowed = tuple(kind for kind, wanted in ((Money, money), (Quantity, unit)) if wanted)

    def read(value: Any, path: str, faults: list[Fault]) -> Any:
        try:
            amount = read_amount(value)
        except AmountRefused as refused:
            place = f"{path}.{refused.field}" if refused.field else path
            faults.append(Fault(refused.code, place, refused.message))
            return None
        if isinstance(amount, allowed):
            return amount
        other = "a currency, not a unit" if money else "a unit, not a currency"
        faults.append(Fault("wrong_measure", path, f"Give this amount in {other}."))
        return None

    return read


def read_by_category(known: Collection[str], each: Read) -> Read:
    """Read a map from category codes to values."""

    def read(value: Any, path: str, faults: list[Fault]) -> dict[str, Any] | None:
        if not isinstance(value, Mapping):
            faults.append(Fault("wrong_type", path, "Write a map from category codes to values."))
            return None
        faults.extend(
            Fault("unknown_code", path, _suggest(code)) for code in value if code not in known
        )
        return {
            code: each(item, f"{path}.{code}", faults)
            for code, item in value.items()
            if code in known
        }

    return read


def _suggest(code: object) -> str:
    """Name the full code where only an item's short name was given."""
    meant = [item for item in CATEGORY_ITEMS if item.partition(".")[2] == code]
    if meant:
        return f"Write the full code: {' or '.join(meant)}."
    return "Use category codes of the taxonomy, such as fixed_costs.rent."
