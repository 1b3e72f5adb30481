"""Which checks there are: those that the code shows by itself, and those that are listed by hand.

By itself it shows `if ...: raise` of an error that keeps somebody out. Conditions that only
answer yes or no, and everything about consent, throttles and encryption, stand in `listed.toml`.
"""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LISTED = Path(__file__).with_name("listed.toml")
KEEPS_OUT = frozenset(
    {
        *("NotAllowedError", "NotFoundError", "SignInNeededError", "SetUpNeededError"),
        *("ProofNeededError", "ThrottledError", "LimitReachedError"),
    }
)


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what stands in a file, and what stands there once the check is removed."""

    kind: str
    file: str
    found: str
    removed: str
    tests: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"{self.file}: {' '.join(self.found.split())}"

    def remove_from(self, source: str) -> str:
        """Return the source without the check.

        Raises:
            LookupError: what is to be removed does not stand there exactly once.
        """
        if source.count(self.found) != 1:
            raise LookupError(f"stands there {source.count(self.found)} times: {self.name}")
        return source.replace(self.found, self.removed)


def all_checks() -> list[Check]:
    """Return every check, those listed by hand first."""
    listed = tomllib.loads(LISTED.read_text("utf-8"))
    places: dict[str, list[str]] = listed["tests"]
    by_hand = [
        Check(
            each["kind"],
            each["file"],
            each["found"],
            each["removed"],
            tuple(each.get("tests") or _tests_of(each["file"], places)),
        )
        for each in listed["check"]
    ]
    shown = (
        each for file in sorted(ROOT.glob("registry/**/*.py")) for each in _shown(file, places)
    )
    return by_hand + [each for each in shown if not any(_holds(one, each) for one in by_hand)]


def _holds(by_hand: Check, shown: Check) -> bool:
    """Say whether a check that the code shows is removed by one of the list, too."""
    condition = shown.found.strip().partition(":")[0]
    return by_hand.file == shown.file and condition in by_hand.found


def _tests_of(file: str, places: dict[str, list[str]]) -> list[str]:
    """Return the tests that look after a file: those of the longest folder that is named."""
    named = max((place for place in places if file.startswith(place)), key=len, default="")
    return places.get(named, [])


def _shown(path: Path, places: dict[str, list[str]]) -> Iterator[Check]:
    """Yield every condition that leads straight to an error which keeps somebody out."""
    source, file = path.read_text("utf-8"), path.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.If) and _keeps_out(node.body[0]):
            whole = _lines(source, node.lineno, node.body[0].lineno)
            condition = ast.get_source_segment(source, node.test) or ""
            removed = whole.replace(f"if {condition}:", "if False:", 1)
            yield Check("authorization", file, whole, removed, tuple(_tests_of(file, places)))


def _keeps_out(first: ast.stmt) -> bool:
    raised = first.exc if isinstance(first, ast.Raise) else None
    raised = raised.func if isinstance(raised, ast.Call) else raised
    return isinstance(raised, ast.Name) and raised.id in KEEPS_OUT


def _lines(source: str, first: int, last: int) -> str:
    """Return whole lines, and as many before them as make them the only ones of their kind."""
    lines = source.splitlines()
    start = first - 1
    while source.count("\n".join(lines[start:last])) > 1 and start > 0:
        start -= 1
    return "\n".join(lines[start:last])
