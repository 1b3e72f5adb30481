"""Who reads what of an offer: made from the records as the serializers hand them out."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from registry.domain.audience import Audience
from registry.schemas.audience import fields_for
from registry.schemas.records import dump_record
from registry.web.described import describe
from registry.web.need_readers import ReaderColumn
from search.codes import Visibility

View = Mapping[str, Any]

OFFER_FIELDS = (
    *("instrument", "title", "summary", "language", "budget", "budget_per", "budget_left"),
    *("min_award", "max_award", "flexibility", "categories", "excluded_categories"),
    *("category_caps", "countries", "base_countries", "organisation_kinds", "legal_statuses"),
    *("target_groups", "minimum_vetting", "reporting_required", "max_months"),
    *("min_years_active", "languages", "reallocation_percent", "co_funding", "retroactive"),
    *("renewable", "channels", "publicity_required", "opens_on", "closes_on", "decision_days"),
    *("payout_days", "visibility", "excluded_organisations"),
)
"""What a person writes in an offer, in the order in which it is read."""


def offer_columns(offer: View) -> list[ReaderColumn]:
    """Return what organisations see, what the public sees, and what nobody but officers does."""
    visibility = offer.get("visibility", Visibility.OFFICERS)
    return [
        _organisations_column(offer, visibility),
        _public_column(offer, visibility),
        _officers_column(offer, visibility),
    ]


def _organisations_column(offer: View, visibility: str) -> ReaderColumn:
    if visibility == Visibility.OFFICERS:
        sentence = _("Only the one that an officer passes it on to, once you said yes to its need:")
    else:
        sentence = _("Every organisation that was vouched for, once an officer has checked you:")
    return ReaderColumn(
        "people",
        _("Organisations see"),
        sentence,
        _facts(offer, Audience.ORGANISATION_OFFERED),
        _("Your name here and how far you were checked, only once you said yes to its need."),
    )


def _public_column(offer: View, visibility: str) -> ReaderColumn:
    title = _("Everybody sees, without an account")
    if visibility != Visibility.PUBLIC:
        return ReaderColumn("eye", title, _("Nothing: you did not make it public."), [])
    return ReaderColumn(
        "eye",
        title,
        _("As soon as it is open and officers have checked you, without your name:"),
        _facts(offer, Audience.PUBLIC),
    )


def _officers_column(offer: View, visibility: str) -> ReaderColumn:
    audiences = [Audience.ORGANISATION_OFFERED]
    if visibility == Visibility.PUBLIC:
        audiences.append(Audience.PUBLIC)
    shown = {name for audience in audiences for name in fields_for("offer", audience)}
    hidden = [name for name in OFFER_FIELDS if name not in shown]
    return ReaderColumn(
        "shield",
        _("Nobody sees but officers"),
        _("Officers read everything, because they look for what fits. Only they read this:"),
        _describe(dump_record("offer", offer), hidden),
    )


def _facts(offer: View, audience: Audience) -> list[tuple[str, str]]:
    return _describe(dump_record("offer", offer, audience), OFFER_FIELDS)


def _describe(record: View, names: Iterable[str]) -> list[tuple[str, str]]:
    """Name the fields as their donor does, but for the ways: those lead to others."""
    return [
        line for name in names for line in describe(record, [name], for_others=name == "channels")
    ]
