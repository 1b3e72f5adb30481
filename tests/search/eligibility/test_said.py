"""What people read of a verdict names the facts that decided it, each at its place.

`said.toml` holds, for every sentence with something to fill in, what is read of the rule's first
story that ends in it, and what is asked for or would have to change.
"""

import tomllib
from pathlib import Path

import pytest

from registry.services.name_code import name_code
from search.eligibility.catalogue import load_rules
from search.eligibility.engine import judge
from search.eligibility.sentences import question, remedy, sentence
from tests.search.eligibility.test_rules import CODES, pair_of, read_stories

SAID = tomllib.loads(Path(__file__).with_name("said.toml").read_text("utf-8"))


def read_verdicts(code):
    """Return {key: verdict} of the first story of a rule that ends so."""
    found = {}
    for story in read_stories(code):
        verdict = judge(load_rules()[code], pair_of(story))
        found.setdefault(verdict.key, verdict)
    return found


@pytest.mark.parametrize("code", CODES)
def test_a_verdict_says_what_decided_it(code):
    verdicts = read_verdicts(code)
    for key, said in SAID.get(code, {}).items():
        told = [say(verdicts[key], "en", name_code) for say in (sentence, question, remedy)]
        assert [each for each in told if each] == said, key


@pytest.mark.parametrize("code", CODES)
def test_every_sentence_that_names_a_fact_is_held_to_its_words(code):
    rule = load_rules()[code]
    named = {
        key
        for key in rule.sentences
        for words in (rule.sentences[key], rule.remedies.get(key))
        if words and words.gaps("en")
    }
    assert named == set(SAID.get(code, {}))
