"""The mark on English sentences that are translated later, at the rim."""


def N_(msgid: str) -> str:  # noqa: N802 - gettext's own name; pybabel looks for it
    """Mark a sentence for the translation catalogues and return it unchanged.

    The domain knows no language of its readers: it hands out English msgids, and pages, API
    and command line translate them.
    """
    return msgid
