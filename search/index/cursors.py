"""Cursors: where a page ended, signed for one query."""

import base64
import binascii
import hashlib
import hmac
import struct

from search.index.keyed_documents import Place
from search.index.protocol import CursorRefused, Filter, Query

_PLACE = struct.Struct(">d16s")
_SEAL_BYTES = 16
_REFUSAL = "This page belongs to another search; start again from its first page."


class Cursors:
    """Makes and reads cursors under a key.

    A cursor holds no filter: the query's own are applied to every page. It is signed together
    with all that the query asks for, so that one made up or taken from another query is refused.
    """

    def __init__(self, index_key: bytes) -> None:
        """Take the index key, from which an own one is derived."""
        self._key = hmac.digest(index_key, b"cursor", "sha256")

    def write(self, place: Place, query: Query) -> str:
        """The cursor of the page after this place; letters, digits, - and _."""
        packed = _PLACE.pack(place.rank, bytes.fromhex(place.id))
        return base64.urlsafe_b64encode(packed + self._seal(packed, query)).decode().rstrip("=")

    def read(self, query: Query) -> Place | None:
        """Where the page before ended; None for the first page.

        Raises:
            CursorRefused: it was not made here for this query.
        """
        if query.cursor is None:
            return None
        packed, seal = _unpack(query.cursor)
        if not hmac.compare_digest(seal, self._seal(packed, query)):
            raise CursorRefused(_REFUSAL)
        rank, document_id = _PLACE.unpack(packed)
        return Place(rank, document_id.hex())

    def _seal(self, packed: bytes, query: Query) -> bytes:
        signed = packed + hashlib.sha256(_describe(query).encode()).digest()
        return hmac.digest(self._key, signed, "sha256")[:_SEAL_BYTES]


def _unpack(cursor: str) -> tuple[bytes, bytes]:
    try:
        both = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise CursorRefused(_REFUSAL) from None
    if len(both) != _PLACE.size + _SEAL_BYTES:
        raise CursorRefused(_REFUSAL)
    return both[: _PLACE.size], both[_PLACE.size :]


def _describe(query: Query) -> str:
    """All that decides which documents are hits and in what order; not the length of a page."""
    access = query.access
    return repr(
        (
            query.kind.value,
            query.text,
            query.language,
            [(name.value, sorted(query.filters[name])) for name in Filter if name in query.filters],
            (query.amount_from, query.amount_to),
            access and (sorted(access.readers), sorted(access.owners)),
            query.sort.value,
        )
    )
