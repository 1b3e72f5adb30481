"""What the worker can be asked for through the outbox; subjects are ids of one kind of record."""

NEED_CHANGED = "need_changed"
OFFER_CHANGED = "offer_changed"
ORGANISATION_CHANGED = "organisation_changed"
DONOR_CHANGED = "donor_changed"
MATCH_CHANGED = "match_changed"

DAY_BEGAN = "day_began"
"""Offers and needs whose pairs are looked at again, because what rules say depends on the day."""
PROGRAMME_DRAFTED = "programme_drafted"
"""Drafts of programmes whose effect is to be counted."""
INDEX_REBUILD = "index_rebuild"
"""The search index is made anew from the database; no subjects."""

TOPICS = (
    NEED_CHANGED,
    OFFER_CHANGED,
    ORGANISATION_CHANGED,
    DONOR_CHANGED,
    MATCH_CHANGED,
    DAY_BEGAN,
    PROGRAMME_DRAFTED,
    INDEX_REBUILD,
)
