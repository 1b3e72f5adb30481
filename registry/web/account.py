"""How somebody signs in: what there is besides the passphrase, and who else has a key."""

from flask import Blueprint, render_template

from registry.identity.current import current_account, current_session
from registry.identity.second_factor import count_spare_codes

blueprint = Blueprint("account", __name__, url_prefix="/your-sign-in")


@blueprint.get("/")
def page() -> str:
    """Show how the account is locked, and what can be changed about it."""
    account = current_account()
    return render_template(
        "account/page.html",
        account=account,
        spare_left=count_spare_codes(current_session().vault, account),
    )
