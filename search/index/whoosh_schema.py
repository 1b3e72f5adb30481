"""How keyed documents lie in a Whoosh index: posting lists and columns, nothing stored in words."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from whoosh import columns, fields, formats
from whoosh.system import pack_uint

from search.index.keyed_documents import KeyedDocument
from search.index.protocol import Filter, TextField

ID = "id"
KIND = "kind"
AMOUNT = "amount"
UNKNOWN_AMOUNT = -1

_Posting = tuple[bytes, int, float, bytes]


class KeyedTermsField(fields.FieldType):  # type: ignore[misc]
    """Keyed terms with their frequencies, and the length of the field; takes a mapping."""

    def __init__(self) -> None:
        super().__init__(formats.Frequency(), analyzer=None, scorable=True)

    def index(self, value: Mapping[str, int], **_: Any) -> Iterator[_Posting]:
        for term, frequency in value.items():
            yield term.encode(), frequency, float(frequency), pack_uint(frequency)


class ValuesField(fields.FieldType):  # type: ignore[misc]
    """Values as they stand, for filters and facets; takes an iterable of strings."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), analyzer=None)

    def index(self, value: Iterable[str], **_: Any) -> Iterator[_Posting]:
        for each in value:
            yield each.encode("utf-8", "surrogatepass"), 1, 1.0, b""


class IdField(fields.FieldType):  # type: ignore[misc]
    """The id, to find a document by and (as a column of 16 bytes) to name it; takes a string."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), analyzer=None, unique=True)
        self.column_type = columns.FixedBytesColumn(16)

    def index(self, value: str, **_: Any) -> Iterator[_Posting]:
        yield value.encode(), 1, 1.0, b""

    def to_column_value(self, value: str) -> bytes:
        return bytes.fromhex(value)

    def from_column_value(self, value: bytes) -> str:
        return value.hex()


SCHEMA = fields.Schema(
    **{ID: IdField(), KIND: ValuesField()},
    **{name.value: KeyedTermsField() for name in TextField},
    **{name.value: ValuesField() for name in Filter},
    **{AMOUNT: fields.COLUMN(columns.NumericColumn("q", default=UNKNOWN_AMOUNT))},
)


def as_fields(document: KeyedDocument) -> dict[str, Any]:
    """The arguments of Whoosh's `add_document`."""
    return {
        ID: document.id,
        KIND: (document.kind.value,),
        **{name.value: terms for name, terms in document.terms.items()},
        **{name.value: values for name, values in document.values.items()},
        AMOUNT: UNKNOWN_AMOUNT if document.amount is None else document.amount,
    }
