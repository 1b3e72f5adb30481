"""Tokens tell nothing and cannot be made up."""

import base64

from hypothesis import given
from hypothesis import strategies as st

from registry.privacy.tokens import close_token, open_token


def test_a_token_opens_for_its_purpose_only(parts):
    keys = parts.vault.keys
    token = close_token(keys, "cursor|needs", "2026-11-24")

    assert open_token(keys, "cursor|needs", token) == "2026-11-24"
    assert open_token(keys, "cursor|offers", token) is None
    assert b"2026" not in base64.urlsafe_b64decode(token + "==")


@given(token=st.text(max_size=80))
def test_what_people_make_up_opens_as_nothing(token):
    class Keys:
        def purpose_key(self, _purpose):
            return b"k" * 32

    assert open_token(Keys(), "cursor", token) is None
