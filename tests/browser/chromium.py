"""Debian's Chromium, as it is found on the PATH; nothing is ever downloaded."""

from shutil import which

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The browser's own errands find no host, so that none leaves the machine.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
MISSING = (
    f"no browser: none of {', '.join(NAMES)} is on the PATH, so NO journey was tried in a real "
    "browser. On Debian or Ubuntu: apt install chromium"
)


def find_chromium() -> str | None:
    """Return where Chromium lies, None where there is none."""
    return next((path for name in NAMES if (path := which(name))), None)
