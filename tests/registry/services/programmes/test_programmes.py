"""Programmes: terms by version, what they change, and that nothing of it happens by itself."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlmodel import col, select

from registry.domain.errors import (
    ConflictError,
    NotAllowedError,
    NotFoundError,
    RecordRefusedError,
    VersionMissingError,
)
from registry.jobs.by_hand import drain_all
from registry.services.matches.dismiss_match import dismiss_match
from registry.services.matches.explain_pair import explain_pair
from registry.services.matches.forbid_match import forbid_match
from registry.services.matches.get_match import get_match
from registry.services.matches.shortlist_match import shortlist_match
from registry.services.matches.waive_rule import waive_rule
from registry.services.name_code import name_code
from registry.services.programmes import count_effect
from registry.services.programmes.add_programme import add_programme
from registry.services.programmes.draft_programme import (
    draft_programme,
    drop_draft,
    get_draft,
)
from registry.services.programmes.get_programme import get_programme, list_programmes
from registry.services.programmes.place_offer import place_offer
from registry.services.programmes.read_terms import terms_of_match
from registry.services.programmes.save_programme import save_programme
from registry.storage.audit import AuditEntry, verify_audit
from registry.storage.matches import Match
from registry.storage.programmes import GENERAL, ProgrammeDraft, ProgrammeVersion
from search.codes import MatchState, PairOutcome, ReasonCode
from search.eligibility.pair import Pair, Settings
from search.eligibility.reading import read_line
from search.matching.pairing import Pairing, examine
from search.matching.weights import load_weights
from tests.factories import NeedFactory, OfferFactory
from tests.factories.matches import CLEAR_TERMS

WEIGHTS = {code: round(weight) for code, weight in load_weights().of_parts.items()}
TEXT_ONLY = dict.fromkeys(WEIGHTS, 0) | {"specificity": 1}
YOUTH = {**CLEAR_TERMS, "target_groups": ["youth"]}


@dataclass
class Desk:
    """An officer with a worker: saves, tries, and sees what stands."""

    session: Any
    officer: Any
    parts: Any

    def drain(self):
        self.session.commit()
        drain_all(self.parts.database)
        self.session.expire_all()

    def save(self, programme=GENERAL, left_out=(), weights=WEIGHTS, **changes):
        version = get_programme(self.session, self.officer, programme)["version"]
        fields = {"reason": "We try it.", "version": version, **changes}
        return save_programme(
            self.session,
            self.officer,
            programme,
            left_out=list(left_out),
            weights=weights,
            **fields,
        )

    def try_out(self, programme=GENERAL, left_out=(), weights=WEIGHTS):
        draft = draft_programme(
            self.session,
            self.officer,
            programme,
            left_out=list(left_out),
            weights=weights,
            version=1,
        )
        self.drain()
        return get_draft(self.session, self.officer, programme, draft)["effect"]

    def standing(self):
        """Return outcome, state and score of every stored pair."""
        rows = self.session.exec(select(Match)).all()
        return {(row.need_id, row.offer_id): (row.outcome, row.state, row.score) for row in rows}


@pytest.fixture
def desk(session, officer, parts):
    return Desk(session, officer, parts)


@pytest.fixture
def market(desk):
    """Four needs and five offers: for youth, for media, for all, too small, and one in English."""
    needs = [
        NeedFactory.create(target_groups=groups)
        for groups in (["youth"], ["media"], ["media", "youth"], None)
    ]
    offers = [
        OfferFactory.create(**{**CLEAR_TERMS, **terms})
        for terms in (
            {"target_groups": ["youth"]},
            {"target_groups": ["media"], "reporting_required": "light"},
            {},
            {"target_groups": ["media"], "countries": ["PL", "LT"]},
            {"min_years_active": 90},
        )
    ]
    desk.drain()
    return needs, offers


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
    for left_out, weights in CHANGES[:2]:
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


CHANGES = [
    ((), WEIGHTS),
    (("target_group_covered",), WEIGHTS),
    (("years_active_sufficient",), WEIGHTS),
    (("target_group_covered", "years_active_sufficient", "language_accepted"), WEIGHTS),
    ((), TEXT_ONLY),
    (("target_group_covered",), TEXT_ONLY),
]


def best_three(standing):
    """Work out the best three offers of every need from what is stored, in another way."""
    ranks = {"eligible": 0, "needs_information": 1}
    found: dict[str, list[Any]] = {}
    for (need, offer), (outcome, state, score) in standing.items():
        if outcome in ranks and state in ("proposed", "shortlisted", "offered"):
            found.setdefault(need, []).append((ranks[outcome], -score, offer))
    return {need: [line[2] for line in sorted(lines)[:3]] for need, lines in found.items()}


@pytest.mark.parametrize(
    ("stands", "drafted"),
    [*((CHANGES[0], each) for each in CHANGES[1:]), (CHANGES[5], CHANGES[0])],
)
def test_the_preview_is_what_saving_does(desk, market, stands, drafted):
    """From the house's terms and from others, with pairs on which people have decided already."""
    (left_out, weights), (first_left_out, first_weights) = drafted, stands
    desk.save(left_out=first_left_out, weights=first_weights)
    desk.drain()
    matches = desk.session.exec(select(Match).order_by(Match.id)).all()
    eligible = [each for each in matches if each.outcome == PairOutcome.ELIGIBLE]
    shortlist_match(desk.session, desk.officer, eligible[0].id)
    dismiss_match(desk.session, desk.officer, eligible[1].id, reason_code=ReasonCode.DUPLICATE)
    forbid_match(
        desk.session, desk.officer, eligible[2].id, reason_code=ReasonCode.CONFLICT_OF_INTEREST
    )
    desk.drain()
    effect = desk.try_out(left_out=left_out, weights=weights)
    before = desk.standing()
    desk.save(left_out=left_out, weights=weights)
    desk.drain()
    after = desk.standing()

    def counts_as(standing, pair):
        outcome, state, _ = standing.get(pair, ("not_eligible", "none", 0))
        return outcome if state in ("proposed", "shortlisted", "expired") else state

    changed = {
        pair: (counts_as(before, pair), counts_as(after, pair))
        for pair in before | after
        if counts_as(before, pair) != counts_as(after, pair)
    }
    became = [now for _, now in changed.values()]
    assert effect["eligible"] == became.count("eligible")
    assert effect["open"] == became.count("needs_information")
    assert effect["refused"] == became.count("not_eligible")
    assert {(each["need"], each["offer"]) for each in effect["examples"]} == set(changed)
    first, second = best_three(before), best_three(after)
    assert effect["needs"] == sum(first.get(need) != second.get(need) for need in {*first, *second})


