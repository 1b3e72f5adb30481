"""Columns: each says which class of data it holds, and guarded ones take nothing plain."""

import pytest
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import select

from registry.storage.accounts import Account
from registry.storage.needs import Need
from registry.storage.organisations import Organisation
from registry.storage.tables import metadata
from tests.factories import AccountFactory, NeedFactory, OrganisationFactory

CLASSES = {"open", "guarded", "sealed"}


def test_every_column_declares_its_class_of_data():
    missing = [
        str(column)
        for table in metadata.tables.values()
        for column in table.columns
        if column.info.get("class") not in CLASSES
    ]

    assert missing == []


def test_a_guarded_column_refuses_plain_text_on_save(session):
    need = NeedFactory.create()
    need.title = "Rent for three months"

    with pytest.raises(StatementError, match=r"vault\.write"):
        session.flush()
    session.rollback()


def test_a_guarded_column_refuses_plain_text_in_a_query(session):
    with pytest.raises(StatementError, match=r"vault\.write"):
        session.exec(select(Need).where(Need.title == "Rent")).all()
    session.rollback()


def test_what_was_typed_stands_in_no_file(session, settings):
    OrganisationFactory.create(
        external_id="courtyard-twelve",
        handle="Courtyard Twelve",
        themes=["elections_and_democracy"],
        active_since=2019,
    )
    NeedFactory.create(title="Rent of the red house", summary="Сцены нашай рэдакцыі")

    for file in settings.data_dir.iterdir():
        if file.is_file():
            content = file.read_bytes()
            for word in ("courtyard-twelve", "Courtyard", "elections_and", "red house", "рэдакцыі"):
                assert word.encode() not in content, (file.name, word)


def test_a_row_prints_its_table_and_key_only(session):
    need = NeedFactory.create(title="Rent of the red house")
    account = AccountFactory.create()

    assert repr(need) == str(need) == f"<Need {need.id}>"
    assert repr(account) == f"<Account {account.id}>"
    assert repr([Organisation(id="x" * 32), Account()]) == "[<Organisation new>, <Account new>]"


def test_a_failing_statement_does_not_show_its_values(session):
    account = AccountFactory.create()
    twin = Account(id=account.id, username="secret words", fs_uniquifier="x", role="officer")
    session.expunge(account)
    session.add(twin)

    with pytest.raises(IntegrityError, match="hidden due to hide_parameters") as failed:
        session.flush()
    session.rollback()

    assert "secret words" not in str(failed.value)
