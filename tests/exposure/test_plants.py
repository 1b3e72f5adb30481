"""Every guarded or sealed field has a planted word, or a reason why none can stand in it."""

from registry.schemas.data_map import KEYED, map_fields
from registry.schemas.data_readers import KEPT
from tests.exposure.plants import PLANTS

PLACES = {
    "review": "review",
    "vetting": "vetting_decision",
    "public offer": "offer",
    "question to organisation": "question",
    "question to donor": "question",
    "envelope of organisation": "envelope",
    "envelope of donor": "envelope",
}
"""What plants call a record -> its table, where that is another name."""

NAMES = {
    ("envelope", "contact"): "body",
    ("envelope", "legal_name"): "body",
    ("envelope", "payout"): "body",
    ("programme", "reason"): "reason",
}

HOLDS_CODES_ALONE = {
    ("match", "evidence"): "facts and outcomes of rules, by code",
    ("match_change", "what"): "outcomes, scores and states, by code",
    ("question", "rule_question"): "the code of a rule's question",
    ("reach", "counts"): "numbers by the code of a question",
    ("snapshot", "counted"): "ids made here",
    ("withheld", "questions"): "codes of questions",
}


def test_every_field_that_can_hold_a_text_of_somebody_has_a_planted_word() -> None:
    planted = {
        (PLACES.get(record, record), NAMES.get((PLACES.get(record, record), field), field))
        for record, field in PLANTS
    } | {("programme_version", "reason")}
    bare = {
        (field.table, field.name)
        for field in map_fields()
        if field.kind != "open"
        and field.kept not in (KEYED, "in `coded`")
        and field.name != "coded"
        and (field.table, field.name) not in planted
    }

    assert bare - set(HOLDS_CODES_ALONE) - set(KEPT) == set()


def test_no_word_is_part_of_another() -> None:
    words = list(PLANTS.values())
    assert [(one, other) for one in words for other in words if one != other and one in other] == []
