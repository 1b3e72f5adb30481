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
    share = sum(named) / len(named)
    return Measured(share, "named" if any(named) else "open", {"share": str(round(100 * share))})


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
            en="Of what an offer can be meant for (category, country, base, kind, status, people),"
            " this one names what fits here in {share:percent}.",
            be="З таго, на што прапанова можа быць скіраваная (катэгорыя, краіна, знаходжанне,"
            " тып, статус, людзі), гэтая прама называе тое, што тут падыходзіць, на"
            " {share:percent}.",
            ru="Из того, на что предложение может быть направлено (категория, страна, нахождение,"
            " тип, статус, люди), это прямо называет то, что здесь подходит, на {share:percent}.",
        ),
        "open": Words(
            en="The offer is not meant for needs like this in particular.",
            be="Прапанова не скіраваная менавіта на такія патрэбы.",
            ru="Предложение не направлено именно на такие потребности.",
        ),
    },
)
