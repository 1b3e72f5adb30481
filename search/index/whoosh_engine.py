"""The Whoosh engine: one writer at a time, readers that follow, a rebuild behind their backs.

Whoosh does not flush its files to the disk, and damaged ones raise whatever they like. Both are
borne because the index is a cache: a version that is not the noted one, or a reader that fails
three times, means a rebuild from the database.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, TypeVar

from whoosh.filedb.filestore import FileStorage
from whoosh.reading import TermNotFound

from search.index.index_folder import IndexFolder, Pointer, broken
from search.index.keyed_documents import Found, KeyedDocument, KeyedQuery
from search.index.keyed_index import KeyedIndex
from search.index.protocol import IndexUnavailable, Kind
from search.index.whoosh_schema import ID, SCHEMA, as_fields
from search.index.whoosh_search import find
from search.index.whoosh_segment import Segment, SegmentContents, flags_of

_TRIES = 3
_WAIT = 0.05  # seconds between tries; a commit takes about 20 ms
_PATIENCE = 60.0  # seconds that a writer waits for another
_WRITER_MEGABYTES = 64
_MOST_DELETED = 0.25  # of all documents in the files

_Answer = TypeVar("_Answer")


def whoosh_index(folder: Path, index_key: bytes, *, patience: float = _PATIENCE) -> KeyedIndex:
    """The search index in a folder; nothing is opened or made before it is used.

    A writer waits up to `patience` seconds for another one.
    """
    return KeyedIndex(WhooshEngine(folder, patience=patience), index_key)


class WhooshEngine:
    """Keyed documents in a folder; one object serves the threads of a process, in turns."""

    def __init__(self, folder: Path, *, patience: float = _PATIENCE) -> None:
        self._folder = IndexFolder(folder)
        self._patience = patience
        self._turn = RLock()
        self._opened: Pointer | None = None
        self._reader: Any = None
        self._segments: list[Segment] = []

    def put(self, documents: Iterable[KeyedDocument]) -> None:
        with self._changing() as changes:
            for document in documents:
                changes.delete(document.id)
                changes.add(document)

    def remove(self, ids: Iterable[str]) -> None:
        with self._changing() as changes:
            for document_id in ids:
                changes.delete(document_id)

    def rebuild(self, documents: Iterable[KeyedDocument]) -> int:
        with self._folder.writing(self._patience):
            name = self._folder.make_subfolder()
            try:
                count = _fill(self._folder.path(name), documents)
            except BaseException:
                self._folder.remove_subfolder(name)
                raise
            self._folder.point_to(Pointer(name, 1))
            self._folder.remove_all_but(name)
            return count

    def search(self, query: KeyedQuery) -> Found:
        return self._read(lambda segments: find(query, segments))

    def count(self, kind: Kind | None) -> int:
        return self._read(
            lambda segments: sum(_documents(each, kind).bit_count() for each in segments)
        )

    def ids(self, kind: Kind | None) -> Iterator[str]:
        return iter(self._read(lambda segments: sorted(_ids(segments, kind))))

    def version(self) -> str:
        pointer = self._folder.pointer()
        return f"{pointer.name}.{pointer.generation}"

    @contextmanager
    def _changing(self) -> Iterator["_Changes"]:
        """Changes that are committed at the end, or dropped where something fails."""
        with self._folder.writing(self._patience):
            name = self._folder.pointer().name
            with _breakage():
                changes = _Changes(self._folder.path(name))
            try:
                yield changes
            except BaseException:
                changes.cancel()
                raise
            with _breakage():
                changes.commit()
            self._folder.point_to(Pointer(name, changes.generation))

    def _read(self, answer: Callable[[list[Segment]], _Answer]) -> _Answer:
        """What `answer` makes of the segments as they are now.

        Files that vanish while they are opened are those of a writer at work; three tries tell
        them from broken ones.

        Raises:
            IndexUnavailable: there is no index, or it is broken.
        """
        with self._turn:
            for attempt in range(_TRIES):
                try:
                    self._follow()
                    return answer(self._segments)
                except IndexUnavailable:
                    raise
                except Exception as error:  # noqa: BLE001 - see _breakage
                    self._close()
                    last = error
                time.sleep(_WAIT * (attempt + 1))
            raise broken() from last

    def _follow(self) -> None:
        """Open what counts now, unless it is open already."""
        pointer = self._folder.pointer()
        if pointer == self._opened:
            return
        known = {each.reader.segment().segment_id(): each.contents for each in self._segments}
        storage = FileStorage(str(self._folder.path(pointer.name)), readonly=True)
        reader = storage.open_index(schema=SCHEMA).reader()
        segments = [
            _segment(leaf, known) for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()
        ]
        self._close()
        self._opened, self._reader, self._segments = pointer, reader, segments

    def _close(self) -> None:
        reader, segments = self._reader, self._segments
        self._reader, self._opened, self._segments = None, None, []
        for segment in segments:
            segment.close()
        if reader is not None:
            reader.close()


@contextmanager
def _breakage() -> Iterator[None]:
    """Damaged files let Whoosh raise anything; here that has one name."""
    try:
        yield
    except Exception as error:
        raise broken() from error


class _Changes:
    """Deletions and additions to an index, committed together or not at all."""

    def __init__(self, path: Path) -> None:
        index = FileStorage(str(path)).open_index(schema=SCHEMA)
        self._reader = index.reader()
        self._writer = index.writer(limitmb=_WRITER_MEGABYTES)
        self.generation: int = self._writer.generation

    def delete(self, document_id: str) -> None:
        """Mark a committed document as deleted, where there is one of this id."""
        try:
            numbers = list(self._reader.postings(ID, document_id.encode()).all_ids())
        except TermNotFound:
            return
        for number in numbers:
            self._writer.delete_document(number)

    def add(self, document: KeyedDocument) -> None:
        self._writer.add_document(**as_fields(document))

    def commit(self) -> None:
        self._reader.close()
        self._writer.commit(optimize=self._is_worn())

    def _is_worn(self) -> bool:
        """Whether so much was deleted that it is time to write all segments anew."""
        documents = sum(segment.doc_count_all() for segment in self._writer.segments)
        return bool(self._writer.deleted_count() > documents * _MOST_DELETED)

    def cancel(self) -> None:
        self._reader.close()
        self._writer.cancel()


def _fill(path: Path, documents: Iterable[KeyedDocument]) -> int:
    """Make an index of the documents in an empty folder; how many they are."""
    storage = FileStorage(str(path))
    writer = storage.create_index(SCHEMA).writer(limitmb=_WRITER_MEGABYTES)
    seen: set[str] = set()
    try:
        for document in documents:
            _note(document.id, seen)
            writer.add_document(**as_fields(document))
    except BaseException:
        writer.cancel()
        raise
    writer.commit()
    return len(seen)


def _note(document_id: str, seen: set[str]) -> None:
    if document_id in seen:
        raise ValueError(f"Document {document_id} was given twice.")
    seen.add(document_id)


def _segment(reader: Any, known: dict[str, SegmentContents]) -> Segment:
    contents = known.get(reader.segment().segment_id())
    if contents is None:
        contents = SegmentContents(reader)
    else:
        contents.read_through(reader)
    return Segment(reader, contents)


def _documents(segment: Segment, kind: Kind | None) -> int:
    return segment.live if kind is None else segment.of_kind(kind.value)


def _ids(segments: list[Segment], kind: Kind | None) -> Iterator[str]:
    for segment in segments:
        flags = flags_of(_documents(segment, kind), segment.contents.size)
        yield from (
            found for found, flag in zip(segment.contents.ids, flags, strict=True) if flag == "1"
        )
