"""How much the words of need and offer have in common. It only ranks, and never gates."""

from typing import Any

from search.eligibility.words import Words
from search.matching.part import (
    KNOWN,
    NEUTRAL,
    NOTHING_TO_KNOW,
    ManyProspects,
    Measured,
    Part,
    Prospect,
)


def measure(prospect: Prospect) -> Measured:
    affinity = prospect.affinity
    if affinity is None:
        return Measured(NEUTRAL, "no_text", known=None)
    return Measured(affinity, "compared", {"affinity": str(round(100 * affinity))})


def measure_many(many: ManyProspects) -> tuple[Any, Any]:
    found = many.affinities
    has_text = found >= 0
    values = has_text * found + ~has_text * NEUTRAL
    return values, has_text * KNOWN + ~has_text * NOTHING_TO_KNOW


PART = Part(
    code="text_affinity",
    label=Words(en="Closeness of the texts", be="Блізкасць тэкстаў", ru="Близость текстов"),
    measure=measure,
    measure_many=measure_many,
    sentences={
        "compared": Words(
            en="What both say is alike by {affinity:percent}.",
            be="Тэксты абодвух бакоў падобныя на {affinity:percent}.",
            ru="Тексты обеих сторон похожи на {affinity:percent}.",
        ),
        "no_text": Words(
            en="There are no texts to compare, so this counts neither way.",
            be="Няма тэкстаў для параўнання, таму гэта не ўплывае на ацэнку.",
            ru="Нет текстов для сравнения, поэтому это не влияет на оценку.",
        ),
    },
)
