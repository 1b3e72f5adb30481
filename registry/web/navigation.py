"""Where each role can go, where a person is, and what waits for them.

A journey adds its pages to `LINKS`; a link whose page does not exist yet is left out.
What waits is counted by whoever knows: `count_waiting_with` plugs the counter in.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app, request, url_for
from flask_login import current_user

from registry.domain.msgid import N_
from registry.domain.roles import Role


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the navigation: the endpoint it leads to and its English msgid."""

    endpoint: str
    label: str


VISITOR = "visitor"

OFFICERS = (
    Link("officer.queue", N_("Queue")),
    Link("officer.organisations", N_("Organisations")),
    Link("officer.donors", N_("Donors")),
    Link("officer.search", N_("Search")),
    Link("officer.rules", N_("Rules")),
)
"""An admin is an officer as well."""

LINKS: dict[str, tuple[Link, ...]] = {
    VISITOR: (
        Link("front.start", N_("Start")),
        Link("front.public_offers", N_("Help offered")),
        Link("check.what_fits", N_("What fits")),
        Link("front.statistics", N_("Figures")),
    ),
    Role.ORGANISATION: (
        Link("organisation.home", N_("Home")),
        Link("organisation.needs", N_("What you need")),
        Link("organisation.matches", N_("Help offered to you")),
        Link("organisation.profile", N_("About you")),
    ),
    Role.DONOR: (
        Link("donor.home", N_("Home")),
        Link("donor.offers", N_("Your offers")),
        Link("donor.matches", N_("Needs shown to you")),
        Link("donor.profile", N_("About you")),
    ),
    Role.OFFICER: OFFICERS,
    Role.PARTNER: (Link("partner.keys", N_("Keys")),),
    Role.AUDITOR: (Link("auditor.trail", N_("Trail")),),
    Role.ADMIN: (
        *OFFICERS,
        Link("admin.accounts", N_("Accounts")),
        Link("auditor.trail", N_("Trail")),
    ),
}
"""Role -> its entries in order; the first is the role's home."""

SIGN_IN = "security.login"
SIGN_OUT = "security.logout"
ACCOUNT = "account.page"


@dataclass(frozen=True, slots=True)
class Entry:
    """A link as the base page draws it; `label` is still an English msgid."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Navigation:
    """What the base page shows of where one can go. Addresses are empty where there is no page."""

    role: str
    links: tuple[Entry, ...]
    home: str
    sign_in: str
    sign_out: str
    account: str
    waiting: int | None

    @property
    def signed_in(self) -> bool:
        return self.role != VISITOR


def build_navigation() -> Navigation:
    """Make the navigation of this request."""
    role = _role()
    links = tuple(_entry(link) for link in LINKS.get(role, ()) if _exists(link.endpoint))
    return Navigation(
        role=role,
        links=links,
        home=links[0].href if links else "/",
        sign_in=_address(SIGN_IN),
        sign_out=_address(SIGN_OUT),
        account=_address(ACCOUNT),
        waiting=_count_waiting(role),
    )


def count_waiting_with(app: Flask, counter: Callable[[], int | None]) -> None:
    """Plug in what counts the things that wait for the person who is signed in."""
    app.extensions["registry_waiting"] = counter


def _count_waiting(role: str) -> int | None:
    counter: Callable[[], int | None] | None = current_app.extensions.get("registry_waiting")
    return counter() if counter and role != VISITOR else None


def _role() -> str:
    """Return the role of whoever is signed in, by Flask-Login; visitors have none."""
    if not hasattr(current_app, "login_manager") or not current_user.is_authenticated:
        return VISITOR
    return str(current_user.role)


def _exists(endpoint: str) -> bool:
    return endpoint in current_app.view_functions


def _address(endpoint: str) -> str:
    return url_for(endpoint) if _exists(endpoint) else ""


def _entry(link: Link) -> Entry:
    href = url_for(link.endpoint)
    return Entry(label=link.label, href=href, current=request.endpoint == link.endpoint)


def init_navigation(app: Flask) -> None:
    """Give every page `navigation`."""
    app.context_processor(lambda: {"navigation": build_navigation()})
