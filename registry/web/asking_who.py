"""Where somebody is led who has to sign in first, or to say once more who is there.

A form that was sent too late is answered with the page itself, which carries what was typed.
"""

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from registry.domain.errors import ProofNeededError, SetUpNeededError
from registry.identity.proof import pending_account_id
from registry.identity.sign_in import SignInForm
from registry.web.carrying import carry_sent_form
from registry.web.language import page_to_return_to


def ask_who_is_there(error: Exception) -> ResponseReturnValue:
    """Answer a request that needs somebody signed in, a second factor or a fresh proof."""
    to = page_to_return_to()
    if isinstance(error, SetUpNeededError):
        return redirect(url_for("second_factor.set_up", next=to), code=303)
    if isinstance(error, ProofNeededError):
        return _ask("second_factor.prove", "second_factor/prove.html", to)
    if pending_account_id(session):
        return _ask("second_factor.enter", "second_factor/enter.html", to)
    return _ask("security.login", "security/login_user.html", to)


def _ask(endpoint: str, template: str, to: str) -> ResponseReturnValue:
    if not carry_sent_form():
        return redirect(url_for(endpoint, next=to), code=303)
    form = SignInForm(formdata=None)
    form.next.data = to
    page = render_template(
        template,
        problem=False,
        next=to,
        login_user_form=form,
        wants_code=getattr(current_user, "second_factor", None) is not None,
    )
    return page, 401
