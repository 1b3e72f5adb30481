"""Searching needs and offers by words, for officers."""

from http import HTTPStatus
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import RecordRefusedError, SearchUnavailableError
from registry.identity.current import (
    begin_writing,
    close_request,
    current_actor,
    current_session,
)
from registry.services.needs.open_dossier import opened_today
from registry.services.request_rebuild import request_rebuild
from registry.services.search_records import SearchPage, search_records
from registry.web.choices import category_choices, choices, country_choices
from registry.web.form import say_problem
from registry.web.officer import blueprint
from search.codes import NeedStatus, OfferStatus, Urgency
from search.index.protocol import Filter, Kind, Sort

FACETS: dict[Kind, tuple[Filter, ...]] = {
    Kind.NEED: (Filter.STATUS, Filter.URGENCY, Filter.COUNTRY),
    Kind.OFFER: (Filter.STATUS, Filter.COUNTRY),
}
FILTERS = ("category", "country", "urgency", "status")
LOOK_AGAIN = 10
"""Seconds after which a page that waits for the index loads itself anew."""


@blueprint.get("/search")
def search() -> ResponseReturnValue:
    """Find needs or offers; say in a sentence what cannot be looked for, and what waits."""
    asked = Asked()
    try:
        found, problem = asked.find(), ""
    except RecordRefusedError as refused:
        found, problem = None, say_problem(refused.problems[0])
    except SearchUnavailableError:
        return _wait_for_index(asked)
    page = render_template("officer/search.html", asked=asked, found=found, problem=problem)
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK


class Asked:
    """What is looked for, as it stands in the address."""

    def __init__(self) -> None:
        args = request.args
        self.kind = Kind.OFFER if args.get("kind") == Kind.OFFER else Kind.NEED
        self.words = args.get("q", "")
        self.filters = {name: args[name] for name in FILTERS if args.get(name)}
        self.sort = Sort(args["sort"]) if args.get("sort") in set(Sort) else Sort.RELEVANCE
        self.cursor = args.get("cursor")
        self.is_asked = bool(self.words or self.filters or "q" in args)

    def find(self) -> SearchPage | None:
        """Search, if anything was asked; an officer reads the texts that were opened today."""
        if not self.is_asked:
            return None
        session, actor = current_session(), current_actor()
        found = search_records(
            session,
            actor,
            self.kind,
            self.words,
            filters=self.filters,
            sort=self.sort,
            cursor=self.cursor,
            facets=FACETS[self.kind],
        )
        readable = opened_today(session, actor)
        for line in found.items:
            line["shows_text"] = self.kind is Kind.OFFER or line["id"] in readable
        return found

    def address(self, **changes: str | None) -> str:
        """Return the address of this search with some of it changed; None takes something out."""
        query: dict[str, Any] = {"kind": str(self.kind), "q": self.words, **self.filters}
        if self.sort is not Sort.RELEVANCE:
            query["sort"] = str(self.sort)
        return url_for("officer.search", **(query | changes))

    def facet_lines(self, found: SearchPage) -> list[tuple[str, list[dict[str, Any]]]]:
        """Return (what is counted by, lines `{"label", "count", "href", "is_chosen"}`)."""
        lines = []
        for name in FACETS[self.kind]:
            counts = found.facets.get(str(name), {})
            if counts:
                lines.append((self._title(name), self._facet(str(name), counts)))
        return lines

    def fields(self) -> list[tuple[str, str, list[Any]]]:
        """Return (name, what it is called, answers) of the filters of this kind."""
        statuses = choices("need_status" if self.kind is Kind.NEED else "offer_status")
        shown: list[tuple[str, str, list[Any]]] = [
            ("category", _("What is needed"), list(category_choices())),
            ("country", _("Where"), list(country_choices())),
            ("status", _("Where it stands"), list(statuses)),
        ]
        if self.kind is Kind.NEED:
            shown.append(("urgency", _("How soon"), list(choices("urgency"))))
        return shown

    def _title(self, name: Filter) -> str:
        titles = {
            Filter.STATUS: _("Where it stands"),
            Filter.URGENCY: _("How soon"),
            Filter.COUNTRY: _("Where"),
        }
        return str(titles[name])

    def _facet(self, name: str, counts: dict[str, int]) -> list[dict[str, Any]]:
        ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:8]
        return [
            {
                "label": self._name(name, code),
                "count": count,
                "href": self.address(**{name: None if self.filters.get(name) == code else code}),
                "is_chosen": self.filters.get(name) == code,
            }
            for code, count in ordered
        ]

    def _name(self, name: str, code: str) -> str:
        known = {
            "status": NeedStatus if self.kind is Kind.NEED else OfferStatus,
            "urgency": Urgency,
        }
        if name in known and code in set(known[name]):
            listed = "urgency" if name == "urgency" else f"{self.kind}_status"
            return choices(listed, [code])[0].label
        answers = (each for group in country_choices() for each in group.choices)
        return next((each.label for each in answers if each.code == code), str(_("everywhere")))


def _wait_for_index(asked: Asked) -> ResponseReturnValue:
    """Ask the worker for a new index; the page looks again by itself, without a script."""
    session = begin_writing()
    request_rebuild(session)
    session.commit()
    close_request()
    page = render_template("officer/search_waits.html", asked=asked, refresh_every=LOOK_AGAIN)
    return page, HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": str(LOOK_AGAIN)}
