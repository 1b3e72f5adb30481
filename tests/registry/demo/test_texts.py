"""The texts of the demonstration set: who wrote them, in what, and what they must not hold."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

Records = list[dict[str, Any]]
SOURCES = Path(__file__).parents[3] / "registry" / "demo" / "SOURCES.md"
REVEALING = {
    "an e-mail address": re.compile(r"\S@\S"),
    "a link": re.compile(
        r"https?:|www\.|t\.me|\b[a-z0-9-]+\.(?:com|org|net|by|ru|info)\b", re.IGNORECASE
    ),
    "a telephone number": re.compile(r"\+?\d(?:[\s()-]?\d){6,}"),
    "an account name": re.compile(r"(?<!\w)@\w"),
}
STRANGE = {
    "be": re.compile(r"[иИщЩъЪ]"),
    "ru": re.compile(r"[іІўЎ]"),
    "en": re.compile(r"[а-яА-Я]"),
}
SHORTEST_DIFFERENCE = 0.6


def texts_of(records: Records) -> list[tuple[str, str]]:
    joined = ((r["external_id"], f"{r.get('title', '')} {r.get('summary', '')}") for r in records)
    return [(name, text) for name, text in joined if text.strip()]


@pytest.mark.parametrize("what", sorted(REVEALING))
def test_no_text_reveals_how_to_reach_anyone(what: str, needs: Records, offers: Records) -> None:
    found = [name for name, text in texts_of(needs + offers) if REVEALING[what].search(text)]
    assert found == []


def test_about_a_third_is_written_in_each_language(needs: Records) -> None:
    written = Counter(need.get("language", "") for need in needs)
    shares = {language: count / len(needs) for language, count in written.items()}
    assert all(0.25 <= shares[language] <= 0.40 for language in ("be", "ru", "en"))
    assert 5 <= written[""] <= 12


def test_a_need_has_title_summary_and_language_or_none_of_them(needs: Records) -> None:
    parts = ({"title", "summary", "language"} & need.keys() for need in needs)
    assert {len(part) for part in parts} == {0, 3}


def test_texts_use_the_letters_of_their_language(needs: Records, offers: Records) -> None:
    wrong = [
        r["external_id"]
        for r in needs + offers
        if "language" in r and STRANGE[r["language"]].search(r["title"] + r["summary"])
    ]
    assert wrong == []


def test_no_two_needs_share_a_title_or_most_of_their_words(needs: Records) -> None:
    words = {name: set(re.findall(r"\w{4,}", text.lower())) for name, text in texts_of(needs)}
    names = sorted(words)
    alike = [
        (one, other)
        for place, one in enumerate(names)
        for other in names[place + 1 :]
        if len(words[one] & words[other])
        > SHORTEST_DIFFERENCE * min(map(len, (words[one], words[other])))
    ]
    assert alike == []


def test_every_offer_says_that_it_is_a_demonstration(offers: Records) -> None:
    opening = re.compile(r"Demonstration: |Демонстрация: |Дэманстрацыя: ")
    assert [o["external_id"] for o in offers if not opening.match(o["summary"])] == []


def test_modelled_offers_name_the_provider_and_their_source_is_listed(offers: Records) -> None:
    sources = SOURCES.read_text("utf-8")
    modelled = [o for o in offers if o["external_id"].startswith("demo-offer-p")]
    assert len(modelled) >= 20
    for offer in modelled:
        assert "publicly describes; ask the funder." in offer["summary"]
        assert re.search(rf"`{offer['external_id']}` \|.*<https?://", sources)
