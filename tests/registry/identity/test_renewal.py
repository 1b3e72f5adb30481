"""New secrets for the same private key: what is wrapped opens, and nothing of it is printed."""

from flask import Flask

from registry.identity.renewal import rewrap
from registry.privacy.account_keys import make_key, unwrap_key


def test_only_what_was_asked_for_is_wrapped_anew(app: Flask) -> None:
    private, _ = make_key()
    with app.app_context():
        passphrase = rewrap(private, passphrase="Seven  quiet words")
    code = rewrap(private, recovery_code="12345-67890")

    assert (passphrase.by_recovery, code.hashed, code.by_passphrase) == (None, None, None)
    assert unwrap_key(passphrase.by_passphrase or b"", "seven quiet words", "passphrase") == private
    assert unwrap_key(code.by_recovery or b"", "1234567890", "recovery code") == private
    assert repr(passphrase) == repr(code) == "<secret>"
