"""Somebody at a real browser with JavaScript switched off, who reads, types, marks and presses."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
)

from registry.identity.accounts import NewSecret
from registry.identity.second_factor import code_of
from tests.factories.accounts import present_code

HEIGHT = 900
PATIENCE_MS = 10_000
NO_COMPLAINT = ("the server responded with a status of 4", "Cleared data types:")
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Visitor:
    """One browser context and its page, with a record of what went wrong in it."""

    page: Page
    address: str
    strayed: list[str] = field(default_factory=list)
    """Addresses of other origins that were asked for."""
    complaints: list[str] = field(default_factory=list)
    """What the browser said of things that the pages' own policy refuses."""
    broken: list[str] = field(default_factory=list)
    """Answers of 500 and more."""
    status: int = 0
    """How the last page was answered."""

    @classmethod
    def at(cls, browser: Browser, address: str, language: str, width: int) -> "Visitor":
        """Open a context of its own; it keeps nothing of anybody else's."""
        context = browser.new_context(
            java_script_enabled=False,
            locale=language,
            viewport={"width": width, "height": HEIGHT},
            base_url=address,
        )
        context.set_default_timeout(PATIENCE_MS)
        return cls(context.new_page(), address)

    def __post_init__(self) -> None:
        self.page.on("request", self._watch_request)
        self.page.on("response", self._watch_response)
        self.page.on("console", self._watch_console)

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    @property
    def text(self) -> str:
        """What can be read on the page's own part."""
        return " ".join(self.main.inner_text().split())

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def open(self, path: str) -> "Visitor":
        self.page.goto(path)
        return self

    def follow(self, words: str) -> "Visitor":
        """Follow the first link that says just this."""
        self.page.get_by_role("link", name=words, exact=True).first.click()
        return self

    def press(self, words: str, within: Locator | None = None) -> "Visitor":
        """Press the first button that says just this."""
        (within or self.page).get_by_role("button", name=words, exact=True).first.click()
        return self

    def go_back(self) -> "Visitor":
        """Go one page back, once the present one is there: Chromium may still be changing over."""
        self.page.wait_for_load_state("networkidle")
        self.page.go_back()
        return self

    def reload(self) -> "Visitor":
        """Load the page once more, once it is there: see `go_back`."""
        self.page.wait_for_load_state("networkidle")
        self.page.reload()
        return self

    def write(self, label: str, text: str) -> "Visitor":
        """Type into the field whose label begins so."""
        self._field(label).fill(text)
        return self

    def choose(self, label: str, answer: str) -> "Visitor":
        """Take an answer of the list whose label begins so."""
        self._field(label).select_option(label=answer)
        return self

    def mark(self, *answers: str, of: str = "") -> "Visitor":
        """Mark answers by what stands beside them, of the question that begins so."""
        question = self.main.get_by_role("group", name=re.compile(f"^{re.escape(of)}"))
        for answer in answers:
            labels = (question if of else self.main).locator("label")
            label = labels.filter(has_text=re.compile(rf"^\s*{re.escape(answer)}\s*$")).first
            label.click()
            box = self.page.locator(f'[id="{label.get_attribute("for")}"]')
            assert box.is_checked(), f"pressing “{answer}” did not mark it"
        return self

    def typed(self, label: str) -> str:
        """Return what stands in a field."""
        return self._field(label).input_value()

    def reads(self, *words: str) -> bool:
        """Say whether all of these stand on the page; it is shown by an assertion if not."""
        text = self.text
        for each in words:
            assert each in text, f"“{each}” does not stand on {self.path}: {text}"
        return True

    def problem_at(self, label: str) -> str:
        """Return what is said to be wrong at a field, where an ear would find it too."""
        wrong = self._field(label)
        assert wrong.get_attribute("aria-invalid") == "true", f"{label} is not marked as wrong"
        told = (wrong.get_attribute("aria-describedby") or "").split()
        texts = [self.page.locator(f'[id="{each}"]').inner_text() for each in told]
        return " ".join(texts)

    def sign_in(self, secret: NewSecret) -> "Visitor":
        """Sign in with what was written down, whatever language the page is in."""
        self.open("/sign-in")
        self.page.fill("#f-username", secret.name)
        self.page.fill("#f-password", secret.passphrase)
        self.main.get_by_role("button").first.click()
        if self.path == "/second-factor/":
            self.page.fill("#f-code", present_code())
            self.main.get_by_role("button").first.click()
        assert self.path not in ("/sign-in", "/second-factor/"), self.text
        return self

    def set_up_second_factor(self) -> "Visitor":
        """Do what the page for it asks for, with an app that takes what the page shows."""
        assert self.path == "/second-factor/new", self.path
        secret = self.main.locator(".secret").first.inner_text().replace(" ", "")
        self.page.fill("#f-code", code_of(secret, time.time()))
        self.main.locator("button.btn-primary").click()
        self.main.locator("button.btn-primary").click()
        return self

    def overflow_at(self, width: int) -> int:
        """Return by how many pixels the page is wider than a screen of this width."""
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        return int(self.page.evaluate(OVERFLOW))

    def leave(self) -> None:
        self.context.close()

    @contextmanager
    def second_tab(self) -> Iterator["Visitor"]:
        """Open another tab of the same person: same cookies, another page."""
        tab = Visitor(
            self.context.new_page(), self.address, self.strayed, self.complaints, self.broken
        )
        yield tab
        tab.page.close()

    def _field(self, label: str) -> Locator:
        return self.main.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first

    def _watch_request(self, request: Request) -> None:
        if not request.url.startswith(self.address + "/"):
            self.strayed.append(request.url)

    def _watch_response(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.status = response.status
        if response.status >= 500:
            self.broken.append(response.url)

    def _watch_console(self, message: ConsoleMessage) -> None:
        # A page that answers 4xx is no complaint, nor that what was asked for was cleared;
        # everything else that a browser says is one.
        if not any(each in message.text for each in NO_COMPLAINT):
            self.complaints.append(message.text)
