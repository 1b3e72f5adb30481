"""What only an index in files can get wrong."""

import gc
import os

import pytest
from whoosh.filedb.filestore import FileStorage

from search.index import whoosh_engine
from search.index.memory import memory_index
from search.index.protocol import Filter, IndexUnavailable, Sort
from search.index.whoosh_engine import whoosh_index
from search.text.analysis import terms
from tests.search.index.contract import SearchIndexContract
from tests.search.index.documents import KEY, accept, asked, ids_of, need

PLANTED = {
    "be": "пранцэсія жырандоля вусякліпка",
    "ru": "звездокрыл шестипалатник",
    "en": "quokkabeast zylophonic",
}


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def index(folder):
    index = whoosh_index(folder, KEY, patience=0.2)
    index.clear()
    return index


class TestWhooshIndex(SearchIndexContract):
    @pytest.fixture
    def index(self, index):
        return index


_each = str.split


def files_under(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def subfolder_of(folder):
    return folder / (folder / "current").read_text().split()[0]


class TestSpecification:
    """Whoosh against the index in memory, on documents that neither was made for.

    They are short: Whoosh keeps lengths of more than ten terms rounded.
    """

    @pytest.fixture
    def documents(self):
        words = _each("office lawyer rent training laptop money visa school camera")
        return [
            need(
                " ".join(words[(n * k) % 9] for k in range(1, 3)),
                " ".join(words[(n * k + n // 7) % 9] for k in range(n % 5)),
                number=n * 37 % 1009,
                country=["PL", "LT", "GE"][n % 3],
                amount=n * n % 500 if n % 5 else None,
            )
            for n in range(120)
        ]

    @pytest.mark.parametrize("text", ["office", "lawyer rent", "visa camera school laptop", ""])
    def test_scores_and_order_are_the_same(self, index, documents, text):
        specified = memory_index(KEY)
        specified.put(documents)
        index.rebuild(documents)
        query = asked(text, limit=100, filters=accept(country={"PL", "GE"}), amount_to=400)
        ours, theirs = index.search(query), specified.search(query)
        assert [(hit.id, hit.matched) for hit in ours.hits] == [
            (hit.id, hit.matched) for hit in theirs.hits
        ]
        assert [hit.score for hit in ours.hits] == pytest.approx(
            [hit.score for hit in theirs.hits], abs=1e-6
        )
        assert ours.total == theirs.total

    def test_the_same_is_found_over_many_segments_and_deletions(self, index, documents):
        specified = memory_index(KEY)
        for start in range(0, 120, 12):
            for each in (index, specified):
                each.put(documents[start : start + 12])
                each.remove([document.id for document in documents[start : start + 12 : 5]])
        for sort in (Sort.LARGEST_AMOUNT, Sort.SMALLEST_AMOUNT):
            query = asked("office visa", limit=100, sort=sort, facets=frozenset({Filter.COUNTRY}))
            ours, theirs = index.search(query), specified.search(query)
            assert ids_of(ours) == ids_of(theirs)
            assert ours.facets == theirs.facets
        assert list(index.ids()) == list(specified.ids())


class TestWhatIsWritten:
    def every_spelling(self):
        for language, text in PLANTED.items():
            for word in [*str.split(text), *terms(text, language)]:
                for spelled in (word, word.upper(), word.capitalize()):
                    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                        yield word, spelled.encode(encoding)

    def assert_nothing_planted_in(self, folder):
        contents = [path.read_bytes() for path in files_under(folder)]
        assert contents
        found = {
            word for word, raw in self.every_spelling() if any(raw in each for each in contents)
        }
        assert found == set()

    def test_no_word_of_a_text_is_in_any_file_before_or_after_deletion(self, index, folder):
        planted = [need(text, text, language=language) for language, text in PLANTED.items()]
        index.put(planted)
        assert all(index.search(asked(text)).total == 1 for text in PLANTED.values())
        self.assert_nothing_planted_in(folder)
        index.remove([planted[0].id])
        self.assert_nothing_planted_in(folder)
        index.put([need("something else", number=10**6)])
        self.assert_nothing_planted_in(folder)
        index.rebuild([need("something else"), *planted])
        self.assert_nothing_planted_in(folder)

    def test_nor_while_it_is_being_written(self, index, folder):
        def documents():
            for number in range(50):
                yield need(PLANTED["en"], number=number)
            self.assert_nothing_planted_in(folder)

        index.put(list(documents()))
        index.rebuild(documents())

    def test_a_word_in_clear_would_be_seen(self, folder):
        folder.mkdir()
        (folder / "leak").write_text("…quokkabeast…", encoding="utf-16")
        with pytest.raises(AssertionError):
            self.assert_nothing_planted_in(folder)

    def test_the_folder_is_its_users_alone(self, index, folder):
        index.put([need("office")])
        assert folder.stat().st_mode & 0o777 == 0o700
        assert subfolder_of(folder).stat().st_mode & 0o777 == 0o700

    def test_a_folder_that_others_may_read_is_closed(self, index, folder):
        folder.chmod(0o755)
        assert index.count() == 0
        assert folder.stat().st_mode & 0o777 == 0o700

    def test_nothing_is_read_from_a_folder_that_others_may_write_into(self, index, folder):
        folder.chmod(0o770)
        for act in (index.count, index.clear, lambda: index.put([need()])):
            with pytest.raises(IndexUnavailable) as refused:
                act()
            assert refused.value.reason == "broken"

    def test_a_rebuild_leaves_one_subfolder(self, index, folder):
        (folder / "index-0000000000000000").mkdir()  # as a killed rebuild leaves it
        (folder / "current.abcd").write_text("half")
        index.rebuild([need("office")])
        assert {path.name for path in folder.iterdir()} == {
            "current",
            "lock",
            subfolder_of(folder).name,
        }

    def test_what_was_deleted_does_not_stay_for_long(self, index, folder):
        index.put([need("office", number=number) for number in range(40)])
        sizes = []
        for _ in range(30):
            index.put([need("office", number=number) for number in range(40)])
            sizes.append(sum(path.stat().st_size for path in files_under(folder)))
        assert max(sizes) < 3 * sizes[0]
        assert index.search(asked("office")).total == index.count() == 40


class TestWhatIsDamaged:
    def test_where_nothing_was_built_the_index_is_missing(self, folder):
        index = whoosh_index(folder, KEY)
        for act in (
            index.count,
            index.version,
            lambda: list(index.ids()),
            lambda: index.search(asked()),
            lambda: index.put([need()]),
            lambda: index.remove(["0" * 32]),
        ):
            with pytest.raises(IndexUnavailable) as refused:
                act()
            assert refused.value.reason == "missing"

    # Whoosh leaves files for the garbage collector to close when it fails on them.
    @pytest.mark.filterwarnings("ignore::ResourceWarning")
    @pytest.mark.parametrize("kept", [0.0, 0.3, 0.9])
    def test_truncated_files_make_it_unavailable_and_a_rebuild_mends_it(self, index, folder, kept):
        index.put([need("office " * 20, number=number) for number in range(300)])
        for path in files_under(subfolder_of(folder)):
            os.truncate(path, int(path.stat().st_size * kept))
        fresh = whoosh_index(folder, KEY)
        for act in (lambda: fresh.search(asked("office")), lambda: fresh.put([need()])):
            with pytest.raises(IndexUnavailable) as refused:
                act()
            assert refused.value.reason == "broken"
        assert fresh.rebuild([need("office")]) == 1
        assert fresh.search(asked("office")).total == 1
        del refused
        gc.collect()

    @pytest.mark.parametrize(
        "pointer", [b"", b"index-", b"../../etc 1", b"index-0123456789abcdef 1\n", b"\xff\xfe"]
    )
    def test_a_pointer_that_points_nowhere_makes_it_broken(self, index, folder, pointer):
        (folder / "current").write_bytes(pointer)
        with pytest.raises(IndexUnavailable) as refused:
            index.search(asked())
        assert refused.value.reason == "broken"
        index.clear()
        assert index.count() == 0

    def test_files_that_are_gone_for_a_moment_are_tried_again(self, index, monkeypatch):
        index.put([need("office")])
        failures = [FileNotFoundError(), EOFError()]
        whole = FileStorage.open_index

        def open_index(*args, **kwargs):
            if failures:
                raise failures.pop()
            return whole(*args, **kwargs)

        monkeypatch.setattr(FileStorage, "open_index", open_index)
        assert index.search(asked("office")).total == 1
        assert failures == []

    def test_after_three_failures_it_is_broken(self, index, monkeypatch):
        calls = []

        def open_index(*args, **kwargs):
            calls.append(1)
            raise FileNotFoundError

        monkeypatch.setattr(FileStorage, "open_index", open_index)
        with pytest.raises(IndexUnavailable):
            index.search(asked("office"))
        assert len(calls) == 3

    def test_a_put_that_fails_half_way_changes_nothing(self, index, monkeypatch):
        index.put([need("office", number=1)])
        version = index.version()
        good = whoosh_engine.as_fields

        def as_fields(document):
            if document.id.endswith("3"):
                raise RuntimeError("out of order")
            return good(document)

        monkeypatch.setattr(whoosh_engine, "as_fields", as_fields)
        with pytest.raises(RuntimeError):
            index.put([need("lawyer", number=1), need("lawyer", number=3)])
        assert index.version() == version
        assert index.search(asked("office")).total == 1
        index.put([need("lawyer", number=4)])
        assert index.count() == 2

    def test_a_document_given_twice_to_a_rebuild_is_refused(self, index):
        with pytest.raises(ValueError, match="twice"):
            index.rebuild([need(number=1), need(number=1)])
