"""An officer's desk with programmes, a worker, and a small market."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlmodel import select

from registry.jobs.by_hand import drain_all
from registry.services.programmes.draft_programme import (
    draft_programme,
    get_draft,
)
from registry.services.programmes.get_programme import get_programme
from registry.services.programmes.save_programme import save_programme
from registry.storage.matches import Match
from registry.storage.programmes import GENERAL
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
