"""Key pairs of accounts, sealed envelopes of parties, and who holds a key to which of them."""

from typing import ClassVar

from sqlalchemy import Column, ForeignKey, LargeBinary, String, UniqueConstraint, distinct
from sqlmodel import Field, col, delete, func, select

from registry.privacy.ciphertext import Ciphertext
from registry.storage.accounts import Account
from registry.storage.base import Row
from registry.storage.columns import (
    OPEN,
    SEALED,
    Guarded,
    id_field,
    open_field,
    reference_field,
    version_column,
)
from registry.storage.database import RegistrySession

_version = version_column()


class AccountKey(Row, table=True):
    """The key pair of an account; the private half only under passphrase and recovery code.

    `by_recovery` is empty for an account from before there were recovery codes, until it makes
    itself one.
    """

    __tablename__ = "account_key"

    account_id: str = Field(
        sa_column=Column(
            String(32), ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, info=OPEN
        )
    )
    public: bytes = open_field(LargeBinary(32), nullable=False)
    by_passphrase: bytes = Field(sa_column=Column(LargeBinary, nullable=False, info=SEALED))
    by_recovery: bytes | None = Field(default=None, sa_column=Column(LargeBinary, info=SEALED))


class Envelope(Row, table=True):
    """One sealed text of a party: its contact, legal name or payout details.

    What was sealed is encrypted once more under the party's data key: once that is destroyed,
    nobody opens it any more, with whatever passphrase and from whatever old copy.
    """

    __tablename__ = "envelope"
    __table_args__ = (
        UniqueConstraint("organisation_id", "kind"),
        UniqueConstraint("donor_id", "kind"),
    )
    __mapper_args__: ClassVar = {"version_id_col": _version}

    id: str = id_field()
    version: int | None = Field(default=None, sa_column=_version)
    organisation_id: str | None = reference_field("organisation.id", nullable=True)
    donor_id: str | None = reference_field("donor.id", nullable=True)
    kind: str = open_field(String(16), nullable=False)
    body: Ciphertext | None = Field(default=None, sa_column=Column(Guarded(), info=SEALED))

    @property
    def key_owner(self) -> str:
        return self.organisation_id or self.donor_id or ""

    @property
    def bound(self) -> str:
        """What its text is bound to, so that no envelope can be passed off as another."""
        return f"{self.key_owner}|{self.kind}"


class EnvelopeKey(Row, table=True):
    """The content key of an envelope, sealed to one account.

    Without a match the account belongs to the envelope's own party; with one, it was given the
    envelope through that match, for as long as the row is there.
    """

    __tablename__ = "envelope_key"
    __table_args__ = (UniqueConstraint("envelope_id", "account_id", "match_id"),)

    id: str = id_field()
    envelope_id: str = reference_field("envelope.id")
    account_id: str = reference_field("account.id")
    match_id: str | None = reference_field("match.id", nullable=True)
    sealed_key: bytes = Field(sa_column=Column(LargeBinary, nullable=False, info=SEALED))


def find_envelope(session: RegistrySession, party_id: str, kind: str) -> Envelope | None:
    """Return the envelope of a kind that an organisation or a donor has."""
    return envelopes_of(session, party_id).get(kind)


def envelopes_of(session: RegistrySession, party_id: str) -> dict[str, Envelope]:
    """Return the envelopes of an organisation or a donor, by kind."""
    statement = select(Envelope).where(
        (col(Envelope.organisation_id) == party_id) | (col(Envelope.donor_id) == party_id)
    )
    return {row.kind: row for row in session.exec(statement)}


def keys_of_envelope(session: RegistrySession, envelope_id: str) -> list[EnvelopeKey]:
    """Return every key to an envelope, its own party's and those that were given."""
    return list(
        session.exec(select(EnvelopeKey).where(col(EnvelopeKey.envelope_id) == envelope_id))
    )


def find_envelope_key(
    session: RegistrySession, envelope_id: str, account_id: str, match_id: str | None
) -> EnvelopeKey | None:
    """Return the key to an envelope that an account holds: its party's own, or through a match."""
    statement = select(EnvelopeKey).where(
        col(EnvelopeKey.envelope_id) == envelope_id,
        col(EnvelopeKey.account_id) == account_id,
        col(EnvelopeKey.match_id).is_not_distinct_from(match_id),
    )
    return session.exec(statement).first()


def is_given(session: RegistrySession, envelope_id: str, match_id: str) -> bool:
    """Say whether anybody of the other side of a match holds a key to an envelope."""
    statement = select(col(EnvelopeKey.id)).where(
        col(EnvelopeKey.envelope_id) == envelope_id, col(EnvelopeKey.match_id) == match_id
    )
    return session.exec(statement.limit(1)).first() is not None


def count_given(session: RegistrySession, envelope_id: str) -> int:
    """Count the matches on which an envelope is given."""
    matches = select(func.count(distinct(col(EnvelopeKey.match_id)))).where(
        col(EnvelopeKey.envelope_id) == envelope_id
    )
    return session.exec(matches).one()


def keys_held_by(session: RegistrySession, account_id: str) -> list[EnvelopeKey]:
    """Return the keys that an account holds, to envelopes of its own party and of others."""
    return list(session.exec(select(EnvelopeKey).where(col(EnvelopeKey.account_id) == account_id)))


def key_pairs_of(
    session: RegistrySession, *, organisation_id: str | None = None, donor_id: str | None = None
) -> list[AccountKey]:
    """Return the key pairs of the accounts that sign in for an organisation or a donor."""
    column, party = (
        (col(Account.organisation_id), organisation_id)
        if organisation_id
        else (col(Account.donor_id), donor_id)
    )
    statement = (
        select(AccountKey)
        .join(Account, col(Account.id) == col(AccountKey.account_id))
        .where(column == party, col(Account.active))
        .order_by(col(Account.id))
    )
    return list(session.exec(statement))


def delete_keys_given(session: RegistrySession, envelope_id: str, match_id: str) -> None:
    """Delete the keys to one envelope that the other side of a match was given."""
    session.exec(
        delete(EnvelopeKey).where(
            col(EnvelopeKey.envelope_id) == envelope_id, col(EnvelopeKey.match_id) == match_id
        )
    )


def delete_keys_of_match(session: RegistrySession, match_id: str) -> None:
    """Delete the keys that either side of a match was given through it."""
    session.exec(delete(EnvelopeKey).where(col(EnvelopeKey.match_id) == match_id))


def delete_keys_of_account(session: RegistrySession, account_id: str) -> None:
    """Delete every key that an account holds: what was sealed to it opens to it no more."""
    session.exec(delete(EnvelopeKey).where(col(EnvelopeKey.account_id) == account_id))


def delete_given_keys(session: RegistrySession, party_id: str) -> None:
    """Delete every key to a party's envelopes that others were given."""
    own = [row.id for row in envelopes_of(session, party_id).values()]
    session.exec(
        delete(EnvelopeKey).where(
            col(EnvelopeKey.envelope_id).in_(own), col(EnvelopeKey.match_id).is_not(None)
        )
    )
