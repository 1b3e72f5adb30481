"""All rules: whatever lies in the folder `rules/`, in the order of their codes.

A new rule is a new file there (and its stories beside it); nothing has to be registered.
"""

import pkgutil
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType, ModuleType

from search.codes import PAGE_LANGUAGES, Outcome, Party
from search.eligibility import rules as folder
from search.eligibility.rule import Rule
from search.eligibility.words import Words


class CatalogueBroken(ValueError):  # noqa: N818 - named as what happened to the catalogue
    """A rule is not declared as it must be; the program does not start with it."""


@lru_cache(maxsize=1)
def load_rules() -> Mapping[str, Rule]:
    """Return the rules by code, read once; raises CatalogueBroken."""
    names = sorted(module.name for module in pkgutil.iter_modules(folder.__path__))
    return collect_rules(import_module(f"{folder.__name__}.{name}") for name in names)


@lru_cache(maxsize=1)
def optional_rules() -> frozenset[str]:
    """Return the codes of the rules that a programme may leave out."""
    return frozenset(code for code, rule in load_rules().items() if rule.optional)


def collect_rules(modules: Iterable[ModuleType]) -> Mapping[str, Rule]:
    """Check the rule of every module and return them by code, in a stable order."""
    rules: dict[str, Rule] = {}
    for module in modules:
        rule = _rule_of(module)
        if rule.code in rules:
            raise CatalogueBroken(f"Two rules have the code {rule.code}; rename one of them.")
        check_declaration(rule)
        rules[rule.code] = rule
    return MappingProxyType(dict(sorted(rules.items())))


def _rule_of(module: ModuleType) -> Rule:
    name = module.__name__.rpartition(".")[2]
    rule = getattr(module, "RULE", None)
    if not isinstance(rule, Rule):
        raise CatalogueBroken(f"rules/{name}.py declares no RULE.")
    if rule.code != name:
        raise CatalogueBroken(f"rules/{name}.py declares {rule.code}; a code is its file's name.")
    return rule


def check_declaration(rule: Rule) -> None:
    """Raise CatalogueBroken unless every outcome has what people need to read about it."""
    if rule.optional and rule.protects is not Party.DONOR:
        raise CatalogueBroken(f"{rule.code}: only a rule that protects the donor can be optional.")
    wanted = {
        Outcome.NOT_MET: ("remedies", rule.remedies),
        Outcome.NEEDS_INFORMATION: ("questions", rule.questions),
    }
    for outcome, (name, given) in wanted.items():
        keys = {key for key in rule.sentences if key.partition(".")[0] == outcome}
        if keys != set(given):
            raise CatalogueBroken(f"{rule.code}: {name} must be given for {sorted(keys)}.")
    questions = [question.words for question in rule.questions.values()]
    said = (*rule.sentences.values(), *rule.remedies.values(), *rule.changes.values(), *questions)
    for words in (rule.label, rule.reference, *said):
        _check_words(rule.code, words)


def _check_words(code: str, words: Words) -> None:
    if not all(words.in_language(language).strip() for language in PAGE_LANGUAGES):
        raise CatalogueBroken(f"{code}: a sentence is missing in one of the languages.")
    if len({frozenset(words.gaps(language)) for language in PAGE_LANGUAGES}) > 1:
        raise CatalogueBroken(f"{code}: the gaps of a sentence differ between its languages.")
