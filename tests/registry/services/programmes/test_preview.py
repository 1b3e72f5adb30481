"""What a draft of a programme says it would change is what saving it changes."""

from typing import Any

import pytest
from sqlmodel import select

from registry.domain.errors import (
    NotFoundError,
)
from registry.services.matches.dismiss_match import dismiss_match
from registry.services.matches.forbid_match import forbid_match
from registry.services.matches.shortlist_match import shortlist_match
from registry.services.programmes import count_effect
from registry.services.programmes.draft_programme import (
    draft_programme,
    drop_draft,
    get_draft,
)
from registry.services.programmes.get_programme import get_programme
from registry.storage.matches import Match
from registry.storage.programmes import GENERAL, ProgrammeDraft
from search.codes import PairOutcome, ReasonCode
from tests.factories import NeedFactory
from tests.registry.services.programmes.conftest import TEXT_ONLY, WEIGHTS

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
