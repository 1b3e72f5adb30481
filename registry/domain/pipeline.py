"""The allowed moves of every record's state, one readable table per record.

A line reads: from these states, to that one, decided by these movers, through this review.
`by` says whose decision a move is; an officer who acts for a party without an account, or a
hub that writes for one it hosts, takes that party's part. Guards that look at facts (vetting,
protecting rules) stand with the services; here is only what can follow what.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.errors import InvalidMoveError
from search.codes import (
    MatchState,
    NeedStatus,
    OfferStatus,
    QuestionState,
    RecordState,
    ReviewKind,
    Vetting,
)


class Mover(StrEnum):
    """Whose decision a move is; the worker's are the passing of days and their consequences."""

    ORGANISATION = "organisation"
    DONOR = "donor"
    OFFICER = "officer"
    WORKER = "worker"


ORGANISATION, DONOR, OFFICER, WORKER = Mover


@dataclass(frozen=True, slots=True)
class Move:
    """One line of a table."""

    sources: tuple[str, ...]
    to: str
    by: tuple[Mover, ...]
    kind: ReviewKind | None = None


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The moves of one record; `codes` is the list of labels its states are named in."""

    codes: str
    states: type[StrEnum]
    starts: tuple[str, ...]
    final: tuple[str, ...]
    moves: tuple[Move, ...]


_ACTIVE, _FROZEN, _DELETED = RecordState


def _owned_by(owner: Mover) -> Pipeline:
    """Whoever owns a record may freeze and delete it alone; only an officer opens it again.

    A frozen record is opened by somebody who can ask whether its owner is free to speak.
    """
    return Pipeline(
        codes="state",
        states=RecordState,
        starts=(_ACTIVE,),
        final=(_DELETED,),
        moves=(
            Move((_ACTIVE,), _FROZEN, by=(owner, OFFICER)),
            Move((_FROZEN,), _ACTIVE, by=(OFFICER,)),
            Move((_ACTIVE, _FROZEN), _DELETED, by=(owner, OFFICER)),
        ),
    )


_UNVERIFIED, _VOUCHED, _VERIFIED, _SUSPENDED = Vetting

VETTING = Pipeline(
    codes="vetting",
    states=Vetting,
    starts=(_UNVERIFIED,),
    final=(),
    moves=(
        Move((_UNVERIFIED,), _VOUCHED, by=(OFFICER,)),
        Move((_UNVERIFIED, _VOUCHED), _VERIFIED, by=(OFFICER,)),
        # Trust can shrink step by step or at once ...
        Move((_VERIFIED,), _VOUCHED, by=(OFFICER,)),
        Move((_VOUCHED, _VERIFIED), _UNVERIFIED, by=(OFFICER,)),
        Move((_UNVERIFIED, _VOUCHED, _VERIFIED), _SUSPENDED, by=(OFFICER,)),
        # ... and after a suspension it is built up from the beginning.
        Move((_SUSPENDED,), _UNVERIFIED, by=(OFFICER,)),
    ),
)

_N = NeedStatus

NEED = Pipeline(
    codes="need_status",
    states=NeedStatus,
    starts=(_N.DRAFT, _N.OPEN),
    final=(_N.MET, _N.WITHDRAWN),
    moves=(
        Move((_N.DRAFT,), _N.OPEN, by=(ORGANISATION, OFFICER)),
        Move((_N.OPEN,), _N.DRAFT, by=(ORGANISATION,)),
        Move((_N.OPEN,), _N.PARTLY_MET, by=(ORGANISATION, OFFICER, WORKER)),
        Move((_N.OPEN, _N.PARTLY_MET), _N.MET, by=(ORGANISATION, OFFICER, WORKER)),
        Move((_N.OPEN, _N.PARTLY_MET), _N.EXPIRED, by=(WORKER,)),
        # A stale need comes back with a new last day rather than being written anew.
        Move((_N.EXPIRED,), _N.OPEN, by=(ORGANISATION, OFFICER)),
        Move(
            (_N.DRAFT, _N.OPEN, _N.PARTLY_MET, _N.EXPIRED),
            _N.WITHDRAWN,
            by=(ORGANISATION, OFFICER),
        ),
    ),
)

_F = OfferStatus

OFFER = Pipeline(
    codes="offer_status",
    states=OfferStatus,
    starts=(_F.DRAFT, _F.OPEN),
    final=(_F.CLOSED,),
    moves=(
        Move((_F.DRAFT, _F.PAUSED), _F.OPEN, by=(DONOR, OFFICER)),
        Move((_F.OPEN,), _F.DRAFT, by=(DONOR,)),
        Move((_F.OPEN,), _F.PAUSED, by=(DONOR, OFFICER)),
        Move((_F.OPEN, _F.PAUSED), _F.EXHAUSTED, by=(DONOR, OFFICER, WORKER)),
        # More money, or a new month of a monthly budget.
        Move((_F.EXHAUSTED,), _F.OPEN, by=(DONOR, OFFICER, WORKER)),
        Move((_F.DRAFT,), _F.CLOSED, by=(DONOR, OFFICER)),
        Move((_F.OPEN, _F.PAUSED, _F.EXHAUSTED), _F.CLOSED, by=(DONOR, OFFICER, WORKER)),
    ),
)

_M, _R = MatchState, ReviewKind
_UNSEEN = (_M.PROPOSED, _M.SHORTLISTED)
_UNDER_WAY = (*_UNSEEN, _M.OFFERED, _M.INTERESTED, _M.CONSENTED)
_AGREED = (_M.CONSENTED, _M.INTRODUCED)

MATCH = Pipeline(
    codes="match_state",
    states=MatchState,
    starts=(_M.PROPOSED,),
    final=(_M.AWARDED,),
    moves=(
        Move((_M.PROPOSED,), _M.SHORTLISTED, by=(OFFICER,), kind=_R.SHORTLIST),
        Move((_M.SHORTLISTED,), _M.OFFERED, by=(OFFICER,), kind=_R.OFFER),
        Move((_M.OFFERED,), _M.INTERESTED, by=(DONOR,), kind=_R.INTEREST),
        Move((_M.INTERESTED,), _M.CONSENTED, by=(ORGANISATION,), kind=_R.CONSENT),
        Move((_M.CONSENTED,), _M.INTRODUCED, by=(OFFICER, WORKER)),
        Move((_M.INTRODUCED,), _M.AWARDED, by=(OFFICER, DONOR), kind=_R.AWARD),
        # A no before one's own yes declines ...
        Move(_UNSEEN, _M.DECLINED, by=(OFFICER,), kind=_R.DISMISS),
        Move((*_UNSEEN, _M.OFFERED, _M.INTERESTED), _M.DECLINED, by=(OFFICER,), kind=_R.DECLINE),
        Move((*_UNSEEN, _M.OFFERED, _M.INTERESTED), _M.DECLINED, by=(OFFICER,), kind=_R.FORBID),
        Move((_M.OFFERED,), _M.DECLINED, by=(DONOR,), kind=_R.DECLINE),
        Move((_M.INTERESTED,), _M.DECLINED, by=(ORGANISATION,), kind=_R.DECLINE),
        # ... and after it, takes the yes back.
        Move((_M.INTERESTED,), _M.WITHDRAWN, by=(DONOR,), kind=_R.DECLINE),
        Move(_AGREED, _M.WITHDRAWN, by=(ORGANISATION, DONOR, OFFICER), kind=_R.DECLINE),
        Move(_AGREED, _M.WITHDRAWN, by=(OFFICER,), kind=_R.FORBID),
        # What days and other records bring about.
        Move(_UNDER_WAY, _M.EXPIRED, by=(WORKER,)),
        Move((*_UNDER_WAY, _M.INTRODUCED), _M.WITHDRAWN, by=(WORKER,)),
        # A pair has one match for good; it comes back once its facts changed, unless forbidden.
        Move((_M.DECLINED, _M.EXPIRED, _M.WITHDRAWN), _M.PROPOSED, by=(WORKER,)),
    ),
)

ENDED_MATCHES = (_M.AWARDED, _M.DECLINED, _M.EXPIRED, _M.WITHDRAWN)
"""States in which nobody has anything left to decide."""

_Q = QuestionState

QUESTION = Pipeline(
    codes="question_state",
    states=QuestionState,
    starts=(_Q.OPEN,),
    final=(_Q.ANSWERED, _Q.WITHDRAWN),
    moves=(
        Move((_Q.OPEN,), _Q.ANSWERED, by=(ORGANISATION, DONOR, OFFICER)),
        Move((_Q.OPEN,), _Q.WITHDRAWN, by=(ORGANISATION, DONOR, OFFICER, WORKER)),
    ),
)

PIPELINES: dict[str, Pipeline] = {
    "organisation": _owned_by(ORGANISATION),
    "donor": _owned_by(DONOR),
    "vetting": VETTING,
    "need": NEED,
    "offer": OFFER,
    "match": MATCH,
    "question": QUESTION,
}
"""Record -> its table; `vetting` is that of organisations and of donors alike."""

STAYING_REVIEWS: dict[ReviewKind, tuple[MatchState, ...]] = {
    _R.PIN: _UNSEEN,
    _R.WAIVE: (*_UNSEEN, _M.OFFERED, _M.INTERESTED),
    _R.NOTE: tuple(MatchState),
}
"""Officers' reviews that move nothing, and the states in which they can be made."""


