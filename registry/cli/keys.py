"""`registry keys`: rotating the data keys, and destroying them."""

from registry.cli.root import json_option, main, opened_parts, progress, tell


@main.group("keys")
def keys() -> None:
    """Look after the keys that guard what people write."""


@keys.command("rotate")
@json_option
def rotate(as_json: bool) -> None:
    """Make new data keys and encrypt every guarded row anew, while the service runs.

    Where it is cut off, the same command goes on. Old keys stay for 35 days, because backups of
    that time need them; the worker destroys them then.
    """
    from registry.services.keys.rotate_keys import rotate_keys
    from registry.storage.guarded_rows import count_rows

    with opened_parts() as parts:
        with parts.database.reading() as session:
            rows = count_rows(session)
        with progress(rows, "Encrypting anew") as bar:
            renewed = rotate_keys(parts.database, tell=bar.update)
    tell(as_json, {"renewed": renewed}, f"Every key is new; {renewed} rows were encrypted anew.")
