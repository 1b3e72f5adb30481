"""How little reporting the donor asks for."""

from search.codes import REPORTING_ORDER
from search.eligibility.rule import facts
from search.eligibility.words import Words
from search.matching.part import Measured, Part, Prospect, not_known


def measure(prospect: Prospect) -> Measured:
    required = prospect.pair.offer.reporting_required
    if required is None:
        return not_known()
    value = 1 - REPORTING_ORDER.index(required) / (len(REPORTING_ORDER) - 1)
    return Measured(value, "stated", {"required": str(required)})


PART = Part(
    code="reporting_lightness",
    label=Words(en="Light reporting", be="Лёгкасць справаздачнасці", ru="Лёгкость отчётности"),
    measure=measure,
    reads=facts("offer.reporting_required"),
    sentences={
        "stated": Words(
            en="Reporting that the donor asks for: {required:reporting}.",
            be="Справаздачнасць, якую просіць донар: {required:reporting}.",
            ru="Отчётность, которую просит донор: {required:reporting}.",
        ),
        "unknown": Words(
            en="The donor has not said what reporting it asks for.",
            be="Донар не сказаў, якую справаздачнасць ён просіць.",
            ru="Донор не сказал, какую отчётность он просит.",
        ),
    },
)
