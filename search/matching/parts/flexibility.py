"""How freely the help may be used; the right to move money between lines makes it freer."""

from search.codes import FLEXIBILITY_ORDER
from search.eligibility.rule import facts
from search.eligibility.words import Words
from search.matching.part import Measured, Part, Prospect


def measure(prospect: Prospect) -> Measured:
    offer = prospect.pair.offer
    base = FLEXIBILITY_ORDER.index(offer.flexibility) / (len(FLEXIBILITY_ORDER) - 1)
    movable = offer.reallocation_percent
    if not movable:
        return Measured(base, "stated", {"flexibility": str(offer.flexibility)})
    value = base + (1 - base) * float(movable) / 100
    shown = {"flexibility": str(offer.flexibility), "movable": f"{movable:f}"}
    return Measured(value, "movable", shown)


PART = Part(
    code="flexibility",
    label=Words(en="Freedom of use", be="Свабода выкарыстання", ru="Свобода использования"),
    measure=measure,
    reads=facts("offer.flexibility offer.reallocation_percent"),
    sentences={
        "stated": Words(
            en="How freely the help may be used: {flexibility:flexibility}.",
            be="Наколькі свабодна можна выкарыстаць дапамогу: {flexibility:flexibility}.",
            ru="Насколько свободно можно использовать помощь: {flexibility:flexibility}.",
        ),
        "movable": Words(
            en="How freely the help may be used: {flexibility:flexibility}; up to"
            " {movable:percent} may be moved without asking.",
            be="Наколькі свабодна можна выкарыстаць дапамогу: {flexibility:flexibility}; да"
            " {movable:percent} можна перанесці без дазволу.",
            ru="Насколько свободно можно использовать помощь: {flexibility:flexibility}; до"
            " {movable:percent} можно перенести без разрешения.",
        ),
    },
)
