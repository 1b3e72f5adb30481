"""One served registry and one browser for all journeys; each person has a context of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import Browser

from registry.domain.roles import Role
from tests.browser.chromium import MISSING, find_chromium
from tests.browser.served import Served, serve
from tests.browser.visitor import Visitor

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = find_chromium() is None
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if missing:
                item.add_marker(pytest.mark.skip(reason=MISSING))


@pytest.fixture(scope="session")
def served(template_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served") / "registry"
    copytree(template_folder, folder)
    with serve(folder) as served:
        yield served


@pytest.fixture
def visit(chromium: Browser, served: Served) -> Iterator[Callable[..., Visitor]]:
    """Sit somebody at a browser of their own; at the end, look at what all of them were sent."""
    visitors: list[Visitor] = []

    def make(language: str = "en", width: int = 1280) -> Visitor:
        visitors.append(Visitor.at(chromium, served.address, language, width))
        return visitors[-1]

    yield make
    for visitor in visitors:
        visitor.leave()
    for visitor in visitors:
        assert visitor.strayed == [], "requests left the origin"
        assert visitor.complaints == [], "the browser refused something"
        assert visitor.broken == [], "a page answered with a server error"


@pytest.fixture
def sign_in(visit: Callable[..., Visitor], served: Served) -> Callable[..., Visitor]:
    """Sit somebody down who signs in by typing: an account made for a role, or one made before."""

    def make(role: Role, *, language: str = "en", width: int = 1280, **party: str) -> Visitor:
        _, secret = served.make_account(role, **party)
        return visit(language, width).sign_in(secret)

    return make
