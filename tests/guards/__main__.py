"""Remove every check in turn and say which removals no test noticed.

    python -m tests.guards [WORD ...]

Tries every check, or those whose file or text holds one of the words. First the tests are run
as they are: they have to pass. Ends with 1 where fewer than 95 of 100 were noticed.
"""

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.guards.checks import Check, all_checks
from tests.guards.trial import Copy, End

LEAST = 0.95


def main(words: list[str]) -> int:
    """Try the checks that the words name; return the exit code."""
    wanted = [each for each in all_checks() if not words or any(w in each.name for w in words)]
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(Path(folder))
        if not _pass_as_they_are(copy, wanted):
            return 2
        ends = {each: _try(copy, each) for each in wanted}
    for kind, count in sorted(Counter(each.kind for each in ends).items()):
        died = sum(end is End.NOTICED for each, end in ends.items() if each.kind == kind)
        _say(f"{kind}: {died} of {count} noticed")
    died = sum(end is End.NOTICED for end in ends.values())
    _say(f"all: {died} of {len(ends)} noticed ({died / len(ends):.1%})")
    return 0 if died >= LEAST * len(ends) else 1


def _pass_as_they_are(copy: Copy, checks: list[Check]) -> bool:
    failing = [
        tests for tests in {each.tests for each in checks} if copy.run(tests) is not End.SURVIVED
    ]
    for tests in failing:
        _say(f"these do not pass as they are: {' '.join(tests)}")
    return not failing


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _try(copy: Copy, check: Check) -> End:
    end = copy.try_without(check)
    _say(f"{end:9} {check.kind:14} {check.name}")
    return end


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
