"""What every search index does, as tests; an engine's own test class inherits them."""

import itertools

import pytest

from search.index.protocol import (
    Access,
    CursorRefused,
    Document,
    Filter,
    Kind,
    Query,
    Sort,
    Text,
    TextField,
)
from search.text.query import QueryRefused

KEY = bytes(range(32))

_numbers = itertools.count(1)


def need(
    title="", summary="", *, language=None, number=None, kind=Kind.NEED, amount=None, **values
):
    texts = {TextField.TITLE: Text(title, language), TextField.SUMMARY: Text(summary, language)}
    held = {
        Filter(name): frozenset([value] if isinstance(value, str) else value)
        for name, value in values.items()
    }
    number = next(_numbers) if number is None else number
    return Document(kind, f"{number:032x}", texts, held, amount)


def asked(text="", *, kind=Kind.NEED, **rest):
    return Query(kind, text, **rest)


def accept(**values):
    return {
        Filter(name): frozenset([value] if isinstance(value, str) else value)
        for name, value in values.items()
    }


def ids_of(page):
    return [hit.id for hit in page.hits]


class SearchIndexContract:
    """Inherit it and give a fixture `index` of an empty index."""

    # --- words -----------------------------------------------------------------------------

    @pytest.mark.parametrize(
        ("language", "written", "query"),
        [
            ("be", "Патрэбна аплата офіса для рэдакцыі", "аплату офісу"),
            ("be", "Навучанне ў галіне бяспекі", "бяспека навучанні"),
            ("ru", "Нужны услуги юриста и психолога", "юристы"),
            ("uk", "Потрібна допомога психолога", "психологи"),
            ("pl", "Szukamy pomocy prawnej", "pomoc prawna"),
            ("lt", "Reikia teisinės pagalbos", "pagalba"),
            ("en", "We need lawyers and offices", "office lawyer"),
            (None, "We need lawyers", "lawyer"),
        ],
    )
    def test_a_document_is_found_by_other_forms_of_its_words(self, index, language, written, query):
        wanted = need(written, language=language)
        index.put([wanted, need("зусім іншае", language="be"), need("something else")])
        assert ids_of(index.search(asked(query))) == [wanted.id]

    def test_title_and_summary_are_both_looked_at(self, index):
        in_title, in_summary = need("office"), need("rent", "an office")
        index.put([in_title, in_summary])
        assert set(ids_of(index.search(asked("office")))) == {in_title.id, in_summary.id}

    def test_any_word_is_enough_and_more_words_come_first(self, index):
        one, both = need("office chair"), need("office lawyer")
        index.put([one, both, need("chair"), need("table"), need("lamp")])
        page = index.search(asked("office lawyer"))
        assert [(hit.id, hit.matched) for hit in page.hits] == [(both.id, 2), (one.id, 1)]
        assert page.words == 2
        assert page.hits[0].score > page.hits[1].score > 0

    def test_a_word_in_the_title_weighs_more(self, index):
        in_summary, in_title = need("lamp", "office", number=1), need("office", "lamp", number=2)
        index.put([in_summary, in_title])
        assert ids_of(index.search(asked("office"))) == [in_title.id, in_summary.id]

    def test_a_rare_word_weighs_more(self, index):
        common, rare = need("office"), need("lawyer")
        index.put([common, rare, *(need("office") for _ in range(20))])
        assert ids_of(index.search(asked("office lawyer")))[0] == rare.id

    def test_without_words_everything_is_found_by_id(self, index):
        index.put([need("b", number=12), need("a", number=11)])
        page = index.search(asked())
        assert [(hit.id[-1], hit.score, hit.matched) for hit in page.hits] == [
            ("b", 0, 0),
            ("c", 0, 0),
        ]

    def test_what_nobody_wrote_is_not_found(self, index):
        index.put([need("office")])
        page = index.search(asked("helicopter"))
        assert (page.hits, page.total, page.next_cursor) == ((), 0, None)

    def test_needs_and_offers_stay_apart(self, index):
        a_need, an_offer = need("office"), need("office", kind=Kind.OFFER)
        index.put([a_need, an_offer])
        assert ids_of(index.search(asked("office"))) == [a_need.id]
        assert ids_of(index.search(asked("office", kind=Kind.OFFER))) == [an_offer.id]
        assert index.search(asked()).total == 1

    def test_wildcards_are_refused(self, index):
        with pytest.raises(QueryRefused):
            index.search(asked("off*"))

    # --- filters ---------------------------------------------------------------------------

    def test_a_filter_accepts_any_of_its_values(self, index):
        poland, lithuania, georgia = (need(country=code) for code in ("PL", "LT", "GE"))
        index.put([poland, lithuania, georgia, need()])
        found = index.search(asked(filters=accept(country={"PL", "GE"})))
        assert set(ids_of(found)) == {poland.id, georgia.id}

    def test_a_document_may_hold_several_values(self, index):
        both = need(country={"PL", "LT"})
        index.put([both])
        assert index.search(asked(filters=accept(country="LT"))).total == 1
        assert index.search(asked(filters=accept(country="BY"))).total == 0

    def test_filters_hold_together(self, index):
        wanted = need("office", country="PL", status="open", category="fixed_costs.rent")
        index.put(
            [
                wanted,
                need("office", country="PL", status="met", category="fixed_costs.rent"),
                need("office", country="LT", status="open", category="fixed_costs.rent"),
                need("lamp", country="PL", status="open", category="fixed_costs.rent"),
            ]
        )
        filters = accept(country="PL", status="open", category="fixed_costs.rent")
        assert ids_of(index.search(asked("office", filters=filters))) == [wanted.id]

    def test_a_filter_that_accepts_nothing_finds_nothing(self, index):
        index.put([need(country="PL")])
        assert index.search(asked(filters=accept(country=set()))).total == 0

    def test_a_value_is_taken_whole_and_as_it_stands(self, index):
        index.put([need(category="legal_aid.fines")])
        for value in ("legal_aid", "fines", "legal_aid.fine", "LEGAL_AID.FINES", "legal_aid.*", ""):
            assert index.search(asked(filters=accept(category=value))).total == 0

    @pytest.mark.parametrize("value", ["\ud800", "é ў", "a" * 5_000, "\x00", " ", "a,b", "a b"])
    def test_any_text_is_a_value(self, index, value):
        index.put([need(country=value), need(country="PL")])
        page = index.search(
            asked(filters=accept(country=value), facets=frozenset({Filter.COUNTRY}))
        )
        assert page.total == 1
        assert page.facets == {Filter.COUNTRY: {value: 1, "PL": 1}}

    @pytest.mark.parametrize(
        ("amount_from", "amount_to", "found"),
        [
            (None, None, [0, 1, 99, 100, 101, 2**40, None]),
            (100, None, [100, 101, 2**40]),
            (None, 100, [0, 1, 99, 100]),
            (1, 100, [1, 99, 100]),
            (100, 100, [100]),
            (2**40, 2**53, [2**40]),
            (101, 99, []),
            (-5, 0, [0]),
        ],
    )
    def test_a_range_of_amounts_holds_its_ends_and_no_unknown(
        self, index, amount_from, amount_to, found
    ):
        documents = [need(amount=amount) for amount in [0, 1, 99, 100, 101, 2**40, None]]
        index.put(documents)
        by_id = {document.id: document.amount for document in documents}
        page = index.search(asked(amount_from=amount_from, amount_to=amount_to))
        assert [by_id[hit.id] for hit in page.hits] == found

    def test_access_is_by_reader_or_by_owner(self, index):
        mine, shared, hidden = (
            need("office", owner="a" * 32),
            need("office", owner="b" * 32, readers={"donors", "partners"}),
            need("office", owner="b" * 32),
        )
        index.put([mine, shared, hidden])
        access = Access(readers=frozenset({"partners"}), owners=frozenset({"a" * 32}))
        page = index.search(asked("office", access=access, facets=frozenset({Filter.OWNER})))
        assert set(ids_of(page)) == {mine.id, shared.id}
        assert page.total == 2
        assert page.facets[Filter.OWNER] == {"a" * 32: 1, "b" * 32: 1}
        assert index.search(asked("office", access=Access())).total == 0

    # --- facets ----------------------------------------------------------------------------

    def test_facets_count_the_hits_by_value(self, index):
        index.put(
            [
                need("office", country="PL", urgency="soon"),
                need("office", country={"PL", "LT"}, urgency="urgent"),
                need("office"),
                need("lamp", country="PL"),
                need("office", country="PL", kind=Kind.OFFER),
            ]
        )
        page = index.search(
            asked("office", limit=1, facets=frozenset({Filter.COUNTRY, Filter.URGENCY}))
        )
        assert page.facets == {
            Filter.COUNTRY: {"PL": 2, "LT": 1},
            Filter.URGENCY: {"soon": 1, "urgent": 1},
        }
        assert page.total == 3

    def test_a_facet_counts_as_if_its_own_filter_were_not_set(self, index):
        index.put(
            [
                need(country="PL", status="open"),
                need(country="LT", status="open"),
                need(country="LT", status="met"),
            ]
        )
        page = index.search(
            asked(
                filters=accept(country="PL", status="open"),
                facets=frozenset({Filter.COUNTRY, Filter.STATUS}),
            )
        )
        assert page.facets == {Filter.COUNTRY: {"PL": 1, "LT": 1}, Filter.STATUS: {"open": 1}}

    def test_no_facet_is_counted_that_nobody_asked_for(self, index):
        index.put([need(country="PL")])
        assert index.search(asked()).facets == {}

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
