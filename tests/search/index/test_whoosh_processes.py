"""Several threads and processes at one index, and what becomes of it when one is killed."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import search
from search.index.index_folder import IndexFolder
from search.index.protocol import IndexUnavailable
from search.index.whoosh_engine import whoosh_index
from tests.search.index.documents import KEY, asked, need


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "index"


@pytest.fixture
def index(folder):
    index = whoosh_index(folder, KEY, patience=0.2)
    index.clear()
    return index


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
        assert [reader.stdout.readline() for reader in readers] == ["reading\n"] * 2
        for number in range(1, 60):
            index.put(version_of(number))
            if number % 20 == 0:
                index.rebuild(version_of(number))
        (folder / "stop").touch()
        outputs = [reader.communicate(timeout=60) for reader in readers]
        assert [(out.split()[0], err) for out, err in outputs] == [("whole", "")] * 2
        assert all(int(out.split()[1]) > 3 for out, _ in outputs)

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
print("reading", flush=True)
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
