"""The rules a second time, straight from their table, over plain records.

It shares no code with the rules but the list of category items; a property test holds the two
equal. Amounts are counted in hundredths; sums of money are converted by the library that ships
the European Central Bank's table.
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import floor

from currency_converter import CurrencyConverter, RateNotFoundError

from search.codes import CATEGORY_ITEMS

MET, NOT_MET, ASK = "met", "not_met", "needs_information"
VETTING = ["unverified", "vouched", "verified"]
PUBLICITY = ["none", "aggregate", "pseudonymous", "named"]
REPORTING = ["none", "light", "standard", "full"]
COVERS = {
    "equipment.hardware": "equipment.replacement_of_seized",
    "equipment.software": "equipment.replacement_of_seized",
    "psychological_support.counselling": "psychological_support.burnout",
    "relocation.set_up": "legal_aid.registration",
}
HOME = {"BY"}


def judge(line):
    """Return the outcome of every rule, by its code."""
    case = Case(line)
    return {rule: getattr(case, rule)() for rule in RULES}


class Case:
    """One line, with its three records as they came."""

    def __init__(self, line):
        self.n = _given(line["need"])
        self.o = _given(line["organisation"])
        self.f = _given(line["offer"])
        self.on = date.fromisoformat(line["on"])

    def offer_open(self):
        opens, closes = self._day(self.f, "opens_on"), self._day(self.f, "closes_on")
        shut = self.f["status"] != "open" or (opens and self.on < opens)
        return NOT_MET if shut or (closes and self.on > closes) else MET

    def donor_vetted(self):
        return {"verified": MET, "suspended": NOT_MET}.get(self.f.get("donor_vetting"), ASK)

    def instrument_fits(self):
        asks = self.n.get("asks_for")
        if not asks:
            asks = [_measure(self.n[x]) for x in ("amount_requested", "quantity") if x in self.n]
        hours = ["hours" if each == "sessions" else each for each in asks]
        return MET if self._measure() in hours else NOT_MET

    def category_covered(self):
        items, taken = self._items(), self._taken()
        if not taken:
            return NOT_MET
        if len(taken) == len(items):
            return MET
        if "breakdown" not in self.n:
            return ASK
        named = [_hundredths(v) for k, v in self.n["breakdown"].items() if k in taken]
        return MET if any(each > 0 for each in named) else NOT_MET

    def country_covered(self):
        countries = {self.n["country"], *self.n.get("serves", self.o.get("operates_in", []))}
        return self._in_list("countries", countries)

    def base_country_accepted(self):
        return self._in_list("base_countries", {self.o["base_country"]})

    def organisation_kind_accepted(self):
        return self._in_list("organisation_kinds", {self.o["kind"]})

    def legal_status_accepted(self):
        return self._in_list("legal_statuses", set(self.o["legal_statuses"]))

    def target_group_covered(self):
        if "target_groups" in self.f and "target_groups" not in self.n:
            return ASK
        return self._in_list("target_groups", set(self.n.get("target_groups", [])))

    def vetting_sufficient(self):
        has, least = self.o.get("vetting"), self.f.get("minimum_vetting", "unverified")
        if has == "suspended":
            return NOT_MET
        enough = least == "unverified" or (has and VETTING.index(has) >= VETTING.index(least))
        return MET if enough else ASK

    def channel_shared(self):
        pays, takes = set(self.f.get("channels", [])), set(self.n.get("channels", []))
        if self._measure() != "money" or pays & takes:
            return MET
        if pays and takes:
            return NOT_MET
        if pays:
            return ASK
        return ASK if HOME & {self.n["country"], self.o["base_country"]} else MET

    def publicity_compatible(self):
        required, accepted = self.f.get("publicity_required"), self.n.get("publicity_accepted")
        if required == "none" or (required is None and accepted == "named"):
            return MET
        if required is None or accepted is None:
            return ASK
        return MET if PUBLICITY.index(required) <= PUBLICITY.index(accepted) else NOT_MET

    def reporting_compatible(self):
        required, accepted = self.f.get("reporting_required"), self.n.get("reporting_accepted")
        if required in (None, "none"):
            return MET
        if accepted is None:
            return ASK
        return MET if REPORTING.index(required) <= REPORTING.index(accepted) else NOT_MET

    def months_within_limit(self):
        most = self.f.get("max_months")
        covered, least = self.n.get("months_covered"), self.n.get("minimum_months")
        if most is None or (covered is not None and covered <= most):
            return MET
        if least is not None and least > most:
            return NOT_MET
        return ASK if covered is None or least is None else MET

    def time_sufficient(self):
        last = self._day(self.n, "useful_until") or self._day(self.n, "needed_by")
        if last is None or self.f.get("retroactive"):
            return MET
        times = [self.f.get("decision_days"), self.f.get("payout_days")]
        if self.on + timedelta(days=sum(each or 0 for each in times)) > last:
            return NOT_MET
        return ASK if None in times else MET

    def language_accepted(self):
        wanted, spoken = self.f.get("languages"), self.o.get("languages")
        if not wanted or set(wanted) & set(spoken or []):
            return MET
        return NOT_MET if spoken and self.f["instrument"] == "service" else ASK

    def years_active_sufficient(self):
        least, since = self.f.get("min_years_active", 0), self.o.get("active_since")
        if least == 0:
            return MET
        if since is None:
            return ASK
        return MET if self.on.year - since >= least else NOT_MET

    def donor_accepted(self):
        declined, kind = self.o.get("declines_donor_kinds", []), self.f.get("donor_kind")
        if kind in declined:
            return NOT_MET
        return ASK if declined and kind is None else MET

    def organisation_not_excluded(self):
        excluded = self.f.get("excluded_organisations", [])
        names = [self.o[each] for each in ("external_id", "handle") if each in self.o]
        return NOT_MET if any(each in excluded for each in names) else MET

    def not_already_funded(self):
        if "external_id" in self.f and self.f["external_id"] in self.n.get("funded_by", []):
            return NOT_MET
        funded = _hundredths(self.n["funded_amount"]) if "funded_amount" in self.n else 0
        if funded == 0:
            return MET
        return {True: MET, False: NOT_MET, None: ASK}[self.f.get("co_funding")]

    def amount_within_range(self):
        if self.instrument_fits() == NOT_MET:
            return NOT_MET
        asked, least_useful = self._asked(), self._least_useful()
        upper, lower = self._upper(None), self._of(self.f, "min_award") or 0
        hopeless = upper <= 0 or upper < lower
        if hopeless or (asked is not None and asked <= 0):
            return NOT_MET
        try:
            asked, least_useful = self._convert(asked), self._convert(least_useful)
        except RateNotFoundError:
            return ASK
        if asked is None:
            too_much = least_useful is not None and least_useful > upper
            return NOT_MET if too_much else ASK
        upper = self._upper(asked)
        most = min(upper, asked)
        if most < max(lower, least_useful or 0, 1):
            return NOT_MET
        return ASK if least_useful is None and upper < asked else MET

    def _asked(self):
        in_part = 0 < len(self._taken()) < len(self._items()) and self.category_covered() == MET
        if in_part:
            named = [v for k, v in self.n["breakdown"].items() if k in self._taken()]
            known = [_hundredths(v) for v in named if _measure(v) == self._measure()]
            requested = sum(known) if known else None
        else:
            requested = self._of(self.n, "amount_requested")
            requested = self._of(self.n, "quantity") if requested is None else requested
        funded = self._of(self.n, "funded_amount") or 0
        return None if requested is None else requested - funded

    def _least_useful(self):
        least = self._of(self.n, "minimum_useful")
        funded = self._of(self.n, "funded_amount") or 0
        return None if least is None else max(0, least - funded)

    def _upper(self, asked):
        bounds = [_hundredths(self.f.get("budget_left", self.f["budget"]))]
        if "max_award" in self.f:
            bounds.append(_hundredths(self.f["max_award"]))
        caps, category = self.f.get("category_caps", {}), self.n["category"]
        cap = caps.get(category, caps.get(category.split(".", maxsplit=1)[0]))
        if cap is not None:
            bounds.append(floor(_hundredths(self.f["budget"]) * Fraction(str(cap)) / 100))
        covered, most = self.n.get("months_covered"), self.f.get("max_months")
        if asked is not None and None not in (covered, most) and covered > most:
            bounds.append(floor(Fraction(asked * most, covered)))
        return min(bounds)

    def _convert(self, hundredths):
        if hundredths in (None, 0) or self._measure() != "money":
            return hundredths
        named = [v for v in self.n.values() if isinstance(v, dict) and "currency" in v]
        named += [v for v in self.n.get("breakdown", {}).values() if "currency" in v]
        [given] = {each["currency"] for each in named}
        return _convert(hundredths, given, self.f["budget"]["currency"], self.on)

    def _of(self, record, name):
        amount = record.get(name)
        fits = amount is not None and _measure(amount) == self._measure()
        return _hundredths(amount) if fits else None

    def _measure(self):
        return _measure(self.f["budget"])

    def _in_list(self, name, values):
        return MET if name not in self.f or values & set(self.f[name]) else NOT_MET

    def _items(self):
        category = self.n["category"]
        return [each for each in CATEGORY_ITEMS if each in (category, *_within(category))]

    def _taken(self):
        return [each for each in self._items() if self._takes(each)]

    def _takes(self, item):
        excluded = self.f.get("excluded_categories", [])
        if item in excluded or item.split(".", maxsplit=1)[0] in excluded:
            return False
        named = self.f.get("categories")
        items = {each for code in named or [] for each in (code, *_within(code))}
        return not named or item in items or any(COVERS.get(each) == item for each in items)

    @staticmethod
    def _day(record, name):
        return date.fromisoformat(record[name]) if name in record else None


def _given(record):
    return {name: value for name, value in record.items() if value not in (None, "", [], {})}


def _within(category):
    return [each for each in CATEGORY_ITEMS if each.startswith(f"{category}.")]


def _measure(amount):
    if "currency" in amount:
        return "money"
    return "hours" if amount["unit"] == "sessions" else amount["unit"]


def _hundredths(amount):
    return int(Decimal(amount["amount"]) * 100)


@cache
def _bank():
    return CurrencyConverter(
        fallback_on_missing_rate=True,
        fallback_on_missing_rate_method="last_known",
        fallback_on_wrong_date=True,
        decimal=True,
    )


def _rate(currency, on):
    bank = _bank()
    if currency == "EUR":
        return Fraction(1)
    if currency not in bank.currencies or on < bank.bounds[currency].first_date:
        raise RateNotFoundError
    last, newest = bank.bounds[currency].last_date, bank.bounds["EUR"].last_date
    if on > last and newest - last > timedelta(days=45):
        raise RateNotFoundError
    return 1 / Fraction(bank.convert(Decimal(1), "EUR", currency, date=on))


def _convert(hundredths, given, wanted, on):
    if given == wanted:
        return hundredths
    return round(hundredths * _rate(given, on) / _rate(wanted, on))


RULES = [name for name in vars(Case) if not name.startswith("_")]
