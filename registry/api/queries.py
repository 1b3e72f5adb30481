"""Parameters of lists: how many, from where on, and which."""

import re
from typing import Any

from marshmallow import fields, post_load, validates_schema

from registry.schemas.errors import refuse
from registry.schemas.plain import Category, Code, Country, Day, Whole
from registry.schemas.record import InputSchema
from registry.schemas.texts import ExternalId, Line, codes_for
from search.codes import (
    DonorKind,
    Flexibility,
    Instrument,
    MatchState,
    NeedStatus,
    OfferStatus,
    OrganisationKind,
    Urgency,
    Vetting,
)
from search.index.protocol import Filter, Sort
from search.money import AmountRefused, parse_hundredths

DEFAULT_LIMIT, LARGEST_LIMIT = 25, 100
LONGEST_CURSOR = 1000
FACETS = tuple(str(each) for each in Filter if each not in (Filter.READERS, Filter.OWNER))
STATUSES = tuple(dict.fromkeys(str(each) for each in (*NeedStatus, *OfferStatus)))


class Cursor(Line):
    """A token of ours: it may begin like a formula of a spreadsheet, and never gets into one."""

    formula = re.compile(r"(?!)")


class ListQuery(InputSchema):
    """Which page of a list."""

    limit = Whole(1, LARGEST_LIMIT, load_default=DEFAULT_LIMIT)
    cursor = Cursor(LONGEST_CURSOR)


class BaseAmount(fields.String):
    """An amount in the registry's base currency, as "1500.00"; comes out in hundredths."""

    default_error_messages = codes_for(invalid="not_an_amount", invalid_utf8="not_text")

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        try:
            return parse_hundredths(value)
        except AmountRefused:
            raise refuse("not_an_amount") from None


def _refuse_empty_range(query: dict[str, Any]) -> None:
    least, most = query.get("amount_from"), query.get("amount_to")
    if least is not None and most is not None and most < least:
        error = refuse("empty_range")
        error.field_name = "amount_to"
        raise error


class NeedListQuery(ListQuery):
    """Filters of needs; a group of the taxonomy stands for all its items."""

    category = Category()
    country = Country()
    urgency = Code(Urgency)
    status = Code(NeedStatus)
    organisation = ExternalId()
    amount_from = BaseAmount(metadata={"example": "1500.00"})
    amount_to = BaseAmount(metadata={"example": "20000"})
    needed_from = Day()
    needed_to = Day()
    sort = Code(("newest", "needed_by", "urgency", "amount"), load_default="newest")

    @validates_schema
    def check_ranges(self, query: dict[str, Any], **_: Any) -> None:
        """A range that can hold nothing was meant otherwise."""
        _refuse_empty_range(query)


class SearchQuery(ListQuery):
    """Words, any of which may be met, and filters; nothing but filters finds all they let through.

    Whole words in any form, in Belarusian, Russian, Ukrainian, Polish, Lithuanian or English.
    """

    q = fields.String(load_default="", error_messages=codes_for(invalid="not_text"))
    kind = Code(("needs", "offers"), load_default="needs")
    category = Category()
    country = Country()
    urgency = Code(Urgency)
    status = Code(STATUSES)
    amount_from = BaseAmount(metadata={"example": "1500.00"})
    amount_to = BaseAmount(metadata={"example": "20000"})
    sort = Code(Sort, load_default=Sort.RELEVANCE)
    facets = fields.String(
        error_messages=codes_for(invalid="not_text"),
        metadata={
            "example": "category,country",
            "description": "What to count by, separated by commas.",
        },
    )

    @post_load
    def split_facets(self, query: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Read the list of facets; each name has to be one."""
        names = [name for name in query.get("facets", "").split(",") if name]
        if not set(names) <= set(FACETS):
            error = refuse("unknown_code", allowed=", ".join(FACETS))
            error.field_name = "facets"
            raise error
        return {**query, "facets": [Filter(name) for name in dict.fromkeys(names)]}

    @validates_schema
    def check_amounts(self, query: dict[str, Any], **_: Any) -> None:
        """A range that can hold nothing was meant otherwise."""
        _refuse_empty_range(query)


class MatchListQuery(ListQuery):
    """Filters of matches."""

    state = Code(MatchState)
    need = ExternalId()
    offer = ExternalId()


class OfferListQuery(ListQuery):
    """Filters of offers."""

    category = Category()
    country = Country()
    instrument = Code(Instrument)
    flexibility = Code(Flexibility)
    status = Code(OfferStatus)


class OrganisationListQuery(ListQuery):
    """Filters of organisations."""

    kind = Code(OrganisationKind)
    vetting = Code(Vetting)
    base_country = Country()


class DonorListQuery(ListQuery):
    """Filters of donors."""

    donor_kind = Code(DonorKind)
    vetting = Code(Vetting)
