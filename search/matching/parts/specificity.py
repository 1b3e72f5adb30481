"""How closely the offer is meant for needs like this one: what it names, and the need has."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from search.eligibility.pair import Pair
from search.eligibility.rule import facts
from search.eligibility.taxonomy import taken_items
from search.eligibility.words import Words
from search.matching.part import KNOWN, ManyProspects, Measured, Part, Prospect


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that an offer can name, and whether it fits the need; the facts it looks at."""

    reads: frozenset[str]
    fits: Callable[[Pair], bool]


def is_category_named(pair: Pair) -> bool:
    return bool(pair.offer.categories) and bool(taken_items(pair.offer, pair.need.category))


def is_place_named(pair: Pair) -> bool:
    places = {pair.need.country, *(pair.need.serves or pair.organisation.operates_in)}
    return bool(places & set(pair.offer.countries))


def is_base_named(pair: Pair) -> bool:
    return pair.organisation.base_country in pair.offer.base_countries


def is_kind_named(pair: Pair) -> bool:
    return pair.organisation.kind in pair.offer.organisation_kinds


def is_status_named(pair: Pair) -> bool:
    return bool(set(pair.organisation.legal_statuses) & set(pair.offer.legal_statuses))


def is_group_named(pair: Pair) -> bool:
    return bool(set(pair.need.target_groups) & set(pair.offer.target_groups))


POINTS = (
    Point(
        facts("need.category offer.categories offer.excluded_categories"),
        is_category_named,
    ),
    Point(
        facts("need.country need.serves organisation.operates_in offer.countries"), is_place_named
    ),
    Point(facts("organisation.base_country offer.base_countries"), is_base_named),
    Point(facts("organisation.kind offer.organisation_kinds"), is_kind_named),
    Point(facts("organisation.legal_statuses offer.legal_statuses"), is_status_named),
    Point(facts("need.target_groups offer.target_groups"), is_group_named),
)


def measure(prospect: Prospect) -> Measured:
    count = sum(point.fits(prospect.pair) for point in POINTS)
    shown = {"count": count, "points": len(POINTS)}
    return Measured(count / len(POINTS), "named" if count else "open", shown)


def measure_many(many: ManyProspects) -> tuple[Any, Any]:
    return sum(many.ask(point.reads, point.fits) for point in POINTS) / len(POINTS), KNOWN


PART = Part(
    code="specificity",
    label=Words(
        en="Meant for needs like this",
        be="Прызначана менавіта для такіх патрэб",
        ru="Предназначено именно для таких потребностей",
    ),
    measure=measure,
    measure_many=measure_many,
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
