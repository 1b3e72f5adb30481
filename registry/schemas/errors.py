"""Why a field is refused: a closed list of codes, each with one sentence that says what to do.

marshmallow's messages are leaves in nested dicts; ours are `FieldProblem`s or bare codes, never
sentences. `problems_of` makes a flat list with dotted paths of them; the rim translates.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import ValidationError

from registry.domain.errors import FieldProblem
from registry.domain.msgid import N_

MESSAGES: dict[str, str] = {
    "required": N_("Fill this in; it cannot be left empty."),
    "unknown_field": N_("There is no such field here, or it is not yours to set. Leave it out."),
    "not_a_record": N_("Send one record: names of fields with their values."),
    "sealed_not_available": N_(
        "Only its owner writes this, on its own page; an import takes it with --seal-to ACCOUNT."
    ),
    "sealed_by_owner": N_(
        "Only its owner can change what is sealed; the file's text was left out."
    ),
    "not_text": N_("Write this as text."),
    "bad_characters": N_(
        "This holds characters that cannot be kept: take out invisible ones, or write it by hand."
    ),
    "spaces_at_ends": N_("Take out the spaces at the beginning and at the end."),
    "looks_like_formula": N_(
        "Begin with a letter or a digit: spreadsheets run what begins with = + - or @."
    ),
    "too_long": N_("This is too long. Shorten it to %(max)s characters at most."),
    "too_short": N_("This is too short. Write at least %(min)s characters."),
    "giveaway_email": N_(
        "An e-mail address stands here: this would let someone recognise you, or others."
    ),
    "giveaway_handle": N_(
        "A name in a messenger or network stands here: this would let someone recognise you, "
        "or others."
    ),
    "giveaway_link": N_(
        "An address in the web stands here: this would let someone recognise you, or others."
    ),
    "giveaway_account": N_(
        "The number of an account or a wallet stands here: this would let someone recognise you, "
        "or others."
    ),
    "giveaway_card": N_(
        "The number of a bank card stands here: this would let someone recognise you, or others."
    ),
    "giveaway_document": N_(
        "The number of a passport or of another paper stands here: this would let someone "
        "recognise you, or others."
    ),
    "giveaway_address": N_(
        "An exact address stands here: this would let someone recognise you, or others."
    ),
    "giveaway_phone": N_(
        "A phone number stands here: this would let someone recognise you, or others."
    ),
    "unknown_code": N_("Choose one of these: %(allowed)s."),
    "unknown_category": N_("Use a code of the list of categories, such as fixed_costs.rent."),
    "short_category": N_("Write the code in full: %(meant)s."),
    "unknown_country": N_("Use the country's two capital letters (ISO 3166-1), such as PL."),
    "unknown_language": N_("Use the language's two small letters (ISO 639-1), such as be."),
    "unknown_currency": N_("Use the currency's three capital letters (ISO 4217), such as EUR."),
    "not_a_list": N_("Send a list, even where it holds one thing only."),
    "too_many": N_("These are too many. Keep %(max)s at most."),
    "duplicate": N_("The same stands here twice. Leave it once."),
    "not_a_map": N_("Send pairs: the code of a category and its value."),
    "not_a_number": N_("Write a whole number in digits, for example 6."),
    "out_of_range": N_("Write a whole number from %(min)s to %(max)s."),
    "all_zero": N_("Let at least one of these weigh more than 0."),
    "not_true_or_false": N_("Answer with true or false."),
    "not_a_day": N_("Write a day that exists as year-month-day, for example 2027-03-31."),
    "day_out_of_range": N_("Write a day between the years %(min)s and %(max)s."),
    "in_the_past": N_("Name a day that is still to come."),
    "in_the_future": N_("Name a day that has come already."),
    "not_a_percentage": N_("Write a percentage from 0 to 100, for example 30 or 12.5."),
    "not_an_amount": N_(
        "Write the amount in digits with at most two after a point, for example 1500 or 1500.50; "
        "no sign, no spaces."
    ),
    "amount_not_text": N_('Write the amount in quotes, for example "1500.00".'),
    "amount_without_measure": N_("Give the amount with its currency or its unit, not with both."),
    "amount_too_large": N_("This amount is too large to be true. Take out some digits."),
    "not_positive": N_("Write an amount above 0."),
    "needs_money": N_("Give this in money: an amount and its currency, without a unit."),
    "needs_unit": N_("Give this as a quantity: an amount and its unit, without a currency."),
    "amount_missing": N_(
        "Say how much you need: an amount, a quantity, or at least what kind of help to ask for."
    ),
    "mixed_currencies": N_("Use one currency for all amounts of this record."),
    "mixed_units": N_("Use one unit for all quantities of this record."),
    "minimum_in_other_measure": N_(
        "Give the least that would help in the same money or unit as what you ask for."
    ),
    "minimum_above_ask": N_("The least that would help cannot be more than what you ask for."),
    "useful_until_before_needed_by": N_(
        "The last day on which it helps cannot lie before the day it is needed by."
    ),
    "minimum_months_above_covered": N_(
        "The shortest stretch that helps cannot be longer than the months that are covered."
    ),
    "outside_category": N_(
        "Name only items of this need's own category; make a second need for others."
    ),
    "min_above_max_award": N_("The smallest award cannot be larger than the largest one."),
    "award_above_budget": N_("An award cannot be larger than the budget."),
    "closes_before_opening": N_("The closing day cannot lie before the opening day."),
    "taken_and_excluded": N_("This category is both taken and excluded. Take it out of one list."),
    "unknown_reference": N_(
        "There is no such record, or none that you may point to. Use its external id or its id."
    ),
    "query_too_long": N_("Look for fewer words: at most 500 characters."),
    "query_too_many_words": N_("Look for fewer words: at most 32."),
    "query_control_characters": N_("Type the words anew; some of it cannot be read."),
    "query_wildcards": N_(
        "Write whole words, in any form: parts of words (*, ?, ~) cannot be looked for."
    ),
    "query_without_words": N_("These words are in every text; add one that says what you need."),
    "empty_range": N_("The end of this range lies before its beginning."),
    "bad_cursor": N_("This cursor does not belong to this list. Leave it out to begin anew."),
    "nothing_marked": N_("Mark at least one of them in the list first."),
    "not_an_officer": N_("Choose an officer whose account is open."),
    "not_accepted": N_("This cannot be kept as it stands. Compare it with the description."),
}
"""Code -> English msgid. Gaps in a sentence are filled from the problem's values."""

