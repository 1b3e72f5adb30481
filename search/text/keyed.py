"""Terms under a key: what an index engine sees instead of words."""

import hmac
from functools import lru_cache

from search.text.analysis import terms

KEY_BYTES = 32
_KEPT_BYTES = 12
"""96 of HMAC's 256 bits: two terms of a million share a key with a chance of 1 in 10^17."""


class KeyedTerms:
    """Turns terms into keys with one index key: equal terms have equal keys, no key tells its term.

    Which keys are equal, and how often each occurs, stays visible to whoever has the index.
    """

    def __init__(self, index_key: bytes) -> None:
        """Take the index key, 32 random bytes.

        Raises:
            ValueError: the key has another length.
        """
        if len(index_key) != KEY_BYTES:
            raise ValueError(f"The index key has {KEY_BYTES} bytes; give one made at random.")
        self._keyed = hmac.new(index_key, digestmod="sha256")
        self._cached_key = lru_cache(maxsize=100_000)(self._make_key)

    def key(self, term: str) -> str:
        """24 hexadecimal digits for a term."""
        return self._cached_key(term)

    def keys(self, text: str, language: str | None = None) -> list[str]:
        """The keys of a text's terms, in its order, repeated as often as they occur."""
        return [self._cached_key(term) for term in terms(text, language)]

    def __repr__(self) -> str:
        return "KeyedTerms(<key>)"

    def _make_key(self, term: str) -> str:
        signed = self._keyed.copy()
        signed.update(term.encode())
        return signed.digest()[:_KEPT_BYTES].hex()
