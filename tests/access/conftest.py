"""One world for all tests of the module: what a request does to it is not kept."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from jinja2 import BytecodeCache

from registry.app import create_app_from, transactions
from registry.app.parts import Parts
from registry.identity.current import end_request
from registry.privacy.key_store import KeyStore
from registry.privacy.master_key import read_master_key
from registry.privacy.vault import Vault
from registry.storage.database import Database
from search.index.memory import memory_index
from tests.access.world import World, build_world
from tests.conftest import Calendar, settings_in
from tests.factories.base import creating_in


@pytest.fixture(scope="module")
def parts(template_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    folder = tmp_path_factory.mktemp("access") / "registry"
    copytree(template_folder, folder)
    settings = settings_in(folder)
    vault = Vault(KeyStore(settings.key_store_file, read_master_key(settings)))
    index = memory_index(vault.keys.purpose_key("index"))
    database = Database(settings, vault, index, Calendar())
    yield Parts(settings, vault, database, index)
    database.engine.dispose()


@pytest.fixture(scope="module")
def world(parts: Parts, compiled_templates: BytecodeCache) -> Iterator[World]:
    app = create_app_from(parts)
    app.jinja_env.bytecode_cache = compiled_templates
    app.config["TESTING"] = True
    with parts.database.open_session(writes=True) as session:
        session.expire_on_commit = False
        with creating_in(session):
            built = build_world(session, app)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transactions, "end_request", lambda *, keep: end_request(keep=False))
        patch.setattr(KeyStore, "begin_leaving", lambda *_: None)
        yield built
