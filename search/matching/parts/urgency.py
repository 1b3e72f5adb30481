"""How urgent the need is, once an officer has confirmed it."""

from search.codes import URGENCY_ORDER
from search.eligibility.rule import facts
from search.eligibility.words import Words
from search.matching.part import Measured, Part, Prospect


def measure(prospect: Prospect) -> Measured:
    confirmed = prospect.pair.need.urgency_confirmed
    if confirmed is None:
        return Measured(0, "unconfirmed", known=False)
    value = URGENCY_ORDER.index(confirmed) / (len(URGENCY_ORDER) - 1)
    return Measured(value, "confirmed", {"urgency": str(confirmed)})


PART = Part(
    code="urgency",
    label=Words(en="Urgency", be="Тэрміновасць", ru="Срочность"),
    measure=measure,
    reads=facts("need.urgency_confirmed"),
    sentences={
        "confirmed": Words(
            en="An officer has confirmed how urgent it is: {urgency:urgency}.",
            be="Тэрміновасць пацвердзіў каардынатар: {urgency:urgency}.",
            ru="Срочность подтвердил координатор: {urgency:urgency}.",
        ),
        "unconfirmed": Words(
            en="No officer has confirmed how urgent it is, so urgency does not count yet.",
            be="Тэрміновасць яшчэ не пацвердзіў каардынатар, таму яна не ўлічваецца.",
            ru="Срочность ещё не подтвердил координатор, поэтому она не учитывается.",
        ),
    },
)
