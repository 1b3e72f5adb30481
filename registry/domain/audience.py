"""Who reads a record, and how far things have gone between the two sides."""

from enum import StrEnum


class Audience(StrEnum):
    """Who reads, and how far things have gone between the two sides."""

    OWNER = "owner"
    OFFICER = "officer"
    PARTNER = "partner"
    """A partner's key with `needs:read`, and every list and feed it gets."""
    PARTNER_TEXT = "partner_text"
    """A partner's key with `needs:text`, for one need at a time."""
    DONOR = "donor"
    """A donor to whom nothing was offered."""
    DONOR_OFFERED = "donor_offered"
    DONOR_OFFERED_TEXT = "donor_offered_text"
    """Something was offered, and the need's readers hold `donors`."""
    DONOR_INTRODUCED = "donor_introduced"
    """The organisation said yes to this donor."""
    ORGANISATION = "organisation"
    """An organisation that reads the offers meant for members."""
    ORGANISATION_OFFERED = "organisation_offered"
    """An organisation to which this donor's help was offered."""
    PUBLIC = "public"
