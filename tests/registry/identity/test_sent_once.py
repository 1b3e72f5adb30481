"""What a form made is shown again to who sends the same form, until it was written down."""

from registry.identity.sent_once import forget_secret, make_once
from registry.privacy.tokens import close_with, open_with

WORD = "5" * 32


def test_the_second_time_nothing_is_made_and_the_same_is_shown(session):
    made = []

    def make():
        made.append(1)
        return {"key": f"secret {len(made)}"}

    assert make_once(session, WORD, make) == {"key": "secret 1"}
    assert make_once(session, WORD, make) == {"key": "secret 1"}
    assert make_once(session, "6" * 32, make) == {"key": "secret 2"}
    forget_secret(session, WORD)
    assert make_once(session, WORD, make) is None
    assert len(made) == 2


def test_forgetting_what_is_not_there_changes_nothing(session):
    forget_secret(session, WORD)
    assert make_once(session, WORD, lambda: {"key": "secret"}) == {"key": "secret"}


def test_another_word_or_purpose_opens_nothing():
    body = close_with(WORD, "sent form", {"key": "secret"})
    assert open_with(WORD, "sent form", body) == {"key": "secret"}
    assert open_with(WORD, "session body", body) is None
    assert open_with("6" * 32, "sent form", body) is None
