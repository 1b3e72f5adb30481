"""What the terms of a programme may say: optional rules only, and weights that weigh something."""

from collections.abc import Collection, Mapping

from registry.domain.errors import FieldProblem, RecordRefusedError
from registry.schemas.programme import MOST_WEIGHT
from search.eligibility.catalogue import optional_rules
from search.matching.score import load_parts


def check_terms(left_out: Collection[str], weights: Mapping[str, int]) -> None:
    """Let terms pass that can be judged by.

    Raises:
        RecordRefusedError: a rule that is not optional is left out, a weight is missing or out of
            bounds, or all of them are 0.
    """
    problems = [
        FieldProblem("applied", "unknown_code", allowed=", ".join(sorted(optional_rules())))
        for _ in set(left_out) - optional_rules()
    ]
    unknown = set(weights) ^ set(load_parts())
    problems += [FieldProblem(f"weight_{code}", "required") for code in sorted(unknown)]
    problems += [
        FieldProblem(f"weight_{code}", "out_of_range", min=0, max=MOST_WEIGHT)
        for code, weight in weights.items()
        if not 0 <= weight <= MOST_WEIGHT
    ]
    if not problems and not any(weights.values()):
        problems = [FieldProblem("weights", "all_zero")]
    if problems:
        raise RecordRefusedError(problems)
