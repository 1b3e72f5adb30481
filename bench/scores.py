"""How fast texts are compared and pairs are scored, beside one pair in a loop and bare scipy.

Rates are of the work itself: texts are analysed and facts encoded before. Bare scipy is the plain
product of texts as vectors of terms, and numpy's choice of the best 20: what could not be less,
though a word of several terms then counts several times and ties fall anyhow.
"""

import time
from collections.abc import Callable
from random import Random
from threading import Event, Thread

import numpy as np
import psutil
from scipy.sparse import csr_matrix

from bench.made_up import ON, MadeUp
from search.eligibility.pair import Pair
from search.matching.affinity import TellingWords, affinity, read_words
from search.matching.bulk.book import Book
from search.matching.bulk.ranking import Ranking
from search.matching.bulk.texts import TextBook
from search.matching.pairing import examine

MIB = 1 << 20
TOP = 20
WORDS = 20_000
AT_ONCE = 4096


def measure(
    needs: int = 100_000, offers: int = 1_000, many_offers: int = 10_000
) -> dict[str, float]:
    """Compare and score made-up needs and offers of about 30 and 60 telling words."""
    asked, given = make_texts(needs, 30, 1), make_texts(many_offers, 60, 2)
    book = _fill(asked, given[:offers])
    found = _compare(book.texts, asked, given[:offers]) | _rank_needs(book)
    del book
    return found | _rank_offers(asked[:200], given) | _rank_all(asked[:10_000], given[:500])


def make_texts(many: int, words: int, seed: int) -> list[TellingWords]:
    """Make texts of words that are as unevenly common as those of any language."""
    random = Random(7)
    known = [_make_word(random) for _ in range(WORDS)]
    shares = 1 / np.arange(30, WORDS + 30) ** 0.9
    chosen = np.random.default_rng(seed).choice(WORDS, (many, words), p=shares / shares.sum())
    return [_join([known[each] for each in row]) for row in chosen.tolist()]


def _make_word(random: Random) -> TellingWords:
    syllables = ["ka", "ro", "mi", "ste", "nul", "vi", "ora", "tem", "bel", "shi", "dan", "pur"]
    found = read_words("".join(random.choices(syllables, k=random.randint(2, 5))), "en")
    return found or read_words("microphone", "en") or TellingWords({}, frozenset())


def _join(words: list[TellingWords]) -> TellingWords:
    letters = {terms: count for each in words for terms, count in each.letters.items()}
    return TellingWords(letters, frozenset(term for terms in letters for term in terms))


def _compare(
    book: TextBook, asked: list[TellingWords], given: list[TellingWords]
) -> dict[str, float]:
    places = np.arange(len(asked)), np.arange(len(given))
    with PeakMemory() as memory:
        seconds = _fastest(lambda: book.closest_offers(*places, TOP))
    bare = _fastest(lambda: _compare_bare(asked, given))
    sample = [(need, offer) for need in asked[:100] for offer in given[:200]]
    alone = _fastest(lambda: [affinity(*pair) for pair in sample]) / len(sample)
    return {
        "text_needs_per_second": len(asked) / seconds,
        "text_mib": memory.grew,
        "text_times_one_pair_engine": alone * len(asked) * len(given) / seconds,
        "text_share_of_bare_scipy": bare / seconds,
    }


def _compare_bare(asked: list[TellingWords], given: list[TellingWords]) -> None:
    numbers: dict[str, int] = {}
    needs, offers = (_matrix(texts, numbers) for texts in (asked, given))
    offers.resize(len(given), len(numbers))
    needs.resize(len(asked), len(numbers))
    turned = offers.T.tocsr()
    for begin in range(0, len(asked), AT_ONCE):
        shared = (needs[begin : begin + AT_ONCE] @ turned).toarray()
        np.argpartition(shared, -TOP, axis=1)[:, -TOP:]


def _matrix(texts: list[TellingWords], numbers: dict[str, int]) -> csr_matrix:
    rows = [
        (row, numbers.setdefault(term, len(numbers)), count)
        for row, words in enumerate(texts)
        for terms, count in words.letters.items()
        for term in terms
    ]
    row, column, count = np.array(rows).T
    return csr_matrix((count.astype(np.int16), (row, column)), (len(texts), len(numbers)))


def _rank_needs(book: Book, fresh: int = 20) -> dict[str, float]:
    """Rank all needs for offers that are new, when others have been ranked that day."""
    ranking, offers = Ranking(book, ON), list(book.giving)
    return {"rank_needs_of_new_offer_ms": _time_last(ranking.rank_needs, offers, fresh)}


def _rank_offers(
    asked: list[TellingWords], given: list[TellingWords], fresh: int = 20
) -> dict[str, float]:
    """Rank many offers for needs that are new."""
    book = _fill(asked, given)
    ranking, needs = Ranking(book, ON), list(book.asking)
    return {"rank_offers_of_new_need_ms": _time_last(ranking.rank_offers, needs, fresh)}


def _time_last(rank: Callable[[int, int], object], places: list[int], fresh: int) -> float:
    """Return the milliseconds that one of the last places takes, after all others."""
    for place in places[:-fresh]:
        rank(place, TOP)
    begun = time.perf_counter()
    for place in places[-fresh:]:
        rank(place, TOP)
    return 1000 * (time.perf_counter() - begun) / fresh


def _rank_all(asked: list[TellingWords], given: list[TellingWords]) -> dict[str, float]:
    """Judge and rank all pairs, keeping the best offers of every need."""
    book = _fill(asked, given)
    ranking = Ranking(book, ON)
    seconds = _fastest(lambda: ranking.rank_all(TOP))
    fitting = sum(len(ranking.rank_needs(offer).needs) for offer in book.giving)
    return {
        "rank_all_seconds": seconds,
        "rank_all_fitting_pairs_per_second": fitting / seconds,
        "rank_all_times_one_pair_engine": _examine_alone(book) * len(asked) * len(given) / seconds,
    }


def _examine_alone(book: Book) -> float:
    """Return the seconds that the one-pair engine takes for a pair, texts included."""
    askers, offers = list(book.asking.facts.values())[:100], list(book.giving.facts.values())[:20]
    sample = [Pair(*asker, offer, ON) for asker in askers for offer in offers]
    return _fastest(lambda: [examine(pair, 0.5) for pair in sample]) / len(sample)


def _fill(asked: list[TellingWords], given: list[TellingWords]) -> Book:
    made_up, book = MadeUp(), Book()
    for number, (need, organisation) in enumerate(made_up.askers(len(asked))):
        book.add_need(f"N{number:07d}", need, organisation, asked[number])
    for number, offer in enumerate(made_up.offers(len(given))):
        book.add_offer(f"F{number:07d}", offer, given[number])
    return book


def _fastest(work: Callable[[], object], runs: int = 2) -> float:
    """Return the seconds of the fastest run; the first also warms up."""
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begun)
    return min(seconds)


class PeakMemory:
    """By how many MiB the process grew at most while the block ran, looked at every 2 ms."""

    def __enter__(self) -> "PeakMemory":
        self._process, self._over = psutil.Process(), Event()
        self._before = self._peak = self._process.memory_info().rss
        self._watch = Thread(target=self._look, daemon=True)
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._over.wait(0.002):
            self._peak = max(self._peak, self._process.memory_info().rss)

    @property
    def grew(self) -> float:
        return (self._peak - self._before) / MIB
