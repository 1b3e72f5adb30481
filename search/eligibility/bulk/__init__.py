"""All pairs at once: every rule over encoded columns, outcomes as packed rows of bits.

The rules stay the declarations of `search.eligibility.rules`. Each side of a pair is reduced to
what a rule reads of it (`columns`); a rule is judged once for every two different keys (`tables`)
and its answer is spread over all needs as bits. Amounts are compared by columns of whole numbers
(`awards`), exactly. Begin with `grid.judge_all`.
"""
