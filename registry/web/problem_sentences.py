"""What a refused field or act is told to a person: from stable codes to sentences.

Each sentence says what to do next. It never repeats what was typed.
"""

from flask_babel import gettext

from registry.domain.errors import FieldProblem, RegistryError
from registry.domain.msgid import N_

FIELD_SENTENCES = {
    "required": N_("Fill this in; it cannot be left empty."),
    "unknown_field": N_("This page sent something the registry does not know. Open it again."),
    "unknown_code": N_("Choose one of the answers given."),
    "wrong_type": N_("Write this again in the form that the hint shows."),
    "not_an_amount": N_("Write the amount in digits, for example 1500 or 1500.50."),
    "not_a_number": N_("Write a whole number in digits, for example 6."),
    "not_a_day": N_("Write a day that exists, for example 2027-03-31."),
    "out_of_range": N_("This number is too small or too large. Write another one."),
    "not_positive": N_("Write a number above 0."),
    "too_long": N_("This is too long. Shorten it to %(max)s characters at most."),
    "too_short": N_("This is too short. Write at least %(min)s characters."),
    "too_many": N_("These are too many. Choose %(max)s at most."),
    "not_text": N_("This holds characters that cannot be kept. Write it again by hand."),
    "control_characters": N_("This holds characters that cannot be kept. Write it again by hand."),
    "duplicate": N_("The same answer stands here twice. Leave it once."),
    "mixed_measures": N_("Use one currency or one unit everywhere in this form."),
    "amount_missing": N_("Say how much you need, or mark what kind of help it is."),
    "before_start": N_("The last day lies before the first one. Change one of them."),
    "in_the_past": N_("This day has passed. Choose today or a later day."),
    "already_exists": N_("There is an entry with this number already. Choose another number."),
    "reason_missing": N_("Choose a reason; without one nothing was changed."),
    "not_supported_yet": N_("This cannot be kept safely yet. Leave it empty for now."),
}
"""Code of a field's problem -> the sentence at the field."""

UNNAMED_FIELD_SENTENCE = N_("This cannot be kept as it stands. Compare it with the hint.")

REFUSALS = {
    "not_found": N_("There is nothing here, or nothing that you can open."),
    "not_allowed": N_("Your account cannot do this. Nothing was changed."),
    "sign_in_needed": N_("Sign in first; then do it again."),
    "reason_missing": N_("Choose a reason; without one nothing was changed."),
    "invalid_move": N_("This is not possible now. Nothing was changed."),
    "conflict": N_("Somebody changed this in the meantime. Nothing was lost: compare the two."),
    "version_missing": N_("This page is too old. Open it again and repeat the change."),
    "already_exists": N_("There is such an entry already. Nothing was changed."),
    "record_refused": N_("Some fields need another look. Nothing was changed yet."),
    "key_gone": N_("What stood here was deleted for good and cannot be read any more."),
    "search_unavailable": N_("Search is being rebuilt. Try again in a minute."),
}
"""Code of a refused act -> the sentence for a message on top of a page."""

UNNAMED_REFUSAL = N_("This was refused. Nothing was changed.")


def say_problem(problem: FieldProblem) -> str:
    """Return the sentence that stands at a field."""
    sentence = gettext(FIELD_SENTENCES.get(problem.code, UNNAMED_FIELD_SENTENCE))
    try:
        return sentence % problem.values
    except KeyError:
        return gettext(UNNAMED_FIELD_SENTENCE)


def say_refusal(error: RegistryError) -> str:
    """Return the sentence for an act that a service refused; say it with `flash`."""
    return gettext(REFUSALS.get(error.code, UNNAMED_REFUSAL))
