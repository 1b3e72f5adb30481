"""The catalogue of rules in plain sentences, made from the rules' own declarations."""

from flask import render_template

from registry.identity.current import current_session
from registry.services.rules.describe_rule import describe_rules
from registry.web.language import page_language
from registry.web.officer import blueprint


@blueprint.get("/rules")
def rules() -> str:
    """Show every rule: what it looks at, whom it protects, what it can say."""
    return render_template(
        "officer/catalogue.html",
        rules=describe_rules(page_language(), current_session().today),
    )
