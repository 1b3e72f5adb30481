"""Somebody looks what fits on an old telephone, and leaves without having left anything."""

from collections.abc import Callable

import pytest

from tests.browser.visitor import Visitor

NARROW, WIDE = 360, 1280
AMOUNT = "#f-amount_requested"


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_someone_looks_without_an_account(visit: Callable[..., Visitor], width: int) -> None:
    reader = visit(width=width).open("/").follow("See what fits, without an account")
    reader.choose("What you need", "Legal help: all of it")
    reader.choose("Where it is needed", "Belarus").choose(
        "What you do", "Local or online community"
    )
    reader.mark("Money", of="Which kind of help").page.fill(AMOUNT, "1 700")
    reader.press("See what fits")
    assert reader.status == 200
    assert reader.path == "/what-fits"
    assert reader.reads("were looked at", "You would be asked:", "What an officer would still look")
    assert reader.page.input_value(AMOUNT) == "1 700"
    assert reader.overflow_at(320) == reader.overflow_at(width) == 0
    assert reader.page.locator("h1").count() == 1
    assert reader.page.locator("details").count() > 1
    assert reader.context.cookies() == []

    # Loading the answer again and going back do no harm.
    reader.reload()
    assert reader.reads("were looked at")
    reader.follow("Empty the form")
    assert reader.page.input_value(AMOUNT) == ""
    assert reader.context.cookies() == []


@pytest.mark.parametrize(
    ("language", "button", "first"),
    [
        ("be", "Паглядзець, што падыходзіць", "Тут нічога з гэтага не захоўваецца"),
        ("ru", "Посмотреть, что подходит", "Здесь ничего из этого не хранится"),
    ],
)
def test_it_asks_and_refuses_in_the_readers_language(
    visit: Callable[..., Visitor], language: str, button: str, first: str
) -> None:
    reader = visit(language=language, width=NARROW).open("/what-fits")
    assert reader.reads(first)
    reader.press(button)
    assert reader.status == 422
    assert reader.overflow_at(NARROW) == 0
    assert reader.page.locator("#problems li").count() == 4
