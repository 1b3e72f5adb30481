"""The catalogue of rules, made from their own declarations."""

import pytest

from search.eligibility.catalogue import load_rules
from tests.person import Person


@pytest.fixture
def person(person_of, officer) -> Person:
    return person_of(officer)


@pytest.mark.parametrize("language", ["en", "be", "ru"])
def test_every_rule_stands_there_in_the_language_of_the_page(person, language):
    person.client.set_cookie("language", language)
    person.open("/desk/rules")
    for rule in load_rules().values():
        assert person.sees(rule.label.in_language(language))
    assert "{" not in person.text


def test_what_a_rule_asks_and_what_would_change_it_stand_with_it(person):
    text = person.open("/desk/rules").text
    section = text.partition("The organisation is vetted enough Keeps to what the donor")[2]
    assert "as far as the donor asks: [how far it was checked]." in section
    assert "To find out by an officer: Can the organisation be vetted up to this level" in section
    assert "What would change it: An officer would have to lift the suspension" in section
