"""Organisations and donors on the officers' desk: how far each is trusted, since when, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.trust import VETTING_REASONS, VettingStage, next_check
from registry.identity.current import current_actor, current_session
from registry.services.accounts.renew_account import list_accounts_of_party
from registry.services.donors.get_donor import get_donor
from registry.services.donors.list_donors import list_donors
from registry.services.needs.list_needs import list_needs
from registry.services.offers.list_offers import list_offers
from registry.services.organisations.freeze_organisation import (
    unfreeze_organisation as open_again,
)
from registry.services.organisations.get_organisation import get_organisation
from registry.services.organisations.list_organisations import list_organisations
from registry.services.paging import ListPage
from registry.services.questions.list_questions import list_questions
from registry.services.vetting.evidence import has_evidence
from registry.services.vetting.get_trust import get_trust
from registry.services.vetting.list_proposals import list_proposals
from registry.services.vetting.list_vetted import list_vetted
from registry.web.choices import choices
from registry.web.lists import page_links
from registry.web.need_readers import ORGANISATION_FIELDS
from registry.web.officer import blueprint
from registry.web.officer_questions import ask_about
from search.codes import Vetting

View = Mapping[str, Any]

DONOR_FIELDS = ("donor_kind", "languages", "state")
MOST_RECORDS = 50


@dataclass(frozen=True, slots=True)
class Party:
    """One kind of party: where its pages are, and which services tell of it."""

    record: str
    get: Callable[..., dict[str, Any]]
    list_all: Callable[..., ListPage]
    list_own: Callable[..., ListPage]
    """Lists its needs or offers, by the filter `<record>_id`."""
    fields: tuple[str, ...]

    @property
    def list_page(self) -> str:
        """The endpoint of its list."""
        return f"officer.{self.record}s"

    def address(self, party_id: str) -> str:
        """Return the address of one party's page."""
        return url_for(f"officer.{self.record}", party_id=party_id)


ORGANISATION = Party(
    "organisation",
    get_organisation,
    list_organisations,
    list_needs,
    tuple(name for name in ORGANISATION_FIELDS if name not in ("vetting", "handle")),
)
DONOR = Party("donor", get_donor, list_donors, list_offers, DONOR_FIELDS)


@blueprint.get("/organisations")
def organisations() -> str:
    """List the organisations, all or those of one level of trust."""
    return _show_list(ORGANISATION)


@blueprint.get("/donors")
def donors() -> str:
    """List the donors, all or those of one level of trust."""
    return _show_list(DONOR)


@blueprint.get("/organisations/<party_id>")
def organisation(party_id: str) -> str:
    """Show one organisation: what it says of itself, its trust, its needs."""
    return _show_party(ORGANISATION, party_id)


@blueprint.get("/donors/<party_id>")
def donor(party_id: str) -> str:
    """Show one donor: what it says of itself, its trust, its offers."""
    return _show_party(DONOR, party_id)


@blueprint.post("/organisations/<party_id>/unfreeze")
def unfreeze_organisation(party_id: str) -> ResponseReturnValue:
    """Open a frozen organisation again."""
    open_again(current_session(), current_actor(), party_id)
    flash(_("It is open again; its needs are matched anew."), "good")
    return redirect(ORGANISATION.address(party_id), code=303)


@blueprint.route("/organisations/<party_id>/ask", methods=["GET", "POST"])
def ask_organisation(party_id: str) -> ResponseReturnValue:
    """Ask an organisation something."""
    return ask_about(
        "organisation", party_id, "organisation", "officer.organisation", party_id=party_id
    )


@blueprint.route("/donors/<party_id>/ask", methods=["GET", "POST"])
def ask_donor(party_id: str) -> ResponseReturnValue:
    """Ask a donor something."""
    return ask_about("donor", party_id, "donor", "officer.donor", party_id=party_id)


def _show_list(party: Party) -> str:
    session, actor = current_session(), current_actor()
    level = request.args.get("vetting", "")
    filters = {"vetting": level} if level in set(Vetting) else {}
    page = party.list_all(session, actor, filters=filters, cursor=request.args.get("cursor"))
    vetted = list_vetted(session, actor, party.record, [each["id"] for each in page.items])
    return render_template(
        "officer/parties.html",
        proposals=_proposals(party),
        party=party,
        parties=page.items,
        vetted=vetted,
        checks={each["id"]: next_check(each["vetting"], vetted[each["id"]]) for each in page.items},
        today=session.today,
        level=filters.get("vetting", ""),
        levels=choices("vetting"),
        pages=page_links(page, party.list_page, **filters),
    )


def _proposals(party: Party) -> list[tuple[str, str, Any]]:
    """Return the address, the pseudonym and the day of what waits for a second officer."""
    session, actor = current_session(), current_actor()
    return [
        (
            party.address(each["party_id"]),
            party.get(session, actor, each["party_id"]).get("handle") or "",
            each["day"],
        )
        for each in list_proposals(session, actor, party.record)
    ]


def _show_party(party: Party, party_id: str) -> str:
    session, actor = current_session(), current_actor()
    view = party.get(session, actor, party_id)
    trust = get_trust(session, actor, party.record, party_id)
    own = party.list_own(
        session, actor, filters={f"{party.record}_id": party_id}, limit=MOST_RECORDS
    )
    return render_template(
        "officer/party.html",
        party=party,
        view=view,
        trust=trust,
        next_check=next_check(trust["vetting"], trust["vetted_on"]),
        today=session.today,
        decisions=[_decision_line(each) for each in trust["decisions"]],
        records=own.items,
        questions=list_questions(session, actor, about=party_id),
        evidence=has_evidence(session, party_id),
        accounts=list_accounts_of_party(session, actor, party.record, party_id),
    )


def _decision_line(decision: View) -> tuple[Any, str, str, str]:
    who = _("you") if decision["by_me"] else _("officer %(id)s", id=decision["by"] or "–")
    reason = _(VETTING_REASONS[decision["reason_code"]])
    note = " · ".join(text for text in (str(reason), decision["note"] or "") if text)
    level = str(choices("vetting", [decision["vetting"]])[0].label)
    said = {
        VettingStage.PROPOSED: _("Proposed: %(level)s", level=level),
        VettingStage.DROPPED: _("Taken off: %(level)s", level=level),
        VettingStage.DECIDED: level,
    }
    return decision["day"], str(who), str(said[decision["stage"]]), note
