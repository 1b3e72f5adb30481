import enum

import pytest

from registry.domain.labels import LISTS, codes_of, consequence, label, title
from search import codes

ENUM_OF_LIST = {
    "organisation_kind": codes.OrganisationKind,
    "legal_status": codes.LegalStatus,
    "staff_band": codes.StaffBand,
    "vetting": codes.Vetting,
    "theme": codes.Theme,
    "target_group": codes.TargetGroup,
    "state": codes.RecordState,
    "donor_kind": codes.DonorKind,
    "envelope": codes.EnvelopeKind,
    "measure": codes.Measure,
    "recurrence": codes.Recurrence,
    "urgency": codes.Urgency,
    "channel": codes.Channel,
    "publicity": codes.Publicity,
    "reporting": codes.Reporting,
    "reader": codes.Reader,
    "need_status": codes.NeedStatus,
    "instrument": codes.Instrument,
    "flexibility": codes.Flexibility,
    "budget_per": codes.BudgetPer,
    "visibility": codes.Visibility,
    "offer_status": codes.OfferStatus,
    "match_state": codes.MatchState,
    "review_kind": codes.ReviewKind,
    "reason": codes.ReasonCode,
    "question_state": codes.QuestionState,
    "outcome": codes.Outcome,
    "pair_outcome": codes.PairOutcome,
    "why_not": codes.WhyNot,
    "party": codes.Party,
}
CHOICES_WITH_CONSEQUENCES = (
    "publicity",
    "reporting",
    "channel",
    "reader",
    "visibility",
    "vetting",
    "instrument",
    "flexibility",
    "legal_status",
)


def test_every_closed_list_of_the_field_is_labelled():
    enums = {each for each in vars(codes).values() if isinstance(each, enum.EnumType)}
    enums.discard(enum.StrEnum)
    assert set(ENUM_OF_LIST.values()) == enums
    assert set(LISTS) == {*ENUM_OF_LIST, "category", "group"}


@pytest.mark.parametrize(("list_name", "members"), ENUM_OF_LIST.items())
def test_every_code_has_a_label_and_no_label_lacks_its_code(list_name, members):
    assert set(codes_of(list_name)) == {member.value for member in members}


def test_every_category_and_every_group_has_a_label():
    assert set(codes_of("category")) == set(codes.CATEGORIES)
    assert codes_of("group") == tuple(codes.CATEGORY_GROUPS)


def test_labels_within_a_list_tell_codes_apart():
    for name in LISTS:
        labels = [label(name, code) for code in codes_of(name)]
        assert len(set(labels)) == len(labels), name


def test_the_same_label_never_stands_for_codes_of_different_kinds():
    """One msgid has one translation, so `media` the kind and `media` the theme are named apart."""
    seen: dict[str, str] = {}
    for name in (each for each in LISTS if each != "group"):
        for code in codes_of(name):
            assert seen.setdefault(label(name, code), name) == name


@pytest.mark.parametrize("list_name", CHOICES_WITH_CONSEQUENCES)
def test_choices_that_can_hurt_say_what_they_mean(list_name):
    for code in codes_of(list_name):
        assert (consequence(list_name, code) or "").endswith("."), code


def test_pseudonymous_says_that_one_may_still_be_recognised():
    assert consequence("publicity", "pseudonymous") == (
        "A published line without your name; someone who knows you may still recognise it."
    )


def test_labels_are_words_and_not_codes():
    for name in LISTS:
        assert title(name)[0].isupper()
        for code in codes_of(name):
            text = label(name, code)
            assert "_" not in text
            assert text[0].isupper() or text[0].isdigit()
            assert not text.endswith(".")


def test_an_unknown_code_is_a_mistake_of_the_programme():
    with pytest.raises(KeyError):
        label("channel", "pigeon")
