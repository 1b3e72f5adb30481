"""Who reads what of a need: made from the records as the serializers hand them out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from registry.domain.audience import Audience
from registry.schemas.audience import fields_for
from registry.schemas.records import dump_record
from registry.web.described import describe
from registry.web.field_names import field_label
from search.codes import Reader

AFTER_YES = Audience.DONOR_INTRODUCED

View = Mapping[str, Any]
Facts = list[tuple[str, str]]

NEED_FIELDS = (
    *("category", "country", "title", "summary", "language", "amount_requested", "quantity"),
    *("asks_for", "minimum_useful", "breakdown", "months_covered", "minimum_months", "recurrence"),
    *("urgency", "urgency_confirmed", "needed_by", "useful_until", "channels", "readers"),
    *("publicity_accepted", "reporting_accepted", "target_groups", "serves", "situation"),
)
"""What a person writes in a need, in the order in which it is read."""

ORGANISATION_FIELDS = (
    *("kind", "base_country", "vetting", "handle", "themes", "target_groups", "languages"),
    *("legal_statuses", "operates_in", "staff_band", "active_since", "declines_donor_kinds"),
    *("declines_anonymous", "hosted_by"),
)


@dataclass(frozen=True, slots=True)
class ReaderColumn:
    """What one kind of reader sees: a shape, who it is, since when, and the facts."""

    shape: str
    title: str
    sentence: str
    facts: Facts
    further: str = ""


def reader_columns(need: View, organisation: View) -> list[ReaderColumn]:
    """Return what a donor sees, what a partner sees, and what nobody but officers does.

    Args:
        need: the need as its organisation sees it.
        organisation: the organisation as it sees itself.
    """
    readers = need.get("readers", ())
    donor = Audience.DONOR_OFFERED_TEXT if Reader.DONORS in readers else Audience.DONOR_OFFERED
    partner = Audience.PARTNER_TEXT if Reader.PARTNERS in readers else None
    return [
        _donor_column(need, organisation, donor),
        _partner_column(need, partner),
        _officers_column(need, organisation, [donor, *([partner] if partner else [])]),
    ]


def _donor_column(need: View, organisation: View, audience: Audience) -> ReaderColumn:
    names = _more_after_yes(need, organisation, audience)
    further = _(
        "After your yes to this donor, and only then, it also reads: %(fields)s.", fields=names
    )
    return ReaderColumn(
        "people",
        _("A donor sees"),
        _("Once an officer has shown it to this donor, and before you say yes:"),
        _facts("need", need, audience, NEED_FIELDS)
        + _facts("organisation", organisation, audience, ORGANISATION_FIELDS),
        further if names else "",
    )


def _partner_column(need: View, audience: Audience | None) -> ReaderColumn:
    if audience is None:
        sentence = _("Nothing: you did not mark partners among those who may read it.")
        return ReaderColumn("eye", _("A partner organisation sees"), sentence, [])
    return ReaderColumn(
        "eye",
        _("A partner organisation sees"),
        _("As soon as it is open and somebody has vouched for you, without learning who you are:"),
        _facts("need", need, audience, NEED_FIELDS),
    )


def _officers_column(need: View, organisation: View, audiences: list[Audience]) -> ReaderColumn:
    return ReaderColumn(
        "shield",
        _("Nobody sees but officers"),
        _("Officers read everything, to find what fits. Before a yes only they read this:"),
        _hidden("need", need, audiences, NEED_FIELDS)
        + _hidden("organisation", organisation, audiences, ORGANISATION_FIELDS),
        _("Nobody here knows your real name, your address or your telephone: they are not asked."),
    )


def _facts(kind: str, view: View, audience: Audience, names: tuple[str, ...]) -> Facts:
    return describe(dump_record(kind, view, audience), names)


def _hidden(kind: str, view: View, audiences: list[Audience], names: tuple[str, ...]) -> Facts:
    """Describe what stands in the record and is in no list of these audiences."""
    shown = {name for audience in audiences for name in fields_for(kind, audience)}
    return describe(dump_record(kind, view), [name for name in names if name not in shown])


def _more_after_yes(need: View, organisation: View, before: Audience) -> str:
    """Name what an introduced donor reads beyond what it read before, of what there is."""
    later = [
        name
        for kind, view in (("organisation", organisation), ("need", need))
        for name in fields_for(kind, AFTER_YES)
        if name in view and name not in fields_for(kind, before)
    ]
    return ", ".join(_("“%(field)s”", field=field_label(name)) for name in later)