def _targets(moves: Iterable[Move], state: str, by: Mover | None) -> tuple[str, ...]:
    reachable = (
        move.to for move in moves if state in move.sources and (by is None or by in move.by)
    )
    return tuple(dict.fromkeys(reachable))


def moves_from(record: str, state: str, by: Mover | None = None) -> tuple[str, ...]:
    """Return the states that can follow, in the table's order; for one mover, or for anybody."""
    return _targets(PIPELINES[record].moves, state, by)


def check_move(record: str, state: str, wanted: str, by: Mover | None = None) -> None:
    """Let a move pass that the record's table allows; staying where one is, is no move.

    Raises:
        InvalidMoveError: with the states that are possible instead.
    """
    possible = moves_from(record, state, by)
    if wanted != state and wanted not in possible:
        raise InvalidMoveError(record, state, wanted, possible)


def is_final(record: str, state: str) -> bool:
    """Say whether nothing can follow this state."""
    return state in PIPELINES[record].final


def reviews_from(state: MatchState, by: Mover) -> tuple[ReviewKind, ...]:
    """Return the reviews this mover can make of a match in this state, moving ones first."""
    moving = (
        move.kind for move in MATCH.moves if move.kind and state in move.sources and by in move.by
    )
    staying = (
        kind for kind, states in STAYING_REVIEWS.items() if by is OFFICER and state in states
    )
    return tuple(dict.fromkeys((*moving, *staying)))


def state_after_review(state: MatchState, kind: ReviewKind, by: Mover) -> MatchState:
    """Return the state of a match after a review; the same one where the review moves nothing.

    Raises:
        InvalidMoveError: of the record `review`, with the reviews possible instead.
    """
    possible = reviews_from(state, by)
    if kind not in possible:
        raise InvalidMoveError("review", state, kind, possible)
    if kind in STAYING_REVIEWS:
        return state
    moves = (move for move in MATCH.moves if move.kind is kind)
    return MatchState(_targets(moves, state, by)[0])
