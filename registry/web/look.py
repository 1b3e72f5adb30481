"""What every page has in common, plugged into the application by one call."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from registry.web import language
from registry.web.assets import init_assets
from registry.web.carrying import typed_again
from registry.web.choices import init_choices
from registry.web.described import init_described
from registry.web.field_names import init_field_names
from registry.web.formats import init_formats
from registry.web.headers import init_headers
from registry.web.navigation import init_navigation


def init_look(app: Flask, *, leave_url: str, development: bool, csrf: CSRFProtect | None) -> None:
    """Give the application its languages, files, filters, navigation, headers and error pages.

    Args:
        app: made with the folder `templates` and without a static folder of its own.
        leave_url: the neutral page that "leave this site" leads to.
        development: say on every page that this is for trying out only.
        csrf: lets a visitor choose a language without a cookie being set first.
    """
    app.config.update(LEAVE_URL=leave_url, DEVELOPMENT=development)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    for init in (
        init_assets,
        init_choices,
        init_formats,
        init_headers,
        init_field_names,
        init_described,
    ):
        init(app)
    app.jinja_env.globals["typed_again"] = typed_again
    language.init_languages(app)
    init_navigation(app)
    if csrf is not None:
        csrf.exempt(language.blueprint)
    app.context_processor(lambda: {"leave_url": leave_url, "development": development})