LONGEST_NAME = 60
_WHOLE_RECORD = "_schema"


def message_of(code: str) -> str:
    """Return the msgid that says what to do about a code; a general one for a foreign code."""
    return MESSAGES.get(code, MESSAGES["not_accepted"])


def refuse(code: str, **values: object) -> ValidationError:
    """Make the error that a field or validator raises.

    Raises:
        KeyError: the code is not in the list (a mistake of the programme).
    """
    if code not in MESSAGES:
        raise KeyError(code)
    return ValidationError([FieldProblem("", code, **values)])


def problems_of(messages: Any) -> list[FieldProblem]:
    """Flatten `ValidationError.messages`: problems of known fields in their order, then unknown.

    Paths are dotted: `breakdown.fixed_costs.rent.amount`, `channels.1`; "" is the whole record.
    """
    problems = list(_walk(messages, ()))
    return sorted(problems, key=lambda each: each.field if each.code == "unknown_field" else "")


def _walk(messages: Any, path: tuple[str, ...]) -> Iterator[FieldProblem]:
    if isinstance(messages, Mapping):
        for step, below in messages.items():
            yield from _walk(below, path if step == _WHOLE_RECORD else (*path, _shown(step)))
    elif isinstance(messages, list | tuple):
        for below in messages:
            yield from _walk(below, path)
    else:
        yield _placed(messages, ".".join(path))


def _placed(leaf: Any, path: str) -> FieldProblem:
    if isinstance(leaf, FieldProblem):
        place = ".".join(part for part in (path, leaf.field) if part)
        return FieldProblem(place, leaf.code, **leaf.values)
    return FieldProblem(path, leaf if leaf in MESSAGES else "not_accepted")


def _shown(step: object) -> str:
    """Return a step of a path, as long as it can be a name: keys come from outside, too."""
    name = str(step)
    return name if len(name) <= LONGEST_NAME and name.isprintable() else "?"
