"""How closely the offer is meant for needs like this one: what it names, and the need has."""

from search.eligibility.taxonomy import taken_items
from search.eligibility.words import Words
from search.matching.part import Measured, Part, Prospect


def measure(prospect: Prospect) -> Measured:
    need, organisation, offer = (
        prospect.pair.need,
        prospect.pair.organisation,
        prospect.pair.offer,
    )
    places = {need.country, *(need.serves or organisation.operates_in)}
    named = (
        bool(offer.categories) and bool(taken_items(offer, need.category)),
        bool(places & set(offer.countries)),
        organisation.base_country in offer.base_countries,
        organisation.kind in offer.organisation_kinds,
        bool(set(organisation.legal_statuses) & set(offer.legal_statuses)),
        bool(set(need.target_groups) & set(offer.target_groups)),
    )
    shown = {"count": sum(named), "points": len(named)}
    return Measured(sum(named) / len(named), "named" if any(named) else "open", shown)


PART = Part(
    code="specificity",
    label=Words(
        en="Meant for needs like this",
        be="Прызначана менавіта для такіх патрэб",
        ru="Предназначено именно для таких потребностей",
    ),
    measure=measure,
    sentences={
        "named": Words(
            en="The offer says what and whom it is meant for; points that fit here: {count:number}"
            " of {points:number}.",
            be="Прапанова кажа, на што і каму яна прызначаная; тут супадае пунктаў: {count:number}"
            " з {points:number}.",
            ru="Предложение говорит, на что и кому оно предназначено; здесь совпадает пунктов:"
            " {count:number} из {points:number}.",
        ),
        "open": Words(
            en="The offer is not meant for needs like this in particular.",
            be="Прапанова не скіраваная менавіта на такія патрэбы.",
            ru="Предложение не направлено именно на такие потребности.",
        ),
    },
)
