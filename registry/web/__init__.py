"""The pages: HTML over the same services that the API uses."""

from pathlib import Path

from flask import Flask

from registry.config import Settings
from registry.web.front import blueprint as front_pages
from registry.web.home import blueprint as home_page
from registry.web.look import init_look
from registry.web.registration import blueprint as registration_pages

ROOT = Path(__file__).parent.parent.parent
"""The folder of the project, which holds `templates`."""

JOURNEYS = (front_pages, registration_pages, home_page)
"""One blueprint per journey; a new one is added here and its routes to the policy table."""


def init_web(app: Flask, settings: Settings) -> None:
    """Plug the look and all journeys into the application."""
    init_look(
        app,
        leave_url=settings.leave_url,
        development=settings.development,
        csrf=app.extensions.get("csrf"),
    )
    for journey in JOURNEYS:
        app.register_blueprint(journey)
