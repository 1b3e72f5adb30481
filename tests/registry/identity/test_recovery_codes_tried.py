"""Recovery codes are not tried without end, and a name that nobody has takes as long to refuse."""

import pytest

from registry.app.parts import Parts
from registry.domain.errors import ThrottledError
from registry.identity import renewal
from registry.identity.throttle import RECOVERY
from registry.privacy import account_keys


@pytest.mark.parametrize("name", ["somebody", "Some  Body"])
def test_after_a_few_wrong_codes_none_is_looked_at(
    parts: Parts, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("time.time", lambda: 1_800_000_000.0)
    for _ in range(RECOVERY[0].tries):
        assert renewal.open_with_code(parts.database, name, "12345 67890") is None
    with pytest.raises(ThrottledError):
        renewal.open_with_code(parts.database, name, "12345 67890")


def test_a_name_that_nobody_has_costs_a_derivation_too(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    derived = []
    derive = account_keys.argon2id.kdf

    def note(*given: object, **options: object) -> bytes:
        derived.append(given)
        return bytes(derive(*given, **options))

    monkeypatch.setattr(account_keys.argon2id, "kdf", note)
    assert renewal.open_with_code(parts.database, "nobody", "12345 67890") is None
    assert len(derived) == 1
