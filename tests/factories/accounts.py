"""Accounts without a passphrase: hashing one takes longer than most tests."""

import secrets
from typing import Any

from registry.domain.identifiers import new_id
from registry.domain.roles import Role
from registry.storage.accounts import Account
from registry.storage.database import RegistrySession
from tests.factories.base import RecordFactory


class AccountFactory(RecordFactory):
    """An account that nobody can sign in to by form; its keys and sessions work."""

    role = Role.OFFICER
    language = "en"

    @classmethod
    def store(cls, session: RegistrySession, record: dict[str, Any]) -> Account:
        row = Account(
            id=new_id(),
            username=secrets.token_hex(32),
            fs_uniquifier=secrets.token_hex(32),
            created_on=session.today,
            **record,
        )
        session.add(row)
        session.flush()
        return row
