"""`docs/codes.md`, made from the code: every closed list, the allowed moves, the reasons.

`python -m registry.domain.codes_page > docs/codes.md` writes it anew; a test holds it in step.
"""

import sys
from collections.abc import Iterable

from registry.domain.labels import LISTS, codes_of, consequence, label
from registry.domain.pipeline import PIPELINES, Pipeline
from registry.domain.reasons import FOR_OFFICERS_ONLY, REASONS
from search.codes import COVERS, ReasonCode

_HEAD = """# Codes

Made from `search/codes.py`, `registry/domain/labels/` and `registry/domain/pipeline.py` by
`python -m registry.domain.codes_page`; change it there. Codes are stable: files, the API and the
database use them. Labels are what people read, here in English."""


def codes_page() -> str:
    """Return the whole page as Markdown."""
    sections = [_HEAD]
    sections += [_list_section(name) for name in LISTS]
    sections += [_covers_section(), _reasons_section()]
    sections += [_moves_section(record, pipeline) for record, pipeline in PIPELINES.items()]
    return "\n\n".join(sections) + "\n"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _list_section(name: str) -> str:
    rows = (
        (f"`{code}`", label(name, code), consequence(name, code) or "") for code in codes_of(name)
    )
    head = ("code", "label", "what it means")
    return f"## {name}: {LISTS[name].title}\n\n{_table(head, rows)}"


def _covers_section() -> str:
    rows = ((f"`{item}`", ", ".join(f"`{each}`" for each in more)) for item, more in COVERS.items())
    return f"## Items that cover others\n\n{_table(('item', 'also helps with'), rows)}"


def _reasons_section() -> str:
    def cells(reason: ReasonCode) -> tuple[str, str, str]:
        movers = ", ".join(mover for mover, reasons in REASONS.items() if reason in reasons)
        readers = "officers only" if reason in FOR_OFFICERS_ONLY else "both sides"
        return f"`{reason}`", movers, readers

    head = ("reason", "used by", "read by")
    return f"## Who may decline with which reason\n\n{_table(head, map(cells, ReasonCode))}"


def _moves_section(record: str, pipeline: Pipeline) -> str:
    rows = (
        (
            ", ".join(f"`{source}`" for source in move.sources),
            f"`{move.to}`",
            ", ".join(move.by),
            f"`{move.kind}`" if move.kind else "",
        )
        for move in pipeline.moves
    )
    starts = ", ".join(f"`{state}`" for state in pipeline.starts)
    final = ", ".join(f"`{state}`" for state in pipeline.final) or "nowhere"
    table = _table(("from", "to", "decided by", "review"), rows)
    return f"## Moves of {record}\n\nBegins in {starts}, ends in {final}.\n\n{table}"


if __name__ == "__main__":
    sys.stdout.write(codes_page())
