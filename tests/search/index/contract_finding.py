"""Words, filters and facets: the first part of what every search index does."""

import pytest

from search.index.protocol import Access, Filter, Kind
from search.text.query import QueryRefused
from tests.search.index.documents import accept, asked, ids_of, need


class FindingContract:
    """Words, filters and facets; see SearchIndexContract."""

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

    def test_the_very_word_goes_before_one_that_means_the_same(self, index):
        meant = need("lease", "lease tenancy rental", number=1)
        written, neither = need("rent", number=2), need("lamp", number=3)
        index.put([meant, written, neither])
        assert ids_of(index.search(asked("rent"))) == [written.id, meant.id]

    def test_what_is_written_in_another_language_is_found_by_its_meaning(self, index):
        wanted = need("Патрэбна арэнда офіса", language="be")
        index.put([wanted, need("Патрэбныя падручнікі", language="be")])
        page = index.search(asked("office rent", language="en"))
        assert [(hit.id, hit.matched) for hit in page.hits] == [(wanted.id, 2)]

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

    def test_a_score_tells_nothing_of_documents_that_may_not_be_found(self, index):
        mine = need("office lawyer", "rent of an office", owner="a" * 32)
        access = Access(owners=frozenset({"a" * 32}))

        def scores(access):
            found = index.search(asked("office lawyer", access=access)).hits
            return [hit.score for hit in found if hit.id == mine.id]

        index.put([mine])
        alone, alone_for_all = scores(access), scores(None)
        index.put([need("office", "a lawyer and much more", owner="b" * 32) for _ in range(5)])
        assert scores(access) == alone
        assert scores(None) != alone_for_all

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
