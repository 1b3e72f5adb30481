"""Contact, legal name and payout: written and read back by their owner, given on a pairing."""

from http import HTTPStatus
from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain import labels
from registry.domain.errors import ConflictError, NotFoundError
from registry.identity.current import current_actor, current_session
from registry.identity.proof import is_fresh
from registry.identity.unlocking import unlocked_key
from registry.schemas.envelope import EnvelopeSchema
from registry.services.envelopes.give_envelope import give_envelope, take_back_envelope
from registry.services.envelopes.own_envelopes import list_own_envelopes, write_own_envelope
from registry.services.envelopes.view_exchange import view_exchange
from registry.web.editing import read_version, status_of
from registry.web.form import Form
from registry.web.side import Side

Line = dict[str, Any]


def own_lines() -> list[Line]:
    """Return what the signed-in party has sealed, with the texts where they may be shown now."""
    return list_own_envelopes(current_session(), current_actor(), _reading_key())


def where_to_prove() -> str:
    """Return where to say once more who is there, if nothing but that is missing to read."""
    if unlocked_key(session) is None or is_fresh(session):
        return ""
    return url_for("second_factor.prove", next=request.path)


def write(side: Side, kind: str) -> ResponseReturnValue:
    """Show one envelope to its owner, or seal what was typed in its place."""
    line = next((each for each in own_lines() if each["kind"] == kind), None)
    if line is None:
        raise NotFoundError
    typed = request.form if request.method == "POST" else None
    name = str(_(labels.label("envelope", kind)))
    form = Form(EnvelopeSchema(), typed, {"text": line["text"]}, labels={"text": name})
    overtaken = False
    if typed is not None:
        sealed = form.load(partial=True)
        overtaken = sealed is not None and not _is_sealed(kind, sealed["text"], line)
        if sealed is not None and not overtaken:
            flash(_("It is sealed.") if sealed["text"] else _("It is taken away."), "good")
            return redirect(side.address("profile"), code=303)
    page = render_template(
        "shared/sealed.html",
        form=form,
        line=line,
        overtaken=overtaken,
        unlocked=unlocked_key(session) is not None,
        home=side.address("home"),
        profile=side.address("profile"),
    )
    return page, HTTPStatus.CONFLICT if overtaken else status_of(form)


def exchange_of(match_id: str) -> dict[str, Any]:
    """Return what the two sides let each other read, and `prove`; see `view_exchange`."""
    view = view_exchange(current_session(), current_actor(), match_id, _reading_key())
    return view | {"prove": where_to_prove()}


def give_chosen(match_id: str) -> None:
    """Give what was ticked on the page of a yes."""
    for kind in dict.fromkeys(request.form.getlist("give")):
        give_envelope(current_session(), current_actor(), match_id, kind, unlocked_key(session))


def give(side: Side, match_id: str, kind: str) -> ResponseReturnValue:
    """Ask whether the other side is to read one envelope; then give it."""
    line = _line_here(match_id, kind)
    if request.method == "POST":
        private = unlocked_key(session)
        give_envelope(current_session(), current_actor(), match_id, kind, private)
        flash(_("They can read it now."), "good")
        return redirect(side.address("match", match_id=match_id), code=303)
    follows = [
        _("Whoever signs in for the other side reads it on the page of this pairing only."),
        _("If you write it anew later, they read the new text too."),
        _("You can take it back; what was read or copied by then cannot be taken back."),
    ]
    title = _("Let them read it: %(what)s", what=_name(line))
    return _question(side, match_id, title, follows, _("Yes, let them read it"))


def take_back(side: Side, match_id: str, kind: str) -> ResponseReturnValue:
    """Ask whether the other side is to read an envelope no more; then take it back."""
    line = _line_here(match_id, kind)
    if request.method == "POST":
        take_back_envelope(current_session(), current_actor(), match_id, kind)
        flash(_("It is taken back: they cannot read it here any more."), "good")
        return redirect(side.address("match", match_id=match_id), code=303)
    follows = [
        _("From now on they cannot open it here."),
        _("What was read or copied before cannot be taken back."),
    ]
    title = _("Take it back: %(what)s", what=_name(line))
    return _question(side, match_id, title, follows, _("Yes, take it back"))


def _reading_key() -> bytes | None:
    """Return the key with which a page may show what is sealed: of whoever proved to be there."""
    return unlocked_key(session) if is_fresh(session) else None


def _is_sealed(kind: str, text: str | None, line: Line) -> bool:
    """Seal what was typed; False where somebody else wrote it meanwhile."""
    try:
        write_own_envelope(current_session(), current_actor(), kind, text, read_version())
    except ConflictError:
        return text is not None and text == line["text"]
    return True


def _line_here(match_id: str, kind: str) -> Line:
    """Return what there is to give on a pairing; nothing is where nothing was written."""
    for line in exchange_of(match_id)["mine"]:
        if line["kind"] == kind and line["written"]:
            return dict(line)
    raise NotFoundError


def _name(line: Line) -> str:
    return str(_(labels.label("envelope", line["kind"])))


def _question(side: Side, match_id: str, title: str, follows: list[str], yes: str) -> str:
    return render_template(
        "confirm.html",
        title=title,
        sentence=_("Each of them is given and taken back by itself."),
        follows=follows,
        yes=yes,
        no_href=side.address("match", match_id=match_id),
    )
