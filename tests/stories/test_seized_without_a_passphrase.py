"""Whoever has the disk, the key store and the master key, but no passphrase, opens no envelope.

The attacker tries whatever lies there, as it is and decrypted as the server would, as a key and
as a passphrase. That it is no straw man is shown by giving it one passphrase: then it opens what
that account may read, and no more.
"""

import base64
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import closing, suppress

import pytest
from flask import Flask
from sqlmodel import select

from registry.app.parts import Parts
from registry.domain.roles import Role
from registry.identity.accounts import NewSecret, create_account
from registry.identity.actor import HOUSE
from registry.identity.passphrases import normal_secret
from registry.identity.second_factor import needs_set_up
from registry.identity.unlocking import keep_unlocked, unlock
from registry.privacy.account_keys import unwrap_key
from registry.privacy.envelopes import open_key, open_text
from registry.privacy.key_store import KeyStore
from registry.storage.accounts import Account
from registry.storage.database import RegistrySession
from registry.storage.envelopes import AccountKey, Envelope
from registry.storage.tables import metadata
from search.codes import MatchState
from tests.conftest import MASTER_KEY
from tests.factories.accounts import give_second_factor
from tests.factories.matches import bring_to, make_pair
from tests.person import Person

SEALED = {
    "/o/about/sealed/contact": "Ask for Ales at the red door",
    "/o/about/sealed/legal_name": "Таварыства «Чырвоныя дзверы»",
    "/o/about/sealed/payout": "PL61 1090 1014 0000 0712 1981 2874",
    "/d/about/sealed/contact": "Maryja at the front desk",
    "/d/about/sealed/legal_name": "Lighthouse Trust",
}
KEY_BYTES = 32


@pytest.fixture
def secrets(
    app: Flask, session: RegistrySession, person_of: Callable[[Account], Person]
) -> dict[Role, NewSecret]:
    """Let both sides sit signed in, seal all they can, and give each other their contact."""
    pair = make_pair()
    bring_to(session, pair, HOUSE, MatchState.INTRODUCED)
    sides = (
        (Role.ORGANISATION, {"organisation_id": pair.organisation.id}, "/o", "help"),
        (Role.DONOR, {"donor_id": pair.donor.id}, "/d", "needs"),
    )
    made, people = {}, {}
    for role, party, home, _ in sides:
        with app.app_context():
            account, made[role] = create_account(session, role, **party)
        if needs_set_up(account):
            give_second_factor(session, account)
        wrapped = session.get_one(AccountKey, account.id).by_passphrase
        people[home] = person_of(account)
        private = unlock(wrapped, made[role].passphrase)
        with people[home].client.session_transaction() as browser:
            keep_unlocked(browser, account, private)
    for address, text in SEALED.items():
        people[address[:2]].open(address).send("Seal it", {"text": text})
    for _, _, home, way in sides:
        people[home].open(f"{home}/{way}/{pair.id}/give/contact").send("Yes, let them read it")
        assert people[home].sees("Contact: they can read it")
    return made


class Attacker:
    """Has everything that the machine keeps, the master key too; and perhaps a passphrase."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        keys = KeyStore(parts.settings.key_store_file, bytes.fromhex(MASTER_KEY))
        self.loot: set[bytes] = {bytes.fromhex(MASTER_KEY)}
        for owner in keys.owners():
            self.loot.add(keys.newest_key(owner)[1])
        path = parts.settings.data_dir / "registry.db"
        with closing(sqlite3.connect(path)) as database:
            self.rows = {
                table.name: database.execute(f"SELECT * FROM '{table.name}'").fetchall()
                for table in metadata.tables.values()
            }
        values = {value for rows in self.rows.values() for row in rows for value in row}
        for value in values:
            self.loot |= set(_shapes(value))

    def find(self, private_keys: Collection[bytes] = ()) -> set[str]:
        """Return the sealed texts that open with anything there is."""
        privates = {each for each in self.loot if len(each) == KEY_BYTES}.union(private_keys)
        sealed = [row[-1] for row in self.rows["envelope_key"]]
        contents = {
            key for each in sealed for private in privates if (key := open_key(each, private))
        }
        keys = contents | {each for each in self.loot if len(each) == KEY_BYTES}
        found = set()
        with self.parts.database.reading() as session:
            for envelope in session.exec(select(Envelope)):
                body = base64.b64decode(session.vault.read(envelope, "body") or "")
                found |= {text for key in keys if (text := open_text(body, envelope.bound, key))}
        return found

    def private_keys(self, passphrases: set[str]) -> set[bytes]:
        """Return the private keys that these secrets unwrap."""
        return {
            private
            for _, _, by_passphrase, by_recovery in self.rows["account_key"]
            for secret in passphrases
            for wrapped, under in ((by_passphrase, "passphrase"), (by_recovery, "recovery code"))
            if (private := unwrap_key(wrapped, secret, under))
        }


def _shapes(value: object) -> Iterator[bytes]:
    """Yield a value as it is, decoded, hex read, and its first and last 32 bytes."""
    if isinstance(value, str):
        value = value.encode()
    if not isinstance(value, bytes):
        return
    shapes = [value]
    with suppress(UnicodeDecodeError, ValueError):
        shapes.append(bytes.fromhex(value.decode()))
    for shape in shapes:
        yield shape
        yield shape[:KEY_BYTES]
        yield shape[-KEY_BYTES:]


def test_all_that_is_there_and_the_master_key_open_nothing(
    secrets: dict[Role, NewSecret], parts: Parts
) -> None:
    attacker = Attacker(parts)
    as_secrets = {each.decode(errors="replace") for each in attacker.loot}
    as_secrets |= {each.hex() for each in attacker.loot}
    assert attacker.private_keys(as_secrets) == set()
    assert attacker.find() == set()
    everything = b"\0".join(
        file.read_bytes() for file in parts.settings.data_dir.rglob("*") if file.is_file()
    )
    for text in SEALED.values():
        assert text.encode() not in everything


def test_what_the_server_reads_back_holds_no_sealed_text(
    secrets: dict[Role, NewSecret], rows: Callable
) -> None:
    with rows() as session:
        for envelope in session.exec(select(Envelope)):
            read_back = base64.b64decode(session.vault.read(envelope, "body") or "")
            assert not any(text.encode() in read_back for text in SEALED.values())


def test_one_passphrase_opens_what_its_account_may_read_and_no_more(
    secrets: dict[Role, NewSecret], parts: Parts
) -> None:
    attacker = Attacker(parts)
    own = {home: {SEALED[key] for key in SEALED if key.startswith(home)} for home in ("/o", "/d")}
    contacts = {SEALED["/o/about/sealed/contact"], SEALED["/d/about/sealed/contact"]}
    for role, home in ((Role.ORGANISATION, "/o"), (Role.DONOR, "/d")):
        known = attacker.private_keys({normal_secret(secrets[role].passphrase)})
        assert len(known) == 1
        assert attacker.find(known) == own[home] | contacts
