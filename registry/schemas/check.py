"""What somebody without an account says of a need, to see which public offers would fit.

The fields are those of a record, so that a record which stands elsewhere can be sent as it is;
what names anybody, and every text, has no place here.
"""

from collections.abc import Mapping
from typing import Any

from marshmallow import fields

from registry.schemas.amounts import AmountField
from registry.schemas.need import NeedSchema
from registry.schemas.organisation import OrganisationSchema
from registry.schemas.plain import Code, Country, Language, Several, Whole
from registry.schemas.record import InputSchema
from registry.schemas.texts import codes_for
from search.codes import LegalStatus, OrganisationKind

ASKED_OF_NEED = (
    *("category", "country", "breakdown", "amount_requested", "quantity", "asks_for"),
    *("minimum_useful", "serves", "needed_by", "useful_until", "months_covered"),
    *("minimum_months", "publicity_accepted", "reporting_accepted", "target_groups"),
    "funded_amount",
)
ASKED_OF_ORGANISATION = ("kind", "operates_in", "languages", "active_since")
"""What can change the answer: rules that the public may follow read it."""


_PART = codes_for(type="not_a_record")


class CheckedNeedSchema(NeedSchema):
    """A need without names and texts; `funded_amount` is what others gave to it already."""

    class Meta(NeedSchema.Meta):
        fields = (*ASKED_OF_NEED, "channels")

    funded_amount = AmountField()


class CheckedOrganisationSchema(OrganisationSchema):
    """An organisation without names.

    `legal_statuses`, `base_country`, `vetting` and `declines_donor_kinds` are taken, so that a
    record need not be cut, and change nothing: which of them an offer accepts is not public.
    """

    class Meta(OrganisationSchema.Meta):
        fields = (
            *ASKED_OF_ORGANISATION,
            *("legal_statuses", "base_country", "vetting", "declines_donor_kinds"),
        )

    legal_statuses = Several(Code(LegalStatus))
    base_country = Country()


class CheckSchema(InputSchema):
    """A need and whose it is."""

    need = fields.Nested(CheckedNeedSchema, required=True, error_messages=_PART)
    organisation = fields.Nested(CheckedOrganisationSchema, required=True, error_messages=_PART)


class CheckFormSchema(CheckedNeedSchema):
    """The same on one page: only what can change the answer is asked there."""

    class Meta(NeedSchema.Meta):
        fields = (
            *ASKED_OF_NEED,
            *(name for name in ASKED_OF_ORGANISATION if name != "operates_in"),
        )

    kind = Code(OrganisationKind, required=True)
    languages = Several(Language())
    active_since = Whole(1900, 2100)


def split_form(said: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return what the page's form holds as `{"need", "organisation"}`."""
    return {
        "need": {name: value for name, value in said.items() if name in ASKED_OF_NEED},
        "organisation": {
            name: value for name, value in said.items() if name in ASKED_OF_ORGANISATION
        },
    }


def write_need(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return a loaded need in the spelling of files, as the reader of facts takes it."""
    plain: dict[str, Any] = CheckedNeedSchema().dump(said)
    return plain
