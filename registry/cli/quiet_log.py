"""The web server's own log lines, without what they would tell of a request: who, and what."""

import sys
from typing import Any

from gunicorn.glogging import Logger  # type: ignore[import-untyped]

OF_A_REQUEST = ("Invalid request from", "Error handling request")


class QuietLogger(Logger):  # type: ignore[misc]
    """Says that a request was refused or broke; not its address, line, headers or traceback."""

    def setup(self, cfg: Any) -> None:
        """Write the web server's lines like all others."""
        from registry.app.log_lines import LogLine

        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(LogLine())

    def warning(self, msg: Any, *args: Any, **options: Any) -> None:
        """Warn, of a request without a word of it."""
        if str(msg).startswith(OF_A_REQUEST):
            msg, args = "A request that is no HTTP was refused.", ()
        super().warning(msg, *args, **options)

    def exception(self, msg: Any, *args: Any, **options: Any) -> None:
        """Tell of an error with its traceback; of a request's, its kind only."""
        if not str(msg).startswith(OF_A_REQUEST):
            super().exception(msg, *args, **options)
            return
        kind = sys.exc_info()[0]
        super().error("A request broke with %s.", kind.__name__ if kind else "an error")
