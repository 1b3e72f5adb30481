"""Who reads what is no field of a record: the rest of the data map, declared column by column.

An audience's fields of a record stand in `registry.schemas.audience`.
"""

from collections.abc import Mapping

from registry.domain.audience import Audience

SERVER = "the server alone"
OFFICERS = "officers"
ADMINS = "admins"
AUDITORS = "auditors, admins"
SIDES = "officers, and either side once it may see the record"
COMPARED = "nobody; only compared with what is said"
FOUND_BY = "nobody; rows are found by it"
WITH_PHRASE = "its account, with the passphrase"

SAID_OF: Mapping[Audience, str] = {
    Audience.OWNER: "its owner",
    Audience.OFFICER: "officers",
    Audience.PARTNER: "partners",
    Audience.PARTNER_TEXT: "partners with `needs:text`, one at a time",
    Audience.DONOR: "donors",
    Audience.DONOR_OFFERED: "a donor to whom it was offered",
    Audience.DONOR_OFFERED_TEXT: "a donor to whom it was offered, where readers hold donors",
    Audience.DONOR_INTRODUCED: "a donor to whom the organisation said yes",
    Audience.ORGANISATION: "organisations that are trusted",
    Audience.ORGANISATION_OFFERED: "an organisation to which the donor's help was offered",
    Audience.PUBLIC: "everybody",
}
"""How the map calls an audience."""

OTHER_NAMES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("award", "decided_by_id"): ("decided_by",),
    ("award", "match_id"): ("match",),
    ("match", "assigned_to_id"): ("assigned_to",),
    ("match", "evidence"): ("verdicts", "parts"),
    ("match", "need_id"): ("need",),
    ("match", "offer_id"): ("offer",),
    ("match", "programme_id"): ("programme",),
    ("match", "programme_number"): ("programme_version",),
    ("match", "proposed_on"): ("created_on",),
    ("need", "organisation_id"): ("organisation",),
    ("offer", "donor_id"): ("donor",),
    ("offer", "spent"): ("budget_left",),
    ("organisation", "hosted_by_id"): ("hosted_by",),
    ("question", "about_id"): ("about",),
    ("question", "asked_by_role"): ("asked_by",),
}
"""(table, column) -> what its field is called in the lists of audiences."""

_LOOKED_UP = {
    "external_id_hash": FOUND_BY,
    "readable_hash": "nobody; an import sees by it that nothing changed",
}
_DOCUMENT = {"coded": "as its fields, which follow"}
_PARTY_OF = {
    "organisation_id": SERVER,
    "donor_id": SERVER,
}

