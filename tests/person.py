"""Somebody at a browser without scripts: opens pages, follows links, fills in forms, reads.

Only what stands on the page can be done: a link, a field or a button that is not there is an
error of the test, and so is an answer that a form does not offer.
"""

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin

from flask.testing import FlaskClient

from registry.identity.second_factor import code_of

Typed = Mapping[str, str | list[str]]
VOID = {"meta", "link", "input", "br", "hr", "img", "path", "circle", "rect"}
CHECKED = ("radio", "checkbox")


@dataclass(slots=True)
class Field:
    """A field of a form: what it holds now, and (of a choice) what it could hold."""

    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Form:
    action: str
    method: str
    id: str = ""
    fields: list[Field] = field(default_factory=list)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    """(what stands on it, name, value)."""


class Page(HTMLParser):
    """What one page offers: links, forms, its words."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self._words: list[str] = []
        self._main: list[str] = []
        self._open: list[tuple[str, dict[str, str], int]] = []
        self._in_main = False
        self._of_later_forms: list[tuple[str, dict[str, str]]] = []
        self.feed(source)
        for form_id, given in self._of_later_forms:
            self._fill(next(form for form in self.forms if form.id == form_id), given)

    @property
    def text(self) -> str:
        """The words of the page's own part, without its frame."""
        return " ".join(" ".join(self._main).split())

    @property
    def all_text(self) -> str:
        return " ".join(" ".join(self._words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "main":
            self._in_main = True
        if tag == "form":
            method = given.get("method", "get")
            self.forms.append(Form(given.get("action", ""), method, given.get("id", "")))
        if tag == "input" and "name" in given:
            self._input(given)
        if tag in {"textarea", "select"}:
            self.forms[-1].fields.append(Field(given["name"], tag))
        if tag == "option":
            self._option(given)
        if tag not in VOID:
            self._open.append((tag, given, len(self._words)))

    def handle_data(self, data: str) -> None:
        self._words.append(data)
        if self._in_main:
            self._main.append(data)

    def handle_endtag(self, tag: str) -> None:
        while tag in {opened for opened, _, _ in self._open}:
            opened, given, begins = self._open.pop()
            if opened == tag:
                self._close(tag, given, "".join(self._words[begins:]))
                break
        if tag == "main":
            self._in_main = False

    def _input(self, given: dict[str, str]) -> None:
        """Put a field into its form: the one around it, or the one that it names."""
        if "form" in given:
            self._of_later_forms.append((given["form"], given))
        else:
            self._fill(self.forms[-1], given)

    def _fill(self, form: Form, given: dict[str, str]) -> None:
        kind, value = given.get("type", "text"), given.get("value", "")
        known = next((each for each in form.fields if each.name == given["name"]), None)
        if kind not in CHECKED or known is None:
            known = Field(given["name"], kind)
            form.fields.append(known)
        known.offered.append(value)
        if kind not in CHECKED or "checked" in given:
            known.values.append(value)

    def _option(self, given: dict[str, str]) -> None:
        select = self.forms[-1].fields[-1]
        select.offered.append(given["value"])
        if "selected" in given or not select.values:
            select.values = [given["value"]]

    def _close(self, tag: str, given: dict[str, str], text: str) -> None:
        words = " ".join(text.split())
        if tag == "a" and "href" in given:
            self.links.append((words, given["href"]))
        if tag == "button" and self.forms and given.get("type") != "button":
            self.forms[-1].buttons.append((words, given.get("name", ""), given.get("value", "")))
        if tag == "textarea":
            self.forms[-1].fields[-1].values = [text.removeprefix("\n")]


class Person:
    """One browser; `page` is what it shows, `status` how the last request was answered."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.address = "/"
        self.status = 0
        self.page = Page("")

    @property
    def text(self) -> str:
        return self.page.text

    def open(self, address: str) -> "Person":
        """Open an address, following where it leads."""
        return self._show(self.client.get(address, follow_redirects=True))

    def follow(self, words: str) -> "Person":
        """Follow the link that says this."""
        found = [href for text, href in self.page.links if text == words]
        assert found, f"no link “{words}” among {[text for text, _ in self.page.links]}"
        return self.open(urljoin(self.address, found[0]))

    def sees(self, *words: str) -> bool:
        """Say whether all of these stand on the page."""
        return all(each in self.text for each in words)

    def send(self, button: str, typed: Typed | None = None, *, to: str = "") -> "Person":
        """Type into the form of this button, press it, and go where it leads.

        `to` is the address of the form that is meant, where several have such a button.
        """
        form, pressed = self._form_of(button, to)
        answers = self._filled(form, typed or {})
        if pressed[1]:
            answers.append((pressed[1], pressed[2]))
        data: dict[str, list[str]] = {}
        for name, value in answers:
            data.setdefault(name, []).append(value)
        address = urljoin(self.address, form.action)
        if form.method.lower() == "get":
            return self.open(f"{address}?{urlencode(data, doseq=True)}")
        answer = self.client.open(
            address, method=form.method.upper(), data=data, follow_redirects=False
        )
        self.first_status = answer.status_code
        if answer.status_code in {301, 302, 303}:
            return self.open(urljoin(address, answer.location))
        return self._show(answer)

    def set_up_second_factor(self) -> "Person":
        """Do what the page for it asks for, with an app that takes what the page shows."""
        assert self.address == "/second-factor/new", self.address
        shown = re.search(r'<p class="secret" translate="no">([^<]+)</p>', self.source)
        assert shown is not None
        code = code_of(shown.group(1).replace(" ", ""), time.time())
        return self.send("Set it up", {"code": code}).send("I have written them down")

    def post(self, address: str, typed: Typed | None = None) -> Any:
        """Send what no form of the page offers, as its own forms are sent; return the answer."""
        token = self.typed("csrf_token")
        token = token if isinstance(token, str) else token[0]
        return self.client.post(address, data={"csrf_token": token} | dict(typed or {}))

    def typed(self, name: str) -> str | list[str]:
        """Return what stands in a field now."""
        found = [each for form in self.page.forms for each in form.fields if each.name == name]
        values = [value for each in found for value in each.values]
        return values[0] if len(values) == 1 else values

    def offered(self, name: str) -> list[str]:
        """Return the answers that a field offers."""
        fields = [each for form in self.page.forms for each in form.fields if each.name == name]
        return [value for each in fields for value in each.offered]

    def _show(self, answer: Any) -> "Person":
        self.status, self.address = answer.status_code, answer.request.path
        self.source = answer.get_data(as_text=True)
        self.page = Page(self.source)
        return self

    def _form_of(self, words: str, to: str = "") -> tuple[Form, tuple[str, str, str]]:
        found = [
            (form, button)
            for form in self.page.forms
            for button in form.buttons
            if button[0] == words and to in ("", form.action)
        ]
        buttons = [button[0] for form in self.page.forms for button in form.buttons]
        assert found, f"no button “{words}” among {buttons}"
        return found[0]

    def _filled(self, form: Form, typed: Typed) -> list[tuple[str, str]]:
        names = {each.name for each in form.fields}
        assert set(typed) <= names, f"no such field: {set(typed) - names}; there are {names}"
        answers: list[tuple[str, str]] = []
        done: set[str] = set()
        for each in form.fields:
            if each.name in typed:
                if each.name not in done:
                    answers += [(each.name, value) for value in self._chosen(form, each, typed)]
                done.add(each.name)
            else:
                answers += [(each.name, value) for value in each.values]
        return answers

    def _chosen(self, form: Form, wanted: Field, typed: Typed) -> list[str]:
        given = typed[wanted.name]
        values = [given] if isinstance(given, str) else list(given)
        if wanted.kind in (*CHECKED, "select"):
            same = (each.offered for each in form.fields if each.name == wanted.name)
            offered = {value for values in same for value in values}
            assert set(values) <= offered, f"{wanted.name} does not offer {set(values) - offered}"
        return values
