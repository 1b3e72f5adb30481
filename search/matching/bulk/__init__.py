"""All pairs at once: texts compared, scores reckoned and the best kept, as for one pair alone.

`book.Book` holds needs and offers encoded, to be changed one by one; `ranking.Ranking` ranks them
on one day. Outcomes come from `search.eligibility.bulk`. A part of the score is measured from its
own declaration in `search.matching.parts`: once for every two different sets of the facts that it
reads, or as its `measure_many` says. Values are kept in whole ten-thousandths, so that property
tests can hold both engines equal to the last digit.
"""
