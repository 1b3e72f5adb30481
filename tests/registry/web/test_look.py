"""The look as a browser draws it: widths, sizes, contrast, order, and that nothing is refused.

Measured by script in a browser that has script on; the pages themselves have none.
"""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium was not found: the look is not tested"),
]

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PATHS = ("/kitchen", "/what-is-kept", "/before-registering/organisation", "/nothing-here")
WIDTHS = (320, 360, 768, 1280, 1600)

MEASURE = """
() => {
  const shown = e => {
    const box = e.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && box.right > 0;
  };
  const colour = text => text.match(/[\\d.]+/g).map(Number);
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const c = colour(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const light = c => {
    const [r, g, b] = c.slice(0, 3).map(v => v / 255)
      .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((m, n) => n - m);
    return (x + 0.05) / (y + 0.05);
  };
  const texts = [...document.querySelectorAll('body *')].filter(e => shown(e) &&
    [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()));
  const targets = [...document.querySelectorAll(
    'button, .btn, input:not([type=hidden]):not([type=radio]):not([type=checkbox]), select, '
    + 'summary, nav a, .leave, .door a, .box-title a, .choice, .page-foot a')].filter(shown);
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    small: texts.filter(e => parseFloat(getComputedStyle(e).fontSize) < 16)
      .map(e => e.outerHTML.slice(0, 120)),
    low: targets.filter(e => e.getBoundingClientRect().height < 43.9)
      .map(e => e.outerHTML.slice(0, 120)),
    faint: texts.filter(e =>
      contrast(colour(getComputedStyle(e).color), ground(e)) < 4.5)
      .map(e => e.outerHTML.slice(0, 120)),
    nameless: [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
      .filter(e => !e.labels.length && !e.getAttribute('aria-label'))
      .map(e => e.outerHTML.slice(0, 120)),
    twice: [...document.querySelectorAll('[id]')].map(e => e.id)
      .filter((id, i, all) => all.indexOf(id) !== i),
    moving: document.getAnimations().length,
  };
}
"""


@pytest.fixture(scope="module")
def browser(chromium: Any) -> Any:
    return chromium


@pytest.fixture(scope="module", params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    context = browser.new_context(color_scheme=request.param, locale="en-GB")
    page = context.new_page()
    page.refused = []
    page.on("console", lambda message: page.refused.append(message.text))
    yield page
    context.close()


def test_the_measure_finds_what_it_should(page: Any, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{address}/what-is-kept")
    page.evaluate(
        """() => {
        const h1 = document.querySelector("h1");
        h1.style.fontSize = "15px";
        h1.style.color = "rgb(128, 128, 128)";
        h1.style.width = "2000px";
        document.querySelector("footer a").style.minHeight = "20px";
        document.querySelector("main")
          .insertAdjacentHTML("beforeend", "<input><p id='content'>x</p>");
        }"""
    )
    measured = page.evaluate(MEASURE)
    assert measured["overflow"] > 0
    for flaw in ("small", "low", "faint", "nameless", "twice"):
        assert measured[flaw], flaw


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_right_at_every_width(page: Any, address: str, path: str) -> None:
    page.goto(address + path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        measured = page.evaluate(MEASURE)
        assert measured["overflow"] <= 0, (path, width)
        for flaw in ("small", "low", "faint", "nameless", "twice"):
            assert measured[flaw] == [], (flaw, path, width)
        assert measured["moving"] == 0


def test_a_refused_form_is_right_too(page: Any, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{address}/kitchen")
    page.locator("#f-amount_requested").fill("lots")
    page.locator("main form .btn-primary").first.click()
    measured = page.evaluate(MEASURE)
    for flaw in ("small", "low", "faint", "nameless", "twice"):
        assert measured[flaw] == [], flaw
    field = page.locator("#f-amount_requested")
    assert field.input_value() == "lots"
    assert field.get_attribute("aria-invalid") == "true"
    described = field.get_attribute("aria-describedby").split()
    assert all(page.locator(f"#{each}").is_visible() for each in described)
    page.locator('#problems a[href="#f-amount_requested"]').click()
    assert page.evaluate("document.activeElement.id") == "f-amount_requested"


def test_the_policy_of_the_pages_refuses_nothing_of_theirs(page: Any, address: str) -> None:
    page.refused.clear()
    page.goto(f"{address}/kitchen")
    page.emulate_media(media="print")
    page.emulate_media(media="screen")
    assert page.refused == []


def test_leaving_comes_first_and_skipping_second(page: Any, address: str) -> None:
    page.goto(f"{address}/kitchen")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.href") == "https://neutral.example/"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.hash") == "#content"
    assert page.locator(".skip").bounding_box()["x"] >= 0


def test_paper_shows_the_content_alone(page: Any, address: str) -> None:
    page.goto(f"{address}/kitchen")
    page.emulate_media(media="print")
    for frame in (".bar-on-top", ".masthead", ".page-foot", ".buttons"):
        assert not page.locator(frame).first.is_visible()
    assert page.locator("h1").first.is_visible()
    page.emulate_media(media="screen")
