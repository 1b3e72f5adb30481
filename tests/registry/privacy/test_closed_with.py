"""What is closed with a token opens with that token alone, and for its purpose alone."""

from registry.privacy.tokens import close_with, open_with


def test_another_token_opens_nothing() -> None:
    body = close_with("the cookie", "session body", {"count": 1})

    assert open_with("the cookie", "session body", body) == {"count": 1}
    assert open_with("another cookie", "session body", body) is None
    assert open_with("the cookie", "another purpose", body) is None
