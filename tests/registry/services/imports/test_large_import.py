"""A hundred thousand rows are read in a stream. How fast is a matter for the benchmarks."""

import pytest

from bench.import_rows import measure

ROWS = 100_000
GROWTH = 64 + 48
"""MiB: what the last transaction holds on purpose, and room for everything else."""


@pytest.mark.slow
def test_a_hundred_thousand_needs_stay_out_of_memory():
    found = measure(ROWS)

    assert found["import_grew_mib"] < GROWTH
