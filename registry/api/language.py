"""The language in which sentences of an answer stand."""

from flask_babel import get_locale


def answer_language() -> str:
    """Return the code of the language that the request asks for, English where it asks for none."""
    locale = get_locale()
    return locale.language if locale else "en"
