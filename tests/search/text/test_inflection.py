"""How many forms of a word meet the word itself; see inflection/README.md for the samples."""

from itertools import combinations
from pathlib import Path

import pytest

from search.text.analysis import terms

SAMPLES = Path(__file__).parent / "inflection"


def pairs_of(language):
    rows = (SAMPLES / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    return [tuple(row.split("\t")[:2]) for row in rows]


def meet(one, other, language):
    return not set(terms(one, language)).isdisjoint(terms(other, language))


@pytest.mark.parametrize(("language", "least"), [("be", 0.97), ("uk", 0.97), ("lt", 0.94)])
def test_forms_meet_their_word(language, least):
    pairs = pairs_of(language)
    met = sum(meet(word, form, language) for word, form in pairs)
    assert met / len(pairs) >= least


@pytest.mark.parametrize(("language", "most"), [("be", 0.001), ("uk", 0.001), ("lt", 0.001)])
def test_different_words_hardly_ever_meet(language, most):
    words = sorted({word for word, _ in pairs_of(language)})
    every = list(combinations(words, 2))
    met = [pair for pair in every if meet(*pair, language)]
    assert len(met) / len(every) <= most, met


@pytest.mark.parametrize(
    ("language", "word", "forms"),
    [
        ("be", "дзень", "дня дні дзён днямі"),
        ("be", "палец", "пальца пальцы пальцаў"),
        ("be", "дачка", "дачцэ дочкі дачок"),
        ("be", "нага", "назе ногі ног"),
        ("be", "навука", "навуцы навукай"),
        ("be", "акно", "вокны акон акне"),
        ("be", "сястра", "сёстры сясцёр сястрой"),
        ("be", "чалавек", "людзі людзьмі чалавекам"),
        ("be", "праграма", "праграму праграм праграмай"),
        ("be", "дарога", "дарогу дарозе дарог"),
        ("be", "умова", "умоў умовы умове"),
        ("be", "організацыя", "арганізацыі"),
        ("be", "працаваць", "працуе працавалі працуючы працаваў"),
        ("be", "пісаць", "пішу пішаце пісала"),
        ("be", "хадзіць", "хаджу ходзяць"),
        ("be", "магчы", "магу можа маглі мог"),
        ("be", "пячы", "пяку пячэш"),
        ("be", "ісці", "іду ішоў"),
        ("be", "пайсці", "пайду пайшлі"),
        ("be", "навучацца", "навучаюцца навучаўся"),
        ("be", "добры", "добрага лепшы"),
        ("ru", "ребёнок", "дети детей ребенком"),
        ("ru", "помощь", "помощи помощью"),
        ("ru", "помогать", "помогаем помогают"),
        ("uk", "ніч", "ночі ночей"),
        ("uk", "стіл", "стола столи"),
        ("uk", "рука", "руці рук"),
        ("pl", "pomoc", "pomocy pomocą"),
        ("pl", "człowiek", "człowieka człowiekiem"),
        ("pl", "rynek", "rynku rynki rynkowi"),
        ("pl", "beczka", "beczek"),
        ("lt", "pagalba", "pagalbos pagalbą pagalbai"),
        ("lt", "dirbti", "dirbsime dirbtų dirbdavo dirbame"),
        ("lt", "turėti", "turėdamas turėtume"),
        ("en", "child", "children"),
        ("en", "lawyer", "lawyers lawyer's"),
        ("en", "fund", "funding funded"),
        ("en", "go", "went"),
    ],
)
def test_forms_of_everyday_words_meet(language, word, forms):
    assert [form for form in forms.split() if not meet(word, form, language)] == []


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("be", "рука", "рака"),
        ("be", "офіс", "апера"),
        ("be", "школа", "шкода"),
        ("be", "права", "праца"),
        ("be", "вуліца", "вулей"),
        ("ru", "право", "правда"),
        ("ru", "суд", "судно"),
        ("uk", "право", "праця"),
        ("pl", "prawo", "prawda"),
        ("lt", "teisė", "tiesa"),
        ("en", "policy", "police"),
    ],
)
def test_words_that_look_alike_stay_apart(language, one, other):
    assert not meet(one, other, language)
