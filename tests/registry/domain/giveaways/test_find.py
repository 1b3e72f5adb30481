"""What is found in a text: where it stands, through which disguises, and in bounded time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.giveaways import Giveaway, GiveawayKind, find_giveaways

PHONE = "+375 29 000 00 17"


def kinds(text: str) -> list[str]:
    return [piece.kind.value for piece in find_giveaways(text)]


def pieces(text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in find_giveaways(text)]


def test_pieces_are_told_in_the_order_of_the_text():
    text = f"First t.me/heron_house, then {PHONE}, then heron@example.org."
    assert kinds(text) == ["handle", "phone", "email"]
    assert pieces(text) == ["t.me/heron_house", PHONE, "heron@example.org"]


def test_a_piece_is_told_once_under_its_surest_kind():
    assert kinds("wa.me/375290000017") == ["handle"]
    assert kinds("IBAN PL61 1090 1014 0000 0712 1981 2874") == ["account"]
    assert kinds("heron@example.org") == ["email"]


@pytest.mark.parametrize(
    "disguised",
    [
        "+375\u200b29\u200b000\u200b00\u200b17",
        "＋３７５ ２９ ０００ ００ １７",
        "+375–29–000—00−17",
        "+375\u00a029\u202f000\u200900\u00a017",
        "+٣٧٥ ٢٩ ٠٠٠ ٠٠ ١٧",
        "+З75 29 OOO ОО l7",
        "+3\u00ad7\u00ad5 29 000 00 17",
    ],
)
def test_a_disguised_number_is_found_whole(disguised):
    text = f"Патрэбны юрыст ({disguised}) хутка."
    assert kinds(text) == ["phone"]
    assert disguised in pieces(text)[0]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("МР1234567", "document"),
        ("мр1234567", "document"),
        ("3000000А000РВ0", "document"),
        ("44051401359", "document"),
        ("30001010004", "document"),
        ("ВY13NВRВ360090000000 2Z00АВ00", "account"),
        ("40702 810 0 0000 0000001", "account"),
        ("0x00000000219ab540356cbb839cbe05303d7705fa", "account"),
        ("5555 5555 5555 4444", "card"),
        ("3782-822463-10005", "card"),
        ("Heron.by", "link"),
        ("53.90231, 27.56184", "address"),
    ],
)
def test_one_thing_alone_is_found_as_what_it_is(text, kind):
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "44051401358",  # a wrong check digit
        "44054401359",  # no such day
        "30001010003",
        "30001990004",
        "70001010004",  # Lithuanian codes begin with 1 to 6
        "BY14 NBRB 3600 9000 0000 2Z00 AB00",
        "ZZ13 NBRB 3600 9000 0000 2Z00 AB00",
        "62 1090 1014 0000 0712 1981 2874",
        "4111 1111 1111 1112",
        "8000 0000 0000 0000 and 1111 1111 1111 1117",
        "2020 2021 2022 2023 2024",
        "1900 1901 1902 1907",  # years that pass the check of cards
        "EUR 250000 and PLN 250000",
        "1" * 30,
        "T" + "a" * 33,
        "months.By June",
        "the 24.11.2026 and 2026-11-24 and 18:30",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text):
    assert kinds(text) == []


def test_the_second_weights_of_a_lithuanian_code_count_where_the_first_give_ten():
    assert kinds("30001010187") == ["document"]
    assert kinds("30001010060") == ["document"]  # and where these give ten too, it is 0


def test_a_letter_that_grows_when_it_becomes_small_moves_nothing():
    text = f"İ {PHONE}"
    assert pieces(text) == [PHONE]


def test_showing_a_piece_shows_nothing_of_the_text():
    assert "375" not in repr(Giveaway(GiveawayKind.PHONE, 0, 375))


WORDS = st.sampled_from(
    ["+375", "29", "000", "t.me/", "@", "a", "вул.", "Ленина", "12", "MP", "собака", "\u200b", " ",
     "Telegram", ":", "паспорт", "dot", "0", "З", "(", ".", "ПР", "BY13", "\n", "ﬁ", "́"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map("".join)))
def test_pieces_lie_in_the_text_and_do_not_overlap(text):
    end = 0
    for piece in find_giveaways(text):
        assert end <= piece.start < piece.end <= len(text)
        end = piece.end


EVIL = ("1 ", "1-", "1.1.", "00 ", "a.", "@a", "a at b dot ", "сем ", "ул. А ", "Aaa g. ", "0",
        "telegram ", "паспорт aaaaaaaaaa", "nick ", "BY13 ", "собака ", "+1", "x[.]")  # fmt: skip


@pytest.mark.parametrize("piece", EVIL)
def test_no_text_takes_long(piece):
    begun = time.process_time()
    find_giveaways((piece * 4000)[:4000] + "я")
    # Takes 0.15 s at most where nothing else runs; a pattern that goes astray takes minutes.
    assert time.process_time() - begun < 5
