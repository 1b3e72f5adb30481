"""Programmes: terms by version, what they change, and that nothing of it happens by itself."""

import pytest
from sqlmodel import col, select

from registry.domain.errors import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    RecordRefusedError,
    VersionMissingError,
)
from registry.services.matches.explain_pair import explain_pair
from registry.services.matches.get_match import get_match
from registry.services.matches.shortlist_match import shortlist_match
from registry.services.matches.waive_rule import waive_rule
from registry.services.name_code import name_code
from registry.services.programmes.add_programme import add_programme
from registry.services.programmes.draft_programme import (
    draft_programme,
)
from registry.services.programmes.get_programme import get_programme, list_programmes
from registry.services.programmes.place_offer import place_offer
from registry.services.programmes.read_terms import terms_of_match
from registry.services.programmes.save_programme import save_programme
from registry.storage.audit import AuditEntry, verify_audit
from registry.storage.matches import Match
from registry.storage.programmes import GENERAL, ProgrammeVersion
from search.codes import MatchState, PairOutcome
from search.eligibility.pair import Pair, Settings
from search.eligibility.reading import read_line
from search.matching.pairing import Pairing, examine
from tests.registry.services.programmes.conftest import TEXT_ONLY, WEIGHTS


def test_at_first_there_is_the_houses_own_programme(desk):
    (general,) = list_programmes(desk.session, desk.officer)
    assert general["is_general"]
    assert (general["number"], general["left_out"]) == (0, [])
    assert general["weights"] == WEIGHTS


def test_a_version_is_written_with_who_when_and_why(desk):
    saved = desk.save(left_out=["target_group_covered"], weights=TEXT_ONLY, reason="Few youth.")
    assert (saved["number"], saved["left_out"]) == (1, ["target_group_covered"])
    (version,) = saved["versions"]
    assert (version["by_me"], version["reason"]) == (True, "Few youth.")
    assert version["day"] == desk.session.today
    again = desk.save(left_out=[], reason="Back again.")
    assert [each["number"] for each in again["versions"]] == [2, 1]
    assert again["versions"][1]["weights"] == TEXT_ONLY
    desk.session.commit()
    acts = desk.session.exec(select(AuditEntry).where(AuditEntry.act == "programme_saved")).all()
    assert [(act.subject, act.detail) for act in acts] == [(GENERAL, "1"), (GENERAL, "2")]
    assert verify_audit(desk.session) is None


def test_saving_what_stands_writes_nothing(desk):
    assert desk.save(reason=None, version=None)["number"] == 0
    assert desk.session.exec(select(ProgrammeVersion)).all() == []


def test_two_officers_cannot_write_over_each_other(desk, make_actor):
    before = get_programme(desk.session, desk.officer, GENERAL)["version"]
    desk.save(left_out=["language_accepted"])
    with pytest.raises(ConflictError) as refused:
        desk.save(left_out=["target_group_covered"], version=before)
    assert refused.value.current_version == before + 1
    with pytest.raises(VersionMissingError):
        desk.save(left_out=["target_group_covered"], version=None)
    assert get_programme(desk.session, desk.officer, GENERAL)["left_out"] == ["language_accepted"]


@pytest.mark.parametrize(
    ("terms", "field", "code"),
    [
        ({"left_out": ["offer_open"]}, "applied", "unknown_code"),
        ({"left_out": ["amount_within_range"]}, "applied", "unknown_code"),
        ({"weights": dict.fromkeys(WEIGHTS, 0)}, "weights", "all_zero"),
        ({"weights": WEIGHTS | {"urgency": 101}}, "weight_urgency", "out_of_range"),
        ({"weights": WEIGHTS | {"urgency": -1}}, "weight_urgency", "out_of_range"),
        ({"weights": {"urgency": 1}}, "weight_need_covered", "required"),
        ({"weights": WEIGHTS | {"beauty": 1}}, "weight_beauty", "required"),
        ({"left_out": ["language_accepted"], "reason": ""}, "reason", "required"),
    ],
)
def test_terms_that_cannot_be_judged_by_are_refused(desk, terms, field, code):
    with pytest.raises(RecordRefusedError) as refused:
        desk.save(**terms)
    assert (field, code) in [(each.field, each.code) for each in refused.value.problems]
    assert desk.session.exec(select(ProgrammeVersion)).all() == []


def test_matches_keep_the_version_that_made_them_and_show_its_weights(desk, market):
    desk.save(left_out=["target_group_covered"], weights=TEXT_ONLY)
    desk.drain()
    rows = desk.session.exec(select(Match)).all()
    assert {(m.programme_id, m.programme_number, m.weights_version) for m in rows} == {
        (GENERAL, 1, "general-1")
    }
    desk.save(left_out=["target_group_covered"], weights=WEIGHTS)  # not matched by it yet
    view = get_match(desk.session, desk.officer, rows[0].id, "en")
    weights = {line["part"]: line["weight"] for line in view["score_parts"]}
    assert weights == {code: float(code == "specificity") for code in WEIGHTS}
    assert (view["programme"], view["programme_version"]) == (GENERAL, 1)
    left = [line["rule"] for line in view["rules"]["not_in_force"]]
    assert left == ["target_group_covered"]
    assert "leaves this rule out" in view["rules"]["not_in_force"][0]["sentence"]