READERS: Mapping[str, Mapping[str, str]] = {
    "account": {
        "id": "admins, auditors",
        "username": FOUND_BY,
        "password": COMPARED,
        "fs_uniquifier": "nobody; a session names its account by it",
        "second_factor": "the server, to compare a code with",
        "active": ADMINS,
        "role": "its account, admins",
        "language": "its account",
        "organisation_id": "its account, admins",
        "donor_id": "its account, admins",
        "created_on": ADMINS,
    },
    "account_key": {
        "account_id": SERVER,
        "public": "the server, to seal to it",
        "by_passphrase": WITH_PHRASE,
        "by_recovery": "its account, with the recovery code",
    },
    "api_key": {
        "id": "its account",
        "account_id": SERVER,
        "key_hash": FOUND_BY,
        "scopes": "its account",
        "created_on": "its account",
        "expires_on": "its account",
        "last_used_on": "its account",
        "revoked": "its account",
    },
    "audit": dict.fromkeys(("id", "day", "actor", "act", "subject", "detail", "chain"), AUDITORS),
    "audit_checkpoint": dict.fromkeys(("id", "day", "chain", "seal"), AUDITORS),
    "award": {
        **dict.fromkeys(("organisation_id", "offer_id", "need_id", "consented_on"), SERVER),
    },
    "browser_session": {
        "id": FOUND_BY,
        "body": "the browser that holds the cookie",
        "expires": SERVER,
    },
    "donor": {
        **_LOOKED_UP,
        **_DOCUMENT,
        "handle_hash": FOUND_BY,
        "vetted_on": SIDES,
        "shows_name": "its owner, officers",
        "registered_by_id": SERVER,
    },
    "envelope": {
        **_PARTY_OF,
        "id": SERVER,
        "version": SERVER,
        "kind": "its owner, and the side it was given to",
        "body": "its owner, and the side it was given to, with their passphrases",
    },
    "envelope_key": {
        **dict.fromkeys(("id", "envelope_id", "account_id", "match_id"), SERVER),
        "sealed_key": WITH_PHRASE,
    },
    "kept_award": dict.fromkeys(
        ("id", "amount", "month", "category_group", "need_id", "offer_id"), SERVER
    ),
    "match": {
        **_PARTY_OF,
        "forbidden": OFFICERS,
        "facts_hash": "nobody; a change of facts is seen by it",
        "judged_on": OFFICERS,
        "moved_on": SIDES,
        "offered_on": SIDES,
        "interested_on": SIDES,
    },
    "match_change": {
        **dict.fromkeys(("id", "organisation_id", "sequence"), SERVER),
        **dict.fromkeys(("match_id", "day", "what"), OFFICERS),
    },
    "need": {
        **_LOOKED_UP,
        **_DOCUMENT,
        "amount_base": SERVER,
        "closed_on": SERVER,
    },
    "offer": {
        **_LOOKED_UP,
        **_DOCUMENT,
        "programme_id": OFFICERS,
        "closed_on": SERVER,
    },
    "organisation": {
        **_LOOKED_UP,
        **_DOCUMENT,
        "handle_hash": FOUND_BY,
        "vetted_on": SIDES,
        "registered_by_id": SERVER,
        "freeze_code": COMPARED,
    },
    "outbox": dict.fromkeys(("id", "topic", "subjects", "attempts", "parked"), SERVER),
    "programme": dict.fromkeys(("id", "version", "number", "created_on", "name"), OFFICERS),
    "programme_draft": dict.fromkeys(
        (
            *("id", "programme_id", "made_from", "day", "by_account_id", "left_out", "weights"),
            "effect",
        ),
        OFFICERS,
    ),
    "programme_version": dict.fromkeys(
        (
            *("id", "programme_id", "number", "day", "by_account_id", "left_out", "weights"),
            *("base", "reason"),
        ),
        OFFICERS,
    ),
    "question": {
        **_PARTY_OF,
        "about_kind": "officers, its owner",
        "asked_by_id": SERVER,
        "rule_question": "officers, the one who was asked",
    },
    "reach": {
        **_PARTY_OF,
        "id": SERVER,
        "day": "its owner",
        "pairs_waiting": SERVER,
        "counts": "its owner, as coarse as it may be told",
    },
    "review": {
        **dict.fromkeys(("id", "match_id", "organisation_id", "sequence"), SERVER),
        "by_account_id": OFFICERS,
    },
    "sent_form": {
        "mark": FOUND_BY,
        "sent_on": SERVER,
        "shown": "the browser that sent the form",
    },
    "snapshot": {
        "id": SERVER,
        "made_on": "everybody",
        "figures": "everybody",
        "counted": "the server, to see how many changed since",
    },
    "tries": {"mark": FOUND_BY, "count": SERVER, "ends": SERVER},
    "vetting_decision": {
        **dict.fromkeys(("id", "party_id", "organisation_id", "donor_id", "sequence"), SERVER),
        **dict.fromkeys(
            ("before", "vetting", "stage", "reason_code", "by_account_id", "day", "note"),
            OFFICERS,
        ),
    },
    "withheld": {
        **_PARTY_OF,
        "id": SERVER,
        "questions": "its owner",
    },
}
"""Table -> column -> who reads it, for what no list of an audience names."""

KEPT: Mapping[tuple[str, str], str] = {
    ("account", "username"): "keyed hash",
    ("account", "password"): "hashed with Argon2id",
    ("account", "fs_uniquifier"): "random, new with every change of passphrase",
    ("account_key", "by_passphrase"): "encrypted under a key made from the passphrase",
    ("account_key", "by_recovery"): "encrypted under a key made from the recovery code",
    ("browser_session", "body"): "encrypted under a key made from the cookie",
    ("envelope", "body"): "sealed, and encrypted under the key of its owner",
    ("envelope_key", "sealed_key"): "sealed to the account's public key",
    ("sent_form", "shown"): "encrypted under the word of the form",
}
"""(table, column) -> how a value is kept that is neither plain nor the vault's."""
