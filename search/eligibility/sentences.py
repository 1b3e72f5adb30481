"""The sentence of a verdict for a reader, made from the rule's own file."""

from search.codes import Outcome, Party
from search.eligibility.catalogue import load_rules
from search.eligibility.verdict import LEFT_OUT, Verdict
from search.eligibility.words import Labels, Words

_NOT_IN_FORCE = Words(
    en="This rule is not in force on this day.",
    be="У гэты дзень правіла не дзейнічае.",
    ru="В этот день правило не действует.",
)
_LEFT_OUT = Words(
    en="The programme of this offer leaves this rule out.",
    be="Праграма гэтай прапановы абыходзіцца без гэтага правіла.",
    ru="Программа этого предложения обходится без этого правила.",
)


def sentence(verdict: Verdict, language: str, labels: Labels) -> str:
    """Say what was found, in the reader's language."""
    if verdict.outcome is Outcome.NOT_IN_FORCE:
        words = _LEFT_OUT if verdict.variant == LEFT_OUT else _NOT_IN_FORCE
        return words.in_language(language)
    words = load_rules()[verdict.rule].sentences[verdict.key]
    return words.fill(verdict.values, language, labels)


def label(rule: str, language: str) -> str:
    """Name a rule for people."""
    return load_rules()[rule].label.in_language(language)


def question(verdict: Verdict, language: str, labels: Labels) -> str | None:
    """Say what to ask so that the rule can be decided; None where nothing is open."""
    asked = load_rules()[verdict.rule].questions.get(verdict.key)
    return asked.words.fill(verdict.values, language, labels) if asked else None


def asks_whom(verdict: Verdict) -> Party | None:
    """Name who can answer the open question; None where nothing is open."""
    asked = load_rules()[verdict.rule].questions.get(verdict.key)
    return asked.whom if asked else None


def remedy(verdict: Verdict, language: str, labels: Labels) -> str | None:
    """Say what would change a rule that is not met; None for every other outcome."""
    words = load_rules()[verdict.rule].remedies.get(verdict.key)
    return words.fill(verdict.values, language, labels) if words else None