def test_an_old_match_is_replayed_by_its_own_version(desk, market):
    """From what it keeps: facts, day, version; whatever the programme says by now."""
    for left_out, weights in (((), WEIGHTS), (("target_group_covered",), WEIGHTS)):
        desk.save(left_out=left_out, weights=weights)
        desk.drain()
        matches = desk.session.exec(select(Match)).all()
        desk.save(left_out=["language_accepted"], weights=TEXT_ONLY)
        for match in matches:
            evidence = desk.session.vault.read_document(match, "evidence")
            stored = Pairing.from_record(evidence)
            terms = terms_of_match(desk.session, match)
            again = examine(
                Pair(*read_line({**evidence["facts"], "on": evidence["on"]}), Settings()),
                _affinity_of(stored),
                weights=terms.weights,
                left_out=terms.left_out,
            )
            assert again == stored
            assert terms.number == match.programme_number


def _affinity_of(pairing):
    text = pairing.score.parts["text_affinity"]
    return text.value if text.variant == "compared" else None


def test_weights_that_were_not_kept_are_shown_as_none(desk, market):
    match = desk.session.exec(select(Match)).first()
    for number, version in ((0, "long-ago"), (7, "general-7")):
        match.programme_number, match.weights_version = number, version
        assert terms_of_match(desk.session, match) is None
        view = get_match(desk.session, desk.officer, match.id, "en")
        assert {line["weight"] for line in view["score_parts"]} == {0.0}


def test_an_explanation_names_the_version_and_its_weights(desk, market):
    desk.save(weights=TEXT_ONLY)
    need, offer = market[0][0], market[1][0]
    said = explain_pair(desk.session, desk.officer, need, offer, "en", labels=name_code)
    assert (said["programme"], said["programme_version"]) == (GENERAL, 1)
    assert said["weights_version"] == "general-1"
    assert {part["part"]: part["weight"] for part in said["parts"]}["specificity"] == 1
    (part,) = (each for each in said["parts"] if each["part"] == "specificity")
    assert said["score"] == part["value"]


def test_an_offer_is_judged_by_its_own_programme_alone(desk, market):
    (_, media, *_), (for_youth, for_media, *_) = market
    mine = add_programme(desk.session, desk.officer, name="Emergency fund")["id"]
    place_offer(desk.session, desk.officer, for_youth.id, programme_id=mine)
    desk.save(mine, left_out=["target_group_covered"])
    desk.drain()
    standing = desk.standing()
    assert standing[media.id, for_youth.id][0] == PairOutcome.ELIGIBLE
    youth = market[0][0]
    assert (youth.id, for_media.id) not in standing
    row = desk.session.exec(select(Match).where(col(Match.offer_id) == for_youth.id)).first()
    assert (row.programme_id, row.programme_number) == (mine, 1)
    place_offer(desk.session, desk.officer, for_youth.id, programme_id=GENERAL)
    desk.drain()
    row = desk.session.exec(select(Match).where(col(Match.offer_id) == for_youth.id)).first()
    assert (row.programme_id, row.programme_number) == (GENERAL, 0)
    assert desk.standing()[media.id, for_youth.id][1] == MatchState.EXPIRED


def test_a_waiver_stands_whatever_the_programme_does(desk, market):
    (_, media, *_), (for_youth, *_) = market
    pair = (media.id, for_youth.id)
    desk.save(left_out=["target_group_covered"])
    desk.drain()
    match_id = desk.session.exec(
        select(Match.id).where(col(Match.need_id) == pair[0], col(Match.offer_id) == pair[1])
    ).one()
    shortlist_match(desk.session, desk.officer, match_id)  # so that it stays when a rule refuses
    desk.save(left_out=[])
    desk.drain()
    assert desk.standing()[pair][0] == PairOutcome.NOT_ELIGIBLE
    waive_rule(
        desk.session, desk.officer, match_id, rule="target_group_covered", note="They agreed."
    )
    desk.drain()
    assert desk.standing()[pair][0] == PairOutcome.ELIGIBLE
    desk.save(left_out=["language_accepted"], weights=TEXT_ONLY)
    desk.drain()
    assert desk.standing()[pair][0] == PairOutcome.ELIGIBLE


def test_only_officers_see_and_change_programmes(desk, giver):
    for act in (
        lambda: list_programmes(desk.session, giver),
        lambda: get_programme(desk.session, giver, GENERAL),
        lambda: add_programme(desk.session, giver, name="Mine"),
        lambda: save_programme(
            desk.session, giver, GENERAL, left_out=[], weights=WEIGHTS, reason="x", version=1
        ),
        lambda: draft_programme(
            desk.session, giver, GENERAL, left_out=[], weights=WEIGHTS, version=1
        ),
        lambda: place_offer(desk.session, giver, "0" * 32, programme_id=GENERAL),
    ):
        with pytest.raises(NotAllowedError):
            act()


def test_what_is_not_there_is_said_so(desk):
    with pytest.raises(NotFoundError):
        get_programme(desk.session, desk.officer, "f" * 32)
    with pytest.raises(NotFoundError):
        place_offer(desk.session, desk.officer, "f" * 32, programme_id=GENERAL)
    with pytest.raises(RecordRefusedError):
        place_offer(desk.session, desk.officer, "f" * 32, programme_id="f" * 32)
    with pytest.raises(RecordRefusedError):
        add_programme(desk.session, desk.officer, name=None)


def test_names_and_reasons_stand_in_no_file(desk, settings):
    mine = add_programme(desk.session, desk.officer, name="The Aurora fund")["id"]
    desk.save(mine, weights=TEXT_ONLY, reason="Because of Aurora")
    desk.session.commit()
    for file in settings.data_dir.iterdir():
        if file.is_file():
            assert b"Aurora" not in file.read_bytes(), file.name
    assert get_programme(desk.session, desk.officer, mine)["name"] == "The Aurora fund"
