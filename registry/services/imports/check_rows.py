"""Pass 1: every row is checked, against the file and against what stands already.

Nothing of the main database is written or locked. Rows that may go in are staged in the side
file, with what is guarded already encrypted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from registry.domain.errors import FieldProblem, RecordRefusedError
from registry.domain.identifiers import new_id
from registry.schemas.giveaways import warn_of
from registry.services.imports.candidate import Candidate, PartyKey, load_candidate
from registry.services.imports.kinds import Kind
from registry.services.imports.report import ImportReport, RowProblem
from registry.services.imports.row_problems import find_problem
from registry.services.imports.seal_rows import SealTo, seal_row, take_sealed
from registry.services.imports.side_file import CHANGE, CREATE, UNCHANGED, SideFile
from registry.services.imports.source_row import SourceRow
from registry.services.imports.stage_row import stage_row
from registry.services.imports.standing import PartyFound, find_parties, find_standing
from registry.storage.database import Database, RegistrySession
from registry.storage.records import hash_readable

MOST_PROBLEMS = 20
"""Problems told of one row; a person mends these first."""


@dataclass(slots=True)
class RowChecks:
    """Checks the rows of one import, a batch at a time, and counts what it refuses."""

    database: Database
    kind: Kind
    side: SideFile
    report: ImportReport
    partial: bool
    dry_run: bool
    seal_to: SealTo | None = None

    @property
    def stages(self) -> bool:
        """Say whether rows can still go in, so have to be encrypted and kept."""
        return not self.dry_run and (self.partial or not self.report.refused)

    def check_batch(self, rows: Sequence[SourceRow]) -> None:
        """Check rows in the order of the file; none of them stays in memory."""
        self.report.rows += len(rows)
        with self.database.reading() as session:
            loaded = [found for row in rows if (found := self._load(session, row)) is not None]
            fresh = self._decide(session, loaded)
            self._stage(session, fresh)

    def _load(self, session: RegistrySession, row: SourceRow) -> Candidate | None:
        try:
            return self._read(session, row)
        except RecordRefusedError as refused:
            self._refuse(row.line, refused.problems)
            return None

    def _read(self, session: RegistrySession, row: SourceRow) -> Candidate:
        if self.seal_to is None or row.problems:
            return load_candidate(session, self.kind, row)
        record, sealed = take_sealed(self.kind, row.record)
        candidate = load_candidate(session, self.kind, replace(row, record=record))
        candidate.sealed = sealed
        return candidate

    def _refuse(self, line: int, problems: Sequence[FieldProblem]) -> None:
        self.report.refused += 1
        told = problems[:MOST_PROBLEMS]
        self.report.problems.extend(RowProblem(line, problem) for problem in told)

    def _decide(self, session: RegistrySession, loaded: Sequence[Candidate]) -> list[Candidate]:
        """Say of each row what is to be done; return those whose external id is new to the file."""
        keys = [candidate.own_key for candidate in loaded]
        standing = find_standing(session, self.kind, keys)
        parties = self._find_parties(session, loaded)
        lines = {key: line for key, (line, _) in self.side.find_seen(keys).items()}
        fresh = []
        for candidate in loaded:
            candidate.standing = standing.get(candidate.own_key)
            problem = find_problem(self.kind, candidate, parties, lines)
            if candidate.own_key not in lines:
                lines[candidate.own_key] = candidate.line
                fresh.append(candidate)
            if problem is not None:
                self._refuse(candidate.line, [problem])
            else:
                self._accept(session, candidate, parties)
        return fresh

    def _find_parties(
        self, session: RegistrySession, loaded: Iterable[Candidate]
    ) -> dict[PartyKey, PartyFound]:
        """Return the parties that rows name; a hub may stand further up in the same file."""
        keys = {each.party_key for each in loaded if each.party_key is not None}
        hashes = {key for key in keys if isinstance(key, bytes)}
        ids = {key for key in keys if isinstance(key, str)}
        parties = find_parties(session, self.kind.reference.party, hashes, ids)
        if self.kind.has_own_key:
            for key, (_, row_id) in self.side.find_seen(hashes).items():
                if row_id is not None:
                    parties.setdefault(key, PartyFound(row_id, is_active=True))
        return parties

    def _accept(
        self,
        session: RegistrySession,
        candidate: Candidate,
        parties: dict[PartyKey, PartyFound],
    ) -> None:
        if candidate.party_key is not None:
            candidate.party_id = parties[candidate.party_key].id
        standing = candidate.standing
        candidate.row_id = standing.id if standing else new_id()
        if standing is None:
            candidate.act = CREATE
        elif standing.readable_hash == hash_readable(session.vault, candidate.record):
            candidate.act = UNCHANGED
        else:
            candidate.act = CHANGE
        if candidate.act != UNCHANGED:
            self._warn(candidate)
        if self.kind.has_own_key:
            parties.setdefault(candidate.own_key, PartyFound(candidate.row_id, is_active=True))

    def _warn(self, candidate: Candidate) -> None:
        found = warn_of(self.kind.name, candidate.record)
        if candidate.act == CHANGE:
            found += [FieldProblem(name, "sealed_by_owner") for name in candidate.sealed]
        self.report.warnings.extend(RowProblem(candidate.line, each) for each in found)

    def _stage(self, session: RegistrySession, fresh: Sequence[Candidate]) -> None:
        # First the ids, for good: keys made for them can then be found again after a kill.
        self.side.note(
            [
                {
                    "external_id_hash": each.own_key,
                    "line": each.line,
                    "id": each.row_id,
                    "act": each.act,
                }
                for each in fresh
            ]
        )
        if not self.stages:
            return
        written = [each for each in fresh if each.act in (CREATE, CHANGE)]
        self._prepare_keys(session, written)
        self.side.stage([stage_row(session, self.kind, each) for each in written])
        if self.seal_to is not None:
            new = [each for each in written if each.act == CREATE]
            sealed = [seal_row(session, self.kind, each, self.seal_to) for each in new]
            self.side.stage_sealed([row for rows in sealed for row in rows])

    def _prepare_keys(self, session: RegistrySession, written: Iterable[Candidate]) -> None:
        """Make the keys of new parties; have at hand those under which the others are guarded."""
        keys = session.vault.keys
        if self.kind.has_own_key:
            keys.make_keys(each.row_id for each in written if each.act == CREATE and each.row_id)
        else:
            keys.look_up({each.party_id for each in written if each.party_id})
