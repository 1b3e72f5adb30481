"""What tells an amount from a number that belongs to somebody: the word that follows it."""

COUNTED = (
    r"(?!\d|[.,]\d|\s?(?:%|€|\$|£|zł|eur|usd|byn|rub|pln|uah|gel|gbp|chf|czk|евро|еўра|євро|долл|дол\b"
    r"|руб|грн|гривен|злот|тыс|тис\b|млн|tys|mln|tūkst|million|thousand|people|persons|hours|months"
    r"|copies|челов|чалав|людей|людзей|осіб|osób|osob|rodzin|семей|сем'|год|лет\b|годзін|часов"
    r"|шт\b|экз|egz|прим|žmon|asmen|val\b|km\b|км\b|kg|кг))"
)
"""Stands at the end of a pattern of digits: neither more digits nor what amounts are counted in."""
