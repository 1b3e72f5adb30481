"""What every search index does, as tests; an engine's own test class inherits them."""

import pytest

from search.index.protocol import Access, CursorRefused, Filter, Kind, Sort
from tests.search.index.contract_finding import FindingContract
from tests.search.index.documents import accept, asked, ids_of, need


class SearchIndexContract(FindingContract):
    """Inherit it and give a fixture `index` of an empty index."""

    # --- order and pages -------------------------------------------------------------------

    def walk(self, index, query_of):
        seen, cursor = [], None
        while True:
            page = index.search(query_of(cursor))
            seen += ids_of(page)
            cursor = page.next_cursor
            if cursor is None:
                return seen

    @pytest.mark.parametrize("limit", [1, 2, 7, 30, 100])
    @pytest.mark.parametrize("text", ["", "office", "office lawyer"])
    @pytest.mark.parametrize("sort", list(Sort))
    def test_pages_neither_skip_nor_repeat(self, index, limit, text, sort):
        words = ["office", "lawyer", "office lawyer", "office office chair", "chair"]
        index.put(
            [
                need(
                    words[number % 5],
                    number=(number * 7919) % 1000,
                    amount=None if number % 4 == 0 else number % 6,
                    urgency=["routine", "urgent", "emergency"][number % 3],
                )
                for number in range(40)
            ]
        )
        whole = index.search(asked(text, limit=100, sort=sort))
        walked = self.walk(index, lambda cursor: asked(text, limit=limit, sort=sort, cursor=cursor))
        assert walked == ids_of(whole)
        assert len(set(walked)) == len(walked) == whole.total > 0

    def test_equal_hits_come_by_id_whatever_the_order_they_came_in(self, index):
        numbers = [5, 3, 9, 1, 7]
        for number in numbers:
            index.put([need("office", number=number)])
        assert ids_of(index.search(asked("office"))) == [f"{n:032x}" for n in sorted(numbers)]

    def test_sorting_by_amount_leaves_unknown_ones_for_the_end(self, index):
        small, large, unknown = need(amount=10), need(amount=10_000), need()
        index.put([unknown, small, large])
        for sort, order in [
            (Sort.LARGEST_AMOUNT, [large, small, unknown]),
            (Sort.SMALLEST_AMOUNT, [small, large, unknown]),
        ]:
            assert ids_of(index.search(asked(sort=sort))) == [each.id for each in order]

    def test_sorting_by_urgency_puts_emergencies_first(self, index):
        levels = ["soon", "emergency", "routine", "urgent"]
        documents = {level: need(urgency=level) for level in levels}
        unknown = need()
        index.put([unknown, *documents.values()])
        expected = [documents[level].id for level in ("emergency", "urgent", "soon", "routine")]
        assert ids_of(index.search(asked(sort=Sort.MOST_URGENT))) == [*expected, unknown.id]

    def test_the_last_page_has_no_next_one(self, index):
        index.put([need(number=number) for number in range(4)])
        first = index.search(asked(limit=2))
        second = index.search(asked(limit=2, cursor=first.next_cursor))
        assert first.next_cursor is not None
        assert (len(second.hits), second.next_cursor) == (2, None)

    def test_a_cursor_goes_on_when_the_last_hit_is_gone(self, index):
        index.put([need(number=number) for number in range(6)])
        first = index.search(asked(limit=3))
        index.remove([first.hits[-1].id])
        following = index.search(asked(limit=3, cursor=first.next_cursor))
        assert [int(hit.id, 16) for hit in following.hits] == [3, 4, 5]

    @pytest.mark.parametrize(
        "other",
        [
            {"filters": accept(status="open")},
            {"text": "lawyer"},
            {"sort": Sort.LARGEST_AMOUNT},
            {"access": Access(readers=frozenset({"donors"}))},
            {"kind": Kind.OFFER},
            {"amount_from": 1},
        ],
    )
    def test_a_cursor_of_another_query_is_refused(self, index, other):
        index.put([need("office", status="open") for _ in range(3)])
        cursor = index.search(asked("office", limit=1)).next_cursor
        with pytest.raises(CursorRefused):
            index.search(asked(**({"text": "office", "limit": 1} | other), cursor=cursor))

    @pytest.mark.parametrize("cursor", ["", "x", "AAAA", "é", "A" * 54, "A" * 10_000, "\x00", "="])
    def test_a_cursor_that_was_made_up_is_refused(self, index, cursor):
        with pytest.raises(CursorRefused):
            index.search(asked(cursor=cursor))

    # --- changes ---------------------------------------------------------------------------

    def test_a_document_takes_the_place_of_the_one_before_it(self, index):
        index.put([need("office", number=1, country="PL", amount=5)])
        index.put([need("lawyer", number=1, country="LT", amount=6)])
        assert index.search(asked("office")).total == 0
        assert index.search(asked("lawyer")).total == 1
        assert index.count() == 1
        facets = index.search(asked(facets=frozenset({Filter.COUNTRY}))).facets
        assert facets == {Filter.COUNTRY: {"LT": 1}}
        assert index.search(asked(amount_from=5, amount_to=5)).total == 0

    def test_of_two_with_one_id_the_last_counts(self, index):
        index.put([need("office", number=1), need("lawyer", number=1)])
        assert index.count() == 1
        assert index.search(asked("lawyer")).total == 1
        assert index.search(asked("office")).total == 0

    def test_putting_the_same_again_changes_nothing_to_be_seen(self, index):
        documents = [need("office", number=number) for number in range(3)]
        index.put(documents)
        before = index.search(asked("office"))
        index.put(documents)
        after = index.search(asked("office"))
        assert (ids_of(after), after.total) == (ids_of(before), before.total)

    def test_what_was_removed_is_not_found_counted_or_listed(self, index):
        keep, drop = need("office", country="PL"), need("office", country="PL")
        index.put([keep, drop])
        index.remove([drop.id, "f" * 32])
        page = index.search(asked("office", facets=frozenset({Filter.COUNTRY})))
        assert ids_of(page) == [keep.id]
        assert page.facets == {Filter.COUNTRY: {"PL": 1}}
        assert list(index.ids()) == [keep.id]
        assert index.count() == 1

    def test_what_was_removed_can_come_back(self, index):
        document = need("office")
        index.put([document])
        index.remove([document.id])
        index.put([document])
        assert index.search(asked("office")).total == 1

    def test_ids_and_counts_are_by_kind(self, index):
        index.put([need(number=3), need(number=1), need(number=2, kind=Kind.OFFER)])
        assert [int(each, 16) for each in index.ids()] == [1, 2, 3]
        assert [int(each, 16) for each in index.ids(Kind.OFFER)] == [2]
        assert (index.count(), index.count(Kind.NEED), index.count(Kind.OFFER)) == (3, 2, 1)

    def test_clearing_leaves_an_empty_index(self, index):
        index.put([need("office")])
        index.clear()
        assert (index.count(), list(index.ids()), index.search(asked("office")).total) == (0, [], 0)
        index.put([need("office")])
        assert index.count() == 1

    def test_rebuilding_leaves_exactly_the_given_documents(self, index):
        index.put([need("office", number=1), need("office", number=2)])
        assert index.rebuild(iter([need("lawyer", number=2), need("lawyer", number=3)])) == 2
        assert [int(each, 16) for each in index.ids()] == [2, 3]
        assert index.search(asked("office")).total == 0

    def test_a_rebuild_that_fails_leaves_the_index_as_it_was(self, index):
        index.put([need("office", number=1)])

        def documents():
            yield need("lawyer", number=2)
            raise RuntimeError("the database went away")

        with pytest.raises(RuntimeError):
            index.rebuild(documents())
        assert index.search(asked("office")).total == 1
        assert index.search(asked("lawyer")).total == 0
        index.put([need("lawyer", number=2)])
        assert index.count() == 2

    def test_every_commit_makes_a_new_version_and_reading_does_not(self, index):
        versions = [index.version()]
        index.put([need("office", number=1)])
        versions.append(index.version())
        index.search(asked("office"))
        assert index.version() == versions[-1]
        index.remove([f"{1:032x}"])
        versions.append(index.version())
        index.rebuild([])
        versions.append(index.version())
        assert len(set(versions)) == len(versions)

    def test_texts_are_kept_out_of_what_is_printed(self, index):
        document = need("geheimnis", "geheimnis")
        assert "geheimnis" not in repr(document)
        assert "geheimnis" not in repr(asked("geheimnis"))
