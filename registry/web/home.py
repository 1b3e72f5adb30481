"""After signing in: to the first page of the role."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from registry.web.navigation import build_navigation
from registry.web.sending_once import kept_to_show

blueprint = Blueprint("home", __name__)


@blueprint.get("/home")
def home() -> ResponseReturnValue:
    """Lead to the role's own first page; to a secret that was not written down yet before it."""
    if kept_to_show("registration") is not None:
        return redirect(url_for("registration.secret"))
    return redirect(build_navigation().home)
