"""What can be wrong with a row beyond its own fields: the file, the parties, the states."""

from collections.abc import Mapping

from registry.domain.errors import FieldProblem, InvalidMoveError
from registry.domain.pipeline import check_move
from registry.services.imports.candidate import Candidate, PartyKey
from registry.services.imports.kinds import Kind
from registry.services.imports.standing import PartyFound


def find_problem(
    kind: Kind,
    candidate: Candidate,
    parties: Mapping[PartyKey, PartyFound],
    lines: Mapping[bytes, int],
) -> FieldProblem | None:
    """Return the first thing that keeps a row out; None where it may go in.

    Args:
        kind: of the record.
        candidate: the row; its `standing` has been looked up.
        parties: those that rows of this batch name, as far as they exist.
        lines: external ids that stand further up in the file, with their lines.
    """
    if candidate.own_key in lines:
        line = lines[candidate.own_key]
        return FieldProblem("external_id", "repeated_external_id", line=line)
    if candidate.standing is not None and candidate.standing.is_deleted:
        return FieldProblem("external_id", "record_deleted")
    return _check_party(kind, candidate, parties) or _check_moves(kind, candidate)


def _check_party(
    kind: Kind, candidate: Candidate, parties: Mapping[PartyKey, PartyFound]
) -> FieldProblem | None:
    if candidate.party_key is None:
        return None
    party = parties.get(candidate.party_key)
    if party is None:
        return FieldProblem(kind.reference.field, "unknown_reference")
    if not kind.reference.owns:
        return None
    if not party.is_active:
        return FieldProblem(kind.reference.field, "party_not_active")
    if candidate.standing is not None and candidate.standing.owner_id != party.id:
        return FieldProblem(kind.reference.field, "belongs_elsewhere")
    return None


def _check_moves(kind: Kind, candidate: Candidate) -> FieldProblem | None:
    if candidate.standing is None:
        return None
    for field, moves in kind.kept.items():
        current = candidate.standing.kept[field]
        try:
            check_move(moves, current, candidate.record.get(field, current))
        except InvalidMoveError as error:
            if not error.possible:
                return FieldProblem(field, "move_impossible", state=current)
            possible = ", ".join(error.possible)
            return FieldProblem(field, "move_not_possible", state=current, possible=possible)
    return None
