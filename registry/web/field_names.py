"""What every field of a record is called on a page, and the hint that explains it.

One place, so that a form, its errors, a conflict and a printed record use the same words.
Words of the trade (instrument, channel, minimum useful) get their plain meaning here.
"""

from dataclasses import dataclass

from flask import Flask
from flask_babel import gettext

from registry.domain.msgid import N_


@dataclass(frozen=True, slots=True)
class FieldName:
    """English msgids: the label over the field and the hint under it.

    `for_others` is the label for whoever reads the record without having written it.
    """

    label: str
    help: str = ""
    for_others: str = ""


NEED = {
    "category": FieldName(
        N_("What you need"),
        N_("Choose the nearest one. If you need several things of one kind, choose all of it."),
        for_others=N_("What is needed"),
    ),
    "country": FieldName(
        N_("Where it is needed"), N_("The country where the money is used or the help is taken.")
    ),
    "serves": FieldName(
        N_("Whose people it is for"),
        N_("Leave it empty if it is the countries that you work in anyway."),
    ),
    "title": FieldName(
        N_("In a few words"),
        N_("Without names, addresses or places by which somebody could be found."),
    ),
    "summary": FieldName(
        N_("What it is about"),
        N_("What is lacking, what help would change. Leave out whatever could identify people."),
    ),
    "situation": FieldName(
        N_("What officers should know"),
        N_("Only officers can read this. Still, write no names."),
    ),
    "language": FieldName(N_("Language of this text")),
    "breakdown": FieldName(
        N_("How much of it for what"),
        N_("If you know, say how much each thing takes. Some donors pay for some of them only."),
    ),
    "amount_requested": FieldName(
        N_("How much money"),
        N_("All of it, for the whole time; not for one month."),
    ),
    "quantity": FieldName(
        N_("How much of other help"), N_("For example 20 hours of a lawyer or 3 desks.")
    ),
    "asks_for": FieldName(
        N_("Which kind of help"),
        N_("If you do not know yet how much, mark what kind of help it is."),
    ),
    "minimum_useful": FieldName(
        N_("The least that would still help"),
        N_("Below this amount the help would change nothing. Nobody will offer you less."),
    ),
    "needed_by": FieldName(N_("Needed by"), N_("The day on which you should have it.")),
    "useful_until": FieldName(
        N_("Useful until"),
        N_("The last day on which it would still help. Empty means: the day you need it by."),
    ),
    "months_covered": FieldName(N_("For how many months"), N_("The time that this amount covers.")),
    "minimum_months": FieldName(
        N_("Shortest time that helps, in months"), N_("If a shorter time would help as well.")
    ),
    "recurrence": FieldName(N_("How it is paid")),
    "urgency": FieldName(N_("How soon it has to be")),
    "urgency_confirmed": FieldName(
        N_("Urgency as confirmed"), N_("An officer confirms it; only this one counts in the order.")
    ),
    "channels": FieldName(
        N_("How it can reach you"),
        N_("Mark every way that is safe for you. What you do not mark is never used."),
        for_others=N_("How it can arrive"),
    ),
    "publicity_accepted": FieldName(
        N_("Who may know that you were helped"),
        N_("The most that a donor may make public. A donor that has to tell more is not shown."),
        for_others=N_("Who may know that help was given"),
    ),
    "reporting_accepted": FieldName(
        N_("How much reporting is possible for you"),
        N_("The most that a donor may ask for."),
        for_others=N_("How much reporting is possible"),
    ),
    "target_groups": FieldName(N_("Who is helped by it")),
    "readers": FieldName(
        N_("Who may read your text before you say yes"),
        N_("Officers can always read it. Others see only the kind of need, country and amount."),
        for_others=N_("Who may read the text before a yes"),
    ),
    "status": FieldName(N_("State")),
    "funded_amount": FieldName(N_("What was given already")),
}

ORGANISATION = {
    "handle": FieldName(
        N_("The name you go by here"),
        N_("A made-up name. Not the name of the organisation, and not one you use elsewhere."),
        for_others=N_("The name it goes by here"),
    ),
    "kind": FieldName(N_("What you do"), for_others=N_("What it does")),
    "legal_statuses": FieldName(
        N_("Your papers"),
        N_("Mark all that hold. To have no papers is usual here."),
        for_others=N_("Its papers"),
    ),
    "base_country": FieldName(
        N_("Where you are"), N_("The country you work from."), for_others=N_("Where it is")
    ),
    "operates_in": FieldName(
        N_("Where you work"),
        N_("All the countries whose people you serve."),
        for_others=N_("Where it works"),
    ),
    "themes": FieldName(N_("What you work on"), for_others=N_("What it works on")),
    "languages": FieldName(N_("Languages"), N_("Those in which somebody could write to you.")),
    "staff_band": FieldName(N_("How many you are"), for_others=N_("How many they are")),
    "active_since": FieldName(
        N_("Working since"), N_("The year in which the work began, whatever the papers say.")
    ),
    "vetting": FieldName(N_("How well it is known")),
    "declines_donor_kinds": FieldName(
        N_("From whom you want no help"),
        N_("Those you mark are never shown your needs."),
        for_others=N_("From whom it wants no help"),
    ),
    "declines_anonymous": FieldName(
        N_("Do you refuse help from somebody who stays unnamed?"),
        for_others=N_("Does it refuse help from somebody who stays unnamed?"),
    ),
    "hosted_by": FieldName(
        N_("Who answers for you"),
        N_("A known organisation that vouches for you and hosts you."),
        for_others=N_("Who answers for it"),
    ),
    "state": FieldName(N_("State")),
    "external_id": FieldName(
        N_("Number in your own books"), N_("So that you find it again; anything but a name.")
    ),
}

