"""How well a document meets a query: BM25F, the same in every engine.

A word scores by the best of its alternatives in a document, so that a language whose words have
several stems weighs no more than another. Words of the same meaning count for less than the word
itself: who writes the very word means it more surely. Source: Robertson, Zaragoza, "The
Probabilistic Relevance Framework: BM25 and Beyond" (2009), with the inverse document frequency of
Whoosh 2.7.

Who may not find every document is scored as if every term were in as many of them and every field
of a typical length: inverse frequencies and averages would tell, word by word, how many others
wrote a word, by the score and by the order.
"""

from math import log

from search.index.protocol import TextField

K1 = 1.2
# Lengths count half: needs are short, and a longer one is rather a fuller than a wordier one.
B = 0.5
FIELD_WEIGHTS = {TextField.TITLE: 2.0, TextField.SUMMARY: 1.0}
TYPICAL_LENGTHS = {TextField.TITLE: 4.0, TextField.SUMMARY: 20.0}
"""Terms of a field, where the average of all documents is not the asker's to know."""
MEANING_WEIGHT = 0.7
"""What a word is worth that only means what was asked, or was asked with a slip."""
DECIMALS = 9
"""Scores are rounded to so many decimals, so that equal documents have equal scores."""


def inverse_frequency(documents: int, holding: int) -> float:
    """How telling a term is that so many of the documents hold."""
    return log(documents / (holding + 1)) + 1


def length_norm(length: float, average: float) -> float:
    """What a field's length makes of a term's frequency in it; terms, and their average."""
    return K1 * ((1 - B) + B * length / average) if average else K1


def term_score(inverse: float, frequency: float, norm: float) -> float:
    """The score of a term that occurs so often in a field of such a length norm."""
    return inverse * frequency * (K1 + 1) / (frequency + norm)
