"""`registry worker`: the process that indexes, matches, and does what days bring about."""

from registry.cli.parent import end_with_parent
from registry.cli.root import Refused, main, opened_parts

PATIENCE_SECONDS = 2.0
"""Commands such as `registry search` hold the worker's lock for a moment."""


@main.command("worker")
def worker() -> None:
    """Do what changes ask for, until told to stop (Ctrl-C or SIGTERM). One per data folder."""
    from registry.app.log_lines import write_log_lines
    from registry.jobs.lock import worker_lock
    from registry.jobs.pulse import Heart
    from registry.jobs.worker import Worker, stopping_on_signals

    with opened_parts() as parts, worker_lock(parts.settings, PATIENCE_SECONDS) as mine:
        if not mine:
            raise Refused(
                "Another worker already works on this data folder, and one is enough. "
                "Stop that one first if you want to run it here"
            )
        write_log_lines(parts.settings.log_level)
        heart = Heart(parts.settings)
        with stopping_on_signals(heart):
            end_with_parent()
            Worker(parts.database, heart).run()
