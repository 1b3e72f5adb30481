"""`registry doctor`: is everything as it has to be, and what to do where it is not."""

import click

from registry.cli.root import json_option, main, read_settings, tell
from registry.domain.clock import utc_day


@main.command("doctor")
@json_option
def doctor(as_json: bool) -> None:
    """Look at settings, keys, database, index, outbox and worker; exit 1 where one is wrong."""
    from registry.cli.checks import Found, run_checks
    from registry.cli.master_key import with_master_key

    checks = list(run_checks(with_master_key(read_settings()), utc_day()))
    healthy = all(check.found is not Found.WRONG for check in checks)
    document = {
        "healthy": healthy,
        "checks": [
            {"name": each.name, "found": each.found, "sentence": each.sentence} for each in checks
        ],
    }
    lines = [f"{each.found:7}  {each.name}: {each.sentence}" for each in checks]
    tell(as_json, document, "\n".join(lines))
    if not healthy:
        click.get_current_context().exit(1)