def test_trying_saves_nothing_and_changes_no_pair(desk, market):
    before = desk.standing()
    effect = desk.try_out(left_out=["target_group_covered"], weights=TEXT_ONLY)
    assert effect["eligible"] > 0
    assert desk.standing() == before
    assert get_programme(desk.session, desk.officer, GENERAL)["number"] == 0


def test_a_pair_that_fits_and_is_not_stored_does_not_become_eligible(desk, market):
    """Of very many pairs the worker stores only the best."""
    stored = desk.session.exec(select(Match).where(Match.outcome == PairOutcome.ELIGIBLE)).all()
    for match in stored:
        desk.session.delete(match)
    desk.session.commit()
    assert desk.try_out(weights=TEXT_ONLY)["eligible"] == 0
    more = desk.try_out(left_out=["target_group_covered"])
    assert more["eligible"] > 0
    assert more["refused"] == 0
    assert {each["before"] for each in more["examples"]} <= {"not_eligible", "needs_information"}


def test_of_very_many_pairs_a_part_is_counted_and_said_so(desk, market, monkeypatch):
    whole = desk.try_out(left_out=["target_group_covered"])
    assert (whole["needs_looked_at"], whole["needs_in_all"]) == (4, 4)
    monkeypatch.setattr(count_effect, "MOST_PAIRS", 10)
    part = desk.try_out(left_out=["target_group_covered"])
    assert (part["needs_looked_at"], part["needs_in_all"]) == (2, 4)
    first_two = sorted(need.id for need in market[0])[:2]
    assert {each["need"] for each in part["examples"]} == {
        each["need"] for each in whole["examples"] if each["need"] in first_two
    }


def test_a_need_that_came_before_the_draft_is_matched_before_it_is_counted(desk, market):
    NeedFactory.create(target_groups=["youth"])
    assert desk.try_out()["eligible"] == 0
    assert len({need for need, _ in desk.standing()}) == 5


def test_a_draft_goes_when_it_is_saved_thrown_away_or_its_day_ends(desk, calendar):
    def draft():
        return draft_programme(
            desk.session, desk.officer, GENERAL, left_out=[], weights=TEXT_ONLY, version=1
        )

    gone = draft()
    drop_draft(desk.session, desk.officer, GENERAL, gone)
    desk.drain()  # what the worker finds no draft of is no work
    draft()
    desk.save(weights=TEXT_ONLY)
    assert desk.session.exec(select(ProgrammeDraft)).all() == []
    old = draft()
    desk.session.today = calendar.pass_days(1)
    draft()
    with pytest.raises(NotFoundError):
        get_draft(desk.session, desk.officer, GENERAL, old)


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
