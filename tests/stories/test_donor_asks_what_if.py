"""A donor asks what it would change to relax a rule; the operator counts it for the officer.

The first number alone would mislead: of five needs that only the country keeps away, four have
other offers already, so that relaxing the rule would really help one.
"""

import json
from collections.abc import Callable
from typing import Any

from click.testing import CliRunner, Result

from registry.cli import main
from registry.config import Settings
from registry.identity.actor import Actor
from registry.storage.database import RegistrySession
from tests.factories import NeedFactory, OfferFactory
from tests.factories.matches import CLEAR_TERMS
from tests.person import Person


def test_what_if_a_donor_relaxed_one_rule(
    session: RegistrySession,
    settings: Settings,
    person_of: Callable[..., Person],
    officer: Actor,
) -> None:
    offer = OfferFactory.create(**CLEAR_TERMS, external_id="offer-1", base_countries=["GE"])
    for _ in range(4):
        NeedFactory.create(serves=["BY"], category="fixed_costs.rent")
    NeedFactory.create(serves=["BY"], category="advocacy.domestic")
    OfferFactory.create(**CLEAR_TERMS, categories=["fixed_costs"])
    session.commit()

    counted = json.loads(run(settings, "match", "whatif", "offer-1", "--json").stdout)
    [line] = [each for each in counted["rules"] if each["fails_only"]]
    assert line["rule"] == "base_country_accepted"
    assert three(line) == (5, 5, 1)

    told = run(settings, "match", "whatif", "offer-1", "--relax", "base_country_accepted")
    assert "base_country_accepted" in told.stdout
    assert "net" in told.stdout

    # The officer reads the same on the offer's page.
    desk = person_of(officer)
    desk.open(f"/desk/offers/{offer.id}")
    desk.follow("What if a rule were relaxed?")
    assert desk.sees("The base country is accepted", "Really helped", "5 needs are open")


def three(line: dict[str, Any]) -> tuple[int, int, int]:
    return line["fails_only"], line["competitive"], line["net"]


def run(settings: Settings, *arguments: str) -> Result:
    names = {
        "REGISTRY_DATA_DIR": str(settings.data_dir),
        "REGISTRY_MASTER_KEY_FILE": str(settings.master_key_file),
    }
    result = CliRunner().invoke(main, arguments, env=names)
    assert result.exit_code == 0, result.output
    return result
