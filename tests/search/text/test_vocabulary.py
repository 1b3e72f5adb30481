"""The shape of the vocabulary: the same concepts in all languages, all codes, nothing ambiguous."""

from collections import defaultdict
from itertools import combinations

import pytest

from search import codes
from search.text.analysis import terms
from search.text.folding import fold
from search.text.languages import LANGUAGES, language_of_word
from search.text.stems import terms_of_word
from search.text.vocabulary import entries
from search.text.vocabulary.concepts import PREFIX, is_concept
from search.text.vocabulary.entries import read_entries


def _parted(pairs):
    return pairs.split(";")


CONCEPTS_OF_CODES = {
    "equipment.hardware": "equipment computers laptop phone",
    "equipment.replacement_of_seized": "seized_equipment",
    "relocation.visas_and_papers": "visas papers passport residence_permit",
    "legal_aid.advice": "legal_advice",
    "legal_aid.search_and_interrogation": "police_search interrogation",
    "legal_aid.taxation": "tax_law",
    "psychological_support.counselling": "psychologist psychotherapy",
    "security.digital": "digital_security",
    "security.physical": "physical_security",
    "integration.language": "language_courses",
    "integration.social": "social_life",
    "advocacy.domestic": "advocacy_domestic",
    "advocacy.international": "advocacy_international",
    "victims_and_families": "victims families",
    "new_communities": "communities",
    "cso_activists": "activists",
    "arrivals": "new_arrivals",
    "fiscally_sponsored": "fiscal_sponsor",
    "cso": "organisations",
    "community": "communities",
    "union": "trade_unions",
    "initiative": "initiatives",
    "grant": "grants",
    "service": "services",
    "culture_and_language": "culture belarusian_language",
    "women_and_gender": "women gender",
    "elections_and_democracy": "elections democracy",
    "foundation": "foundations",
    "government": "governments",
    "ingo": "ingos",
    "diaspora_fund": "diaspora foundations",
    "business": "businesses",
    "individual": "donors",
}
"""Only the codes that are not named as their concept is."""

KIN = {
    frozenset(pair.split())
    for pair in _parted("""
    prisoners sentence; prisoners prison; liquidated liquidation; medical medicines;
    doctors medicines; doctors medical; bloggers youtube; documentary video; advocacy lawyer;
    court interrogation; court legal_advice; donations victims; journalists reporting;
    books school; audit audiences; governance governments; animals design; router media;
    domain children; loan books; marketing media; european_institutions telephone_costs;
    organisations taxes
    """)
}
"""Concepts that share a stem in some language: alike in meaning, or known to be mixed up only in
forms that the vocabulary does not list. A pair that is new here wants a look."""


def all_codes():
    lists = (
        codes.TargetGroup,
        codes.Channel,
        codes.LegalStatus,
        codes.OrganisationKind,
        codes.Instrument,
        codes.Theme,
        codes.DonorKind,
    )
    return [*codes.CATEGORIES, *(str(code) for each in lists for code in each)]


def as_folded(phrase):
    return " ".join(map(fold, phrase.split()))


def test_every_language_has_the_same_concepts():
    english = set(read_entries("en"))
    assert len(english) >= 300
    differing = {each: set(read_entries(each)) ^ english for each in LANGUAGES}
    assert [each for each, concepts in differing.items() if concepts] == []


@pytest.mark.parametrize("code", all_codes())
def test_every_code_has_its_concept(code):
    named = CONCEPTS_OF_CODES.get(code, code.rpartition(".")[2]).split()
    assert set(named) <= set(read_entries("en"))


def test_a_code_named_as_its_concept_is_not_listed():
    assert [code for code in CONCEPTS_OF_CODES if code not in all_codes()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_means_its_concept(language):
    unmet = [
        (concept, phrase)
        for concept, phrases in read_entries(language).items()
        for phrase in phrases
        if PREFIX + concept not in terms(phrase, language)
    ]
    assert unmet == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_written_under_two_concepts(language):
    held = defaultdict(set)
    for concept, phrases in read_entries(language).items():
        for phrase in phrases:
            held[as_folded(phrase)].add(concept)
    assert {phrase: found for phrase, found in held.items() if len(found) > 1} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_stem_belongs_to_two_concepts_but_of_kin(language):
    held = defaultdict(set)
    for concept, phrases in read_entries(language).items():
        for word in filter(str.isalpha, phrases):
            for stem in terms_of_word(fold(word), language_of_word(fold(word), language)):
                held[stem].add(concept)
    pairs = {frozenset(pair) for found in held.values() for pair in combinations(found, 2)}
    assert [sorted(pair) for pair in pairs - KIN] == []


def test_a_word_that_is_written_down_does_not_mean_what_its_kin_does():
    assert "concept:prisoners" not in terms("prison", "en")
    assert "concept:prison" in terms("prisons", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_everyday_mean_nothing(language):
    everyday = {
        "be": "дапамога патрэба людзі праца каманда трэба год месяц дзякуй",
        "ru": "помощь потребность люди работа команда нужно год месяц спасибо",
        "uk": "допомога потреба люди робота команда треба рік місяць дякуємо",
        "pl": "pomoc potrzeba ludzie praca zespół potrzebujemy rok miesiąc dziękujemy",
        "lt": "pagalba poreikis žmonės darbas komanda reikia metai mėnuo ačiū",
        "en": "help need people work team we year month thanks",
    }[language]
    for word in everyday.split():
        assert [term for term in terms(word, language) if is_concept(term)] == [], word


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_is_readable(language):
    text = (entries.FOLDER / f"{language}.toml").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert not set("\t\u00a0\ufeff") & set(text)
    assert all(len(line) < 500 for line in text.splitlines())


@pytest.mark.parametrize("line", ['rent = "rent,"', 'rent = ["rent"]', 'rent = ""', "rent: rent"])
def test_a_broken_file_says_how_to_write_a_line(line, tmp_path, monkeypatch):
    monkeypatch.setattr(entries, "FOLDER", tmp_path)
    (tmp_path / "en.toml").write_text(line, encoding="utf-8")
    with pytest.raises(ValueError, match=r'en\.toml.*= "word, phrase"'):
        read_entries("en")
