"""Migrations: in step with the models, there and back again with data in the tables."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from registry.services.matches.shortlist_match import shortlist_match
from registry.storage.database import make_engine
from registry.storage.matches import Match
from registry.storage.migrate import MIGRATIONS, is_migrated, migrate
from registry.storage.programmes import GENERAL
from registry.storage.tables import metadata
from tests.factories import NeedFactory, OfferFactory
from tests.factories.matches import make_pair


@pytest.mark.check
def test_models_and_migrations_are_in_step(parts):
    with parts.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, metadata) == []


def test_a_new_database_is_not_migrated_until_it_is(tmp_path):
    engine = make_engine(f"sqlite:///{tmp_path / 'new.db'}")
    assert not is_migrated(engine)
    migrate(engine)
    assert is_migrated(engine)
    migrate(engine)
    engine.dispose()


def test_it_goes_down_and_up_again_with_data(session, parts):
    NeedFactory.create()
    OfferFactory.create()
    session.close()
    engine = parts.database.engine.execution_options(writes=True)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")

    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM need")).scalar_one() == 1
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert set(inspect(engine).get_table_names()) == {"alembic_version"}
    assert not is_migrated(engine)

    migrate(engine)
    assert is_migrated(engine)
    assert set(inspect(engine).get_table_names()) == {"alembic_version", *metadata.tables}


def test_programmes_come_and_go_without_taking_what_refers_to_matches(session, parts, officer):
    pair = make_pair()
    shortlist_match(session, officer, pair.id)
    match_id = pair.id
    session.commit()
    session.close()
    engine = parts.database.engine.execution_options(writes=True)
    count = text("SELECT (SELECT count(*) FROM match), (SELECT count(*) FROM review)")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0002")
        assert "programme_id" not in {
            each["name"] for each in inspect(connection).get_columns("match")
        }
        assert connection.execute(count).one() == (1, 1)
    migrate(engine)
    with parts.database.reading() as reading:
        assert reading.execute(count).one() == (1, 1)
        match = reading.get_one(Match, match_id)
        assert (match.programme_id, match.programme_number) == (GENERAL, 0)
