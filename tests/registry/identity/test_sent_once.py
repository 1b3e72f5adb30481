"""What a form made is shown again to who sends the same form, until it was written down."""

import pytest

from registry.identity.sent_once import (
    BOUND,
    KEPT,
    bind_word,
    forget_kept_secrets,
    forget_secret,
    make_once,
)
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


@pytest.mark.parametrize("other", [("key", "1" * 32), ("account", "2" * 32), ("registration", "")])
def test_a_word_counts_only_for_what_is_made_and_who_sends_it(session, other):
    def make():
        return {"passphrase": "of an officer"}

    assert make_once(session, bind_word("account", "1" * 32, WORD), make) == make()
    answer = make_once(session, bind_word(*other, WORD), lambda: {"passphrase": "of another"})
    assert answer == {"passphrase": "of another"}
    with pytest.raises(AssertionError, match="made again"):
        make_once(session, bind_word("account", "1" * 32, "6" * 32), _fail)
    assert make_once(session, bind_word("account", "1" * 32, WORD), _fail) == make()


def test_what_a_browser_keeps_is_forgotten_and_nothing_else(session):
    kept, elsewhere = bind_word("key", "1" * 32, WORD), bind_word("key", "2" * 32, WORD)
    for bound in (kept, elsewhere):
        make_once(session, bound, lambda: {"key": "secret"})
    forget_kept_secrets(session, {KEPT: {"key": {"key": "secret", BOUND: kept}}})
    forget_kept_secrets(session, {})
    assert make_once(session, kept, _fail) is None
    assert make_once(session, elsewhere, _fail) == {"key": "secret"}


def _fail():
    raise AssertionError("made again")
