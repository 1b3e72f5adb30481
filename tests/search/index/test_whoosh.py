"""What only an index in files can get wrong."""

import ast
import gc
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage

import search
from search.index import whoosh_engine
from search.index.index_folder import IndexFolder
from search.index.memory import memory_index
from search.index.protocol import Filter, IndexUnavailable, Sort
from search.index.whoosh_engine import whoosh_index
from search.text.analysis import terms
from tests.search.index.contract import KEY, SearchIndexContract, accept, asked, ids_of, need

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


def files_under(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def subfolder_of(folder):
    return folder / (folder / "current").read_text().split()[0]


class TestSpecification:
    """Whoosh against the index in memory, on documents that neither was made for."""

    @pytest.fixture
    def documents(self):
        words = terms("office lawyer rent training laptop money visa school camera", "en")
        return [
            need(
                " ".join(words[(n * k) % 9] for k in range(1, 3)),
                " ".join(words[(n * k + n // 7) % 9] for k in range(n % 11)),
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


class TestSeveralAtOnce:
    def test_a_reader_sees_what_another_object_wrote(self, index, folder):
        reader = whoosh_index(folder, KEY)
        assert reader.count() == 0
        document = need("office")
        index.put([document])
        assert reader.search(asked("office")).total == 1
        index.remove([document.id])
        assert reader.search(asked("office")).total == 0
        index.rebuild([document])
        assert reader.search(asked("office")).total == 1
        assert reader.version() == index.version()

    def test_a_writer_waits_for_another_and_then_says_that_it_is_busy(self, index, folder):
        with IndexFolder(folder).writing(0):
            started = time.monotonic()
            with pytest.raises(IndexUnavailable) as refused:
                index.put([need()])
        assert refused.value.reason == "busy"
        assert time.monotonic() - started >= 0.2
        index.put([need()])
        assert index.count() == 1

    def test_writers_in_threads_take_turns_and_lose_nothing(self, folder):
        index = whoosh_index(folder, KEY)
        index.clear()
        threads = [
            threading.Thread(
                target=lambda part=part: [
                    index.put([need("office", number=100 * part + n)]) for n in range(5)
                ]
            )
            for part in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert index.count() == 20

    def test_threads_may_search_with_one_object(self, index):
        index.put([need("office", number=number) for number in range(200)])
        totals = []

        def look():
            totals.extend(index.search(asked("office")).total for _ in range(20))

        threads = [threading.Thread(target=look) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert totals == [200] * 80

    def test_readers_beside_a_writer_see_only_whole_commits(self, index, folder):
        """Each commit replaces all ten documents; a reader never meets two kinds at once."""
        index.put(version_of(0))
        readers = [run_beside(READER, folder) for _ in range(2)]
        for number in range(1, 60):
            index.put(version_of(number))
            if number % 20 == 0:
                index.rebuild(version_of(number))
        (folder / "stop").touch()
        outputs = [reader.communicate(timeout=60) for reader in readers]
        assert [(out.split()[0], err) for out, err in outputs] == [("whole", "")] * 2
        assert all(int(out.split()[1]) > 20 for out, _ in outputs)

    def test_a_writer_that_is_killed_leaves_the_last_commit_and_no_lock(self, index, folder):
        index.put([need("office", number=1)])
        version = index.version()
        for wait in (0.05, 0.2):
            killed = run_beside(ENDLESS_WRITER, folder)
            assert killed.stdout.readline() == "writing\n"
            time.sleep(wait)
            killed.kill()
            killed.communicate()
            assert index.search(asked("office")).total == 1
            assert index.version() == version
        index.put([need("lawyer", number=2)])
        assert index.count() == 2

    def test_a_rebuild_that_is_killed_leaves_the_old_index(self, index, folder):
        index.put([need("office", number=1)])
        killed = run_beside(ENDLESS_REBUILD, folder)
        assert killed.stdout.readline() == "writing\n"
        killed.kill()
        killed.communicate()
        assert index.search(asked("office")).total == 1
        index.rebuild([need("lawyer", number=2)])
        assert len([path for path in folder.iterdir() if path.is_dir()]) == 1


def version_of(number):
    return [need(f"word{number}", number=each, country=f"v{number}") for each in range(10)]


def run_beside(script, folder):
    return subprocess.Popen(
        [sys.executable, "-c", SETTING + script, str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(search.__file__).parents[1],
    )


SETTING = """
import sys, time
from pathlib import Path
from search.index.protocol import *
from search.index.whoosh_engine import whoosh_index
folder = Path(sys.argv[1])
index = whoosh_index(folder, bytes(range(32)))
def endless():
    for number in range(10**9):
        if number == 100:
            print("writing", flush=True)
        yield Document(Kind.NEED, f"{number:032x}", {TextField.TITLE: Text("lamp", "en")})
"""
READER = """
seen = set()
while not (folder / "stop").exists():
    page = index.search(Query(Kind.NEED, facets=frozenset({Filter.COUNTRY})))
    assert page.total == 10, page.total
    assert list(page.facets[Filter.COUNTRY].values()) == [10], page.facets
    seen.add(tuple(page.facets[Filter.COUNTRY]))
print("whole", len(seen))
"""
ENDLESS_WRITER = """
from search.index.keyed_documents import key_document
index._engine.put(key_document(document, index._keyed) for document in endless())
"""
ENDLESS_REBUILD = "index.rebuild(endless())"

SOURCES = sorted(Path(search.__file__).parent.rglob("*.py"))
ADAPTER = [path for path in SOURCES if path.name.startswith("whoosh_")]


class TestWhooshIsHandledWithCare:
    """Whoosh 2.7.4 is pinned and no longer mended: what it gets wrong is not used."""

    def names_in(self, path):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                yield node.id
            elif isinstance(node, ast.Attribute):
                yield node.attr
            elif isinstance(node, ast.alias):
                yield node.name.rsplit(".", 1)[-1]
            elif isinstance(node, ast.keyword) and node.arg:
                yield f"{node.arg}="

    @pytest.mark.parametrize(
        ("name", "why"),
        [
            ("signed=", "ranges of NUMERIC(signed=False) are wrong"),
            ("Require", "query.Require is inverted"),
            ("TimeLimitCollector", "it drops the filter"),
        ],
    )
    def test_what_is_known_to_be_wrong_is_not_used(self, name, why):
        users = [path.name for path in ADAPTER if name in self.names_in(path)]
        assert ADAPTER
        assert users == [], why

    def test_one_adapter_alone_imports_whoosh(self):
        def imports_whoosh(path):
            return any(
                (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "whoosh")
                or (
                    isinstance(node, ast.Import)
                    and any(alias.name.split(".")[0] == "whoosh" for alias in node.names)
                )
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            )

        users = [path for path in SOURCES if imports_whoosh(path)]
        assert users
        assert all(
            path.name.startswith("whoosh_") and path.parent.name == "index" for path in users
        )
