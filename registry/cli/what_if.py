"""What relaxing a rule would change, as a table on a terminal."""

from collections.abc import Iterator
from typing import Any

from registry.cli.root import Refused
from registry.domain.msgid import N_
from registry.services.name_code import say
from search.eligibility.catalogue import load_rules
from search.eligibility.words import amount_in_words

HEADS = (N_("fail only it"), N_("would fit"), N_("competitive"), N_("net"), N_("ask for"))
COUNTS = ("fails_only", "newly_eligible", "competitive", "net")
_WIDTH = 14
_MEANT = (
    N_("no other rule refuses these needs."),
    N_("of them, those about which nothing is left to ask."),
    N_("of these, those for which this offer would be among the best three."),
    N_(
        "of these, those that no other offer serves and that the budget reaches in the order"
        " of scores."
    ),
)
"""What the heads of the counts mean, one sentence each; the amount needs none."""


def check_rule(code: str | None) -> tuple[str, ...]:
    """Return the one rule that was named, or none for all of them.

    Raises:
        Refused: there is no such rule.
    """
    if code is not None and code not in load_rules():
        raise Refused(f"There is no rule {code!r}; registry rules list shows their codes")
    return (code,) if code else ()


def write_counts(found: dict[str, Any], language: str) -> str:
    """Write what `what_if` returns for people; rules that alone refuse nobody are summed up."""
    return "\n".join(_lines(found, language))


def _lines(found: dict[str, Any], language: str) -> Iterator[str]:
    telling = [each for each in found["rules"] if each["fails_only"]]
    longest = max((len(each["rule"]) for each in telling), default=0)
    count = {"day": found["on"], "count": found["needs"]}
    yield say(N_("Open needs on %(day)s: %(count)s."), language) % count
    if not telling:
        yield say(
            N_("No rule alone keeps a need away: relaxing one of them would change nothing."),
            language,
        )
        return
    heads = [say(head, language) for head in HEADS]
    widths = [max(_WIDTH, len(head) + 2) for head in heads]
    yield " " * longest + _row(heads, widths)
    for each in telling:
        counts = (str(each[name]) for name in COUNTS)
        columns = [*counts, amount_in_words(each["asked"], language)]
        yield each["rule"].ljust(longest) + _row(columns, widths)
    yield ""
    yield from (f"{head}: {say(what, language)}" for head, what in zip(heads, _MEANT, strict=False))


def _row(columns: list[str], widths: list[int]) -> str:
    return "".join(text.rjust(width) for text, width in zip(columns, widths, strict=True))
