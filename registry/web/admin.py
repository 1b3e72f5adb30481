"""The admin's pages: who signs in, with which role; new accounts and closed ones."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema

from registry.domain.errors import NotAllowedError
from registry.domain.msgid import N_
from registry.domain.roles import Role
from registry.identity.accounts import prepare_secret
from registry.identity.current import (
    begin_writing,
    close_request,
    current_actor,
    current_session,
)
from registry.schemas.plain import Code
from registry.schemas.record import InputSchema
from registry.services.accounts.add_account import HOUSE_ROLES, add_account
from registry.services.accounts.close_account import close_account, find_account_to_close
from registry.services.accounts.list_accounts import list_accounts
from registry.services.matches.write_review import short_of
from registry.web.choices import Choice
from registry.web.editing import status_of
from registry.web.form import Form
from registry.web.language import OWN_NAMES, page_language
from registry.web.lists import page_links
from registry.web.sending_once import (
    answer_done_before,
    forget_shown,
    form_word,
    kept_to_show,
    make_and_keep,
)
from search.codes import PAGE_LANGUAGES

blueprint = Blueprint("admin", __name__, url_prefix="/accounts")

ROLE_WORDS: dict[Role, tuple[str, str]] = {
    Role.OFFICER: (
        N_("Officer"),
        N_("Reviews pairings, reads texts of needs one by one, decides on trust."),
    ),
    Role.PARTNER: (N_("Partner"), N_("Makes API keys for its own programmes.")),
    Role.AUDITOR: (N_("Auditor"), N_("Reads the trail of what was done; no text, no name.")),
    Role.ADMIN: (
        N_("Admin"),
        N_("Everything an officer does, and the accounts. Give it to as few as you can."),
    ),
    Role.ORGANISATION: (N_("Organisation"), ""),
    Role.DONOR: (N_("Donor"), ""),
}
"""Role -> English msgids: its name, and what it may do where an admin can give it."""


@blueprint.get("/")
def accounts() -> str:
    """List the accounts, all or those of one role."""
    asked = request.args.get("role", "")
    role = asked if asked in set(Role) else None
    page = list_accounts(
        current_session(), current_actor(), role=role, cursor=request.args.get("cursor")
    )
    return render_template(
        "admin/accounts.html",
        accounts=page.items,
        role=role,
        role_words=ROLE_WORDS,
        languages=OWN_NAMES,
        pages=page_links(page, "admin.accounts", role=role),
    )


@blueprint.route("/new", methods=["GET", "POST"])
def new_account() -> ResponseReturnValue:
    """Make an account; its secrets are shown on the next page, once."""
    typed = request.form if request.method == "POST" else None
    first = {"language": page_language()}
    form = Form(
        _schema(), typed, first, labels={"role": _("Role"), "language": _("Language of its words")}
    )
    wanted = form.load() if typed is not None else None
    if wanted is not None:
        return _answer_wanted(wanted)
    page = render_template(
        "admin/new_account.html",
        form=form,
        roles=_roles(),
        languages=_languages(),
        once=form_word(),
    )
    return page, status_of(form)


@blueprint.route("/new/shown", methods=["GET", "POST"])
def shown_account() -> ResponseReturnValue:
    """Show a new account's secret until it is said to be handed over; then never again."""
    if request.method == "POST":
        forget_shown("account")
    kept = kept_to_show("account")
    if kept is None:
        return redirect(url_for("admin.accounts"), code=303)
    return render_template("admin/shown_account.html", secret=kept)


@blueprint.route("/<account_id>/close", methods=["GET", "POST"])
def close(account_id: str) -> ResponseReturnValue:
    """Ask whether an account is to be closed; then close it for good."""
    session, actor = current_session(), current_actor()
    account, may_close = find_account_to_close(session, actor, account_id)
    if not may_close:
        raise NotAllowedError
    if request.method == "POST":
        close_account(session, actor, account_id)
        flash(_("The account is closed: nobody signs in with it any more."), "good")
        return redirect(url_for("admin.accounts"), code=303)
    return render_template("confirm.html", **_question(account.id, Role(account.role)))


def _question(account_id: str, role: Role) -> dict[str, Any]:
    return {
        "title": _("Close this account?"),
        "sentence": _(
            "%(role)s, account %(id)s.", role=_(ROLE_WORDS[role][0]), id=short_of(account_id)
        ),
        "follows": [
            _("Whoever is signed in with it is signed out at once, and its keys open nothing."),
            _("It cannot be opened again; a new one can be made."),
            _("What was done with it stays in the history and in the trail."),
        ],
        "yes": _("Yes, close it"),
        "no_href": url_for("admin.accounts"),
        "danger": True,
    }


def _answer_wanted(wanted: dict[str, Any]) -> ResponseReturnValue:
    """Make the account and lead to where its secret is shown."""
    actor, role, language = current_actor(), Role(wanted["role"]), wanted.get("language", "en")
    close_request()  # lets go of the write lock: hashing is slow on purpose
    prepared = prepare_secret(language)

    def make() -> dict[str, str]:
        new = add_account(begun, actor, role=role, language=language, prepared=prepared)
        return {**asdict(new), "role": str(role)}

    begun = begin_writing()
    if make_and_keep("account", make) is None:
        return answer_done_before("account")
    return redirect(url_for("admin.shown_account"), code=303)


def _schema() -> Schema:
    fields = {"role": Code(HOUSE_ROLES, required=True), "language": Code(PAGE_LANGUAGES)}
    return InputSchema.from_dict(fields)()  # type: ignore[arg-type]


def _roles() -> list[Choice]:
    return [
        Choice(str(role), _(ROLE_WORDS[role][0]), _(ROLE_WORDS[role][1])) for role in HOUSE_ROLES
    ]


def _languages() -> list[Choice]:
    return [Choice(code, OWN_NAMES[code]) for code in PAGE_LANGUAGES]
