"""What relaxing a rule would change, as a table on a terminal."""

from collections.abc import Iterator
from typing import Any

from registry.cli.root import Refused
from search.eligibility.catalogue import load_rules
from search.eligibility.words import amount_in_words

HEADS = ("fail only it", "would fit", "competitive", "net", "ask for")
COUNTS = ("fails_only", "newly_eligible", "competitive", "net")
_WIDTH = 14


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
    yield f"{found['needs']} needs are open on {found['on']}."
    if not telling:
        yield "No rule alone keeps a need away: relaxing one of them would change nothing."
        return
    yield " " * longest + "".join(head.rjust(_WIDTH) for head in HEADS)
    for each in telling:
        counts = (str(each[name]) for name in COUNTS)
        columns = (*counts, amount_in_words(each["asked"], language))
        yield each["rule"].ljust(longest) + "".join(column.rjust(_WIDTH) for column in columns)
    yield ""
    yield "fail only it: no other rule refuses these needs. would fit: of them, those about which"
    yield "nothing is left to ask. competitive: of these, those for which this offer would be among"
    yield "the best three. net: of these, those that no other offer serves and that the budget"
    yield "reaches in the order of scores."
