"""What is looked up by its hash is hashed under a key: whoever takes the table cannot try words."""

from pathlib import Path

from registry.privacy.key_store import KeyStore
from registry.privacy.vault import Vault


def test_another_registry_finds_nothing_by_the_same_word(tmp_path: Path) -> None:
    ours, theirs = (Vault(KeyStore(tmp_path / name, bytes(32))) for name in ("ours", "theirs"))

    assert ours.lookup("handle", "willow") == ours.lookup("handle", "willow")
    assert ours.lookup("handle", "willow") != theirs.lookup("handle", "willow")
    assert ours.lookup("handle", "willow") != ours.lookup("username", "willow")
