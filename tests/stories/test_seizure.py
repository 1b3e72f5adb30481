"""Everything that lies on the disk is taken: no planted text is in it, also of what was deleted.

Planted in every guarded and sealed field; journeys are gone, with deletions. Then the files are
searched: database, log of the database, index, key store, backups, whatever else lies there.
"""

import base64
import gzip
import io
import json
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyrage
import pytest
from sqlmodel import select

from registry.app.parts import Parts, open_parts
from registry.config import Settings
from registry.domain.errors import KeyGoneError
from registry.domain.trust import VettingReason
from registry.identity.actor import Actor
from registry.jobs.by_hand import drain_all
from registry.privacy.vault import Vault
from registry.services.backups.copy_keys import copy_keys
from registry.services.backups.create_backup import create_backup
from registry.services.backups.restore_backup import restore_backup
from registry.services.matches.award_match import award_match
from registry.services.matches.note_match import note_match
from registry.services.organisations.delete_organisation import delete_organisation
from registry.services.programmes.add_programme import add_programme
from registry.services.programmes.save_programme import save_programme
from registry.services.questions.answer_question import answer_question
from registry.services.questions.ask_question import ask_question
from registry.services.vetting.set_vetting import set_vetting
from registry.storage.database import RegistrySession
from registry.storage.guarded_rows import guarded_tables
from registry.storage.needs import Need
from registry.storage.organisations import Organisation
from search.codes import MatchState, Vetting
from search.money import Money
from tests.factories.accounts import unlock_in
from tests.factories.matches import Pair, bring_to, make_pair
from tests.person import Person
from tests.stories.seized import CONTROL, SEALED_WORDS, WORDS, Planting, find_in, holds_planted

PAIRS = 20
AT_LEAST = 200
"""Texts that are planted."""

NO_WORDS = {
    "account.second_factor": "the secret that an app shares",
    "donor.coded": "codes alone",
    "donor.intermediary": "the handle of another party",
    "envelope.body": "what was sealed before: looked for by words of its own",
    "match.evidence": "codes and numbers",
    "match_change.what": "codes and numbers",
    "need.coded": "codes alone",
    "offer.coded": "codes alone",
    "organisation.coded": "codes alone",
    "question.rule_question": "a code",
    "reach.counts": "numbers",
    "snapshot.counted": "numbers",
    "withheld.questions": "codes alone",
}
"""Guarded columns in which nobody can write a word, and why."""


@pytest.fixture
def parts(settings: Settings, calendar: Any) -> Iterator[Parts]:
    """Open everything as it is served: with the index on the disk."""
    opened = open_parts(settings, calendar)
    yield opened
    opened.database.engine.dispose()


@dataclass
class World:
    """What was planted, and where, and who can sit down at a browser."""

    person_of: Callable[[Actor], Person]
    planting: Planting = field(default_factory=Planting)
    filled: set[str] = field(default_factory=set)
    """`table.field` of every guarded column that a planted text was written into."""

    def party(self, *names: str) -> dict[str, str]:
        return {name: self.planting.text() for name in names}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, person_of: Callable[[Actor], Person]) -> World:
    made = World(person_of)
    write = Vault.write

    def note(self: Vault, row: Any, name: str, text: str | None) -> None:
        if text and holds_planted(text.encode()):
            made.filled.add(f"{row.__tablename__}.{name}")
        write(self, row, name, text)

    monkeypatch.setattr(Vault, "write", note)
    return made


def plant_pairs(world: World) -> list[Pair]:
    return [
        make_pair(
            organisation=world.party("external_id", "handle"),
            need=world.party("external_id", "title", "summary", "situation"),
            donor=world.party("external_id", "handle"),
            offer=world.party("external_id", "title", "summary"),
        )
        for _ in range(PAIRS)
    ]


def plant_on_the_way(session: RegistrySession, officer: Actor, pair: Pair, world: World) -> None:
    """Bring a pairing to its award, with everything that people write on the way."""
    text = world.planting.text
    note_match(session, officer, pair.id, note=text())
    asked = ask_question(session, officer, "match", pair.id, to_role="organisation", text=text())
    answer_question(session, pair.holder, asked["id"], text())
    bring_to(session, pair, officer, MatchState.INTRODUCED)
    amount = Money(100_000, "EUR")
    award_match(session, officer, pair.id, amount=amount, conditions=text(), note=text())
    programme = add_programme(session, officer, name=text())
    save_programme(
        session,
        officer,
        programme["id"],
        left_out=["language_accepted"],
        weights=programme["weights"],
        reason=text(),
        version=programme["version"],
    )
    session.commit()