DONOR = {
    "donor_kind": FieldName(N_("Who gives")),
    "intermediary": FieldName(
        N_("Through whom you give"),
        N_("A known donor or partner through whom somebody unnamed gives."),
        for_others=N_("Through whom it gives"),
    ),
}

OFFER = {
    "instrument": FieldName(N_("What kind of help")),
    "budget": FieldName(N_("How much there is"), N_("The whole budget of this offer.")),
    "budget_quantity": FieldName(N_("How much there is"), N_("For example 100 hours.")),
    "budget_left": FieldName(N_("What is left of it")),
    "budget_per": FieldName(N_("For which time")),
    "min_award": FieldName(
        N_("The least you give to one"),
        N_("Empty: any amount."),
        for_others=N_("The least that one gets"),
    ),
    "max_award": FieldName(
        N_("The most you give to one"),
        N_("Empty: up to what is left."),
        for_others=N_("The most that one gets"),
    ),
    "flexibility": FieldName(
        N_("How free the use is"), N_("How far those helped may decide what it is used for.")
    ),
    "categories": FieldName(
        N_("What it may be used for"), N_("Mark nothing if it may be used for everything.")
    ),
    "excluded_categories": FieldName(N_("What it may not be used for")),
    "category_caps": FieldName(
        N_("Limits for some uses, in percent"),
        N_("At most this share of the whole budget for this kind of need."),
    ),
    "countries": FieldName(N_("For needs in these countries"), N_("Empty: anywhere.")),
    "base_countries": FieldName(
        N_("For organisations that are in these countries"), N_("Empty: wherever they are.")
    ),
    "organisation_kinds": FieldName(N_("For whom"), N_("Empty: for all.")),
    "minimum_vetting": FieldName(
        N_("How well you have to know them"), for_others=N_("How well they have to be known")
    ),
    "publicity_required": FieldName(
        N_("What you have to make public"),
        N_("What your own rules oblige you to publish about those you help."),
        for_others=N_("What has to be made public"),
    ),
    "reporting_required": FieldName(
        N_("What you need to be told afterwards"), for_others=N_("What has to be told afterwards")
    ),
    "opens_on": FieldName(N_("First day")),
    "closes_on": FieldName(N_("Last day"), N_("Empty: there is no last day.")),
    "decision_days": FieldName(
        N_("Days until you decide"), for_others=N_("Days until the decision")
    ),
    "payout_days": FieldName(N_("Days from the decision until help arrives")),
    "max_months": FieldName(N_("Longest time, in months")),
    "renewable": FieldName(N_("Can it be given again?")),
    "retroactive": FieldName(N_("Can it pay for what was spent already?")),
    "co_funding": FieldName(
        N_("Do you give where others give too?"),
        for_others=N_("Is it given where others give too?"),
    ),
    "min_years_active": FieldName(
        N_("Years of work that you ask for"), for_others=N_("Years of work that are asked for")
    ),
    "reallocation_percent": FieldName(
        N_("Share that may be used differently, in percent"),
        N_("How much they may move to other uses without asking you."),
    ),
    "excluded_organisations": FieldName(
        N_("Whom this offer must not reach"),
        N_("Names they go by here, or your own numbers."),
        for_others=N_("Whom it must not reach"),
    ),
    "visibility": FieldName(N_("Who may see this offer")),
}

OTHERS = {
    "reason_code": FieldName(N_("Reason")),
    "note": FieldName(N_("Note"), N_("Officers can read it. Write no names.")),
    "question": FieldName(N_("Your question")),
    "answer": FieldName(N_("Your answer")),
    "query": FieldName(N_("Words to look for")),
}

FIELD_NAMES: dict[str, FieldName] = {**DONOR, **ORGANISATION, **OFFER, **NEED, **OTHERS}
"""Field name -> what it is called. A form that means something else gives its own label."""


def field_label(name: str, *, for_others: bool = False) -> str:
    """Return what a field is called; a part (`budget.amount`) is called as its whole.

    Args:
        name: the field.
        for_others: say it to somebody who did not write the record.

    Raises:
        KeyError: the field has no name yet, or the form has to give its own label.
    """
    known = FIELD_NAMES[name.partition(".")[0]]
    return str(gettext((known.for_others if for_others else "") or known.label))


def field_help(name: str) -> str:
    """Return the hint of a field, empty where it has none."""
    known = FIELD_NAMES.get(name.partition(".")[0])
    return gettext(known.help) if known and known.help else ""


def init_field_names(app: Flask) -> None:
    """Give templates `field_label(name)` and `field_help(name)`."""
    app.jinja_env.globals.update(field_label=field_label, field_help=field_help)
