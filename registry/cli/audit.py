"""`registry audit`: whether the trail of what was done is whole."""

import click

from registry.cli.root import Refused, json_option, main, opened_parts, tell


@main.group("audit")
def audit() -> None:
    """Look after the trail of what was done."""


@audit.command("verify")
@json_option
def verify(as_json: bool) -> None:
    """Walk through the whole trail; exit 1 where it breaks, and say at which entry.

    Found is every entry that was changed, taken out, put in or moved, at the end too, up to what
    the worker noted in the key store last. Not found is what somebody does who has the key store,
    its master key and the database, or who cuts off the last seconds of a stopped registry.
    """
    from registry.storage.audit import anchor_audit, last_place, pruned_place, verify_audit

    with opened_parts() as parts, parts.database.reading() as session:
        breaks_at = verify_audit(session)
        began, ended = pruned_place(session).number, last_place(session).number
        if breaks_at is None:
            anchor_audit(session)
    document = {"whole": breaks_at is None, "first": began + 1, "last": ended}
    if breaks_at is None:
        tell(as_json, document, f"The trail is whole: {ended - began} entries, up to {ended}.")
        return
    tell(as_json, document | {"breaks_at": breaks_at}, _where(breaks_at, ended))
    if not as_json:
        raise Refused("Keep a copy of the database as it is, and tell the auditors")
    click.get_current_context().exit(1)


def _where(breaks_at: int, ended: int) -> str:
    if breaks_at > ended:
        return f"The trail was cut off: entries from {breaks_at} on are missing."
    return f"The trail breaks at entry {breaks_at}: it was changed, taken out or moved."