def seal_everything(session: RegistrySession, pair: Pair, world: World) -> None:
    for actor, home, kinds in (
        (pair.holder, "/o", ("contact", "legal_name", "payout")),
        (pair.giver, "/d", ("contact", "legal_name")),
    ):
        person = world.person_of(actor)
        unlock_in(session, person.client, actor.account_id)
        for kind in kinds:
            text = world.planting.text(SEALED_WORDS)
            person.open(f"{home}/about/sealed/{kind}").send("Seal it", {"text": text})
            assert text in person.source


def open_everything(session: RegistrySession) -> dict[str, list[str]]:
    """Return per guarded column what the server can read with its keys."""
    found: dict[str, list[str]] = {}
    for model, names in guarded_tables():
        for row in session.exec(select(model)).all():
            for name in names:
                with suppress(KeyGoneError):
                    text = session.vault.read(row, name) or ""
                    found.setdefault(f"{model.__tablename__}.{name}", []).append(text)
                    found[f"{model.__tablename__}.{name}"].append(_from_base64(text))
    return found


def _from_base64(text: str) -> str:
    with suppress(ValueError):
        return base64.b64decode(text, validate=True).decode("utf-8", "ignore")
    return ""


def has(texts: Iterable[str], words: Sequence[str]) -> bool:
    return holds_planted("\n".join(texts).encode(), words)


def test_the_search_finds_a_plain_text_in_every_shape(tmp_path: Path) -> None:
    plain = CONTROL.encode()
    shapes = {
        "plain": b"x" * 100 + plain,
        "utf-16": b"x" + CONTROL.encode("utf-16-le"),
        "hex": plain.hex().upper().encode(),
        "base64": b"ab" + base64.b64encode(b"x" + plain),
        "zipped": b"head" + gzip.compress(plain),
        "json": json.dumps({"title": WORDS[1].upper()}).encode(),
        "nfd": unicodedata.normalize("NFD", SEALED_WORDS[2]).encode(),
    }
    for name, content in shapes.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "empty").write_bytes(b"nothing of it")
    assert find_in(tmp_path) == sorted(shapes)


def test_whoever_takes_the_disk_finds_no_word(
    world: World,
    parts: Parts,
    session: RegistrySession,
    officer: Actor,
    tmp_path: Path,
) -> None:
    met, leaving, suspended = plant_pairs(world)[:3]
    plant_on_the_way(session, officer, met, world)
    seal_everything(session, met, world)
    set_vetting(
        session,
        officer,
        "organisation",
        suspended.organisation.id,
        vetting=Vetting.SUSPENDED,
        reason=VettingReason.DOUBTS_RAISED,
        note=world.planting.text(),
    )
    session.commit()
    drain_all(parts.database)
    assert world.planting.made >= AT_LEAST
    columns = {
        f"{model.__tablename__}.{name}" for model, names in guarded_tables() for name in names
    }
    assert columns - world.filled == set(NO_WORDS)

    # A backup is made; after it an organisation deletes itself.
    offline = pyrage.x25519.Identity.generate()
    backup = io.BytesIO()
    create_backup(parts.database, str(offline.to_public()), backup)
    gone = [leaving.need.id, leaving.organisation.id]
    delete_organisation(session, leaving.holder, leaving.organisation.id)
    session.commit()
    drain_all(parts.database)

    # The disk is taken while the service runs, with the backup and the copy of the key store.
    seized = tmp_path / "seized"
    shutil.copytree(parts.settings.data_dir, seized)
    (seized / "backup.age").write_bytes(backup.getvalue())
    copy_keys(parts.settings, seized / "keys-copy.db")
    assert {path.suffix for path in seized.rglob("*")} >= {".db", ".seg", ".toc", ".age"}
    assert find_in(seized) == []
    (seized / "notes.txt").write_text(CONTROL)
    assert find_in(seized) == ["notes.txt"]

    # With the master key in hand the guarded texts are there, and not one that was sealed.
    with parts.database.reading() as reading:
        opened = open_everything(reading)
    assert has(opened["need.title"], WORDS)
    assert not has((text for texts in opened.values() for text in texts), SEALED_WORDS)

    # The backup from before comes back without the one that left.
    restored = restore_backup(parts.database, io.BytesIO(backup.getvalue()), str(offline))
    assert restored.dropped == 1
    with parts.database.reading() as reading:
        assert reading.get(Need, gone[0]) is None
        assert reading.get(Organisation, gone[1]) is None
        left = open_everything(reading)
    assert len(left["need.title"]) < len(opened["need.title"]) + 2
    assert find_in(parts.settings.data_dir) == []
