"""A hundred thousand rows: read in a stream, written in one short transaction."""

import pytest

from bench.import_rows import measure

ROWS = 100_000
GROWTH = 64 + 48
"""MiB: what the last transaction holds on purpose, and room for everything else."""


@pytest.mark.slow
def test_a_hundred_thousand_needs_stay_out_of_memory_and_lock_for_seconds():
    found = measure(ROWS)

    assert found["import_grew_mib"] < GROWTH
    # A writer waits for ten seconds; a busy machine takes several times what a quiet one does.
    assert found["import_locked_seconds"] < 10
    assert ROWS / found["import_rows_per_second"] < 600
