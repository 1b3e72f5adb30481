"""What can go wrong, in words the rim turns into a status and a sentence.

Every error has a stable `code`; sentences for people are made at the rim, from
the catalogues. Nothing here carries a value that somebody typed.
"""

from collections.abc import Sequence
from datetime import date

from registry.domain.obstacles import Obstacle


class RegistryError(Exception):
    """Base of everything a service raises on purpose."""

    code = "refused"


class NotFoundError(RegistryError):
    """There is no such record, or none that the actor may know of: both look the same."""

    code = "not_found"


class NotAllowedError(RegistryError):
    """The actor may know the record, but may not do this with it."""

    code = "not_allowed"


class SignInNeededError(RegistryError):
    """Nobody is signed in, or the key is unknown, expired or revoked."""

    code = "sign_in_needed"


class SetUpNeededError(SignInNeededError):
    """The role asks for a second factor, and the account has none yet."""


class ProofNeededError(SignInNeededError):
    """Passphrase or code were said too long ago for this; once more opens it."""


class ReasonMissingError(RegistryError):
    """A refusal came without a reason code, or with one that this role may not use."""

    code = "reason_missing"


class InvalidMoveError(RegistryError):
    """A record cannot go from its state to the wanted one.

    `possible` lists the states it can go to instead, for this actor; `why` names the obstacles
    of `registry.domain.obstacles` that stand in the way, where it is not the state alone.
    """

    code = "invalid_move"

    def __init__(
        self,
        record: str,
        state: str,
        wanted: str,
        possible: Sequence[str],
        why: Sequence[Obstacle] = (),
    ) -> None:
        self.record = record
        self.state = state
        self.wanted = wanted
        self.possible = tuple(possible)
        self.why = tuple(why)
        super().__init__(
            f"{record} is {state}; {wanted} is not possible now, "
            f"possible is: {', '.join(self.possible) or 'nothing'}"
        )


class ConflictError(RegistryError):
    """Somebody changed the record in the meantime; nothing was written.

    `current_version` is the version that stands now.
    """

    code = "conflict"

    def __init__(self, record: str, current_version: int) -> None:
        self.record = record
        self.current_version = current_version
        super().__init__(f"{record} was changed in the meantime")


class VersionMissingError(RegistryError):
    """A change came without saying which version it was made from."""

    code = "version_missing"


class AlreadyExistsError(RegistryError):
    """Another record of the same party has this external id."""

    code = "already_exists"


class FieldProblem(Exception):  # noqa: N818 - a value collected in a list, seldom raised alone
    """One field that cannot be accepted: its dotted path, a code and values for the sentence."""

    def __init__(self, field: str, code: str, **values: object) -> None:
        self.field = field
        self.code = code
        self.values = values
        super().__init__(f"{field}: {code}")


class RecordRefusedError(RegistryError):
    """A record has fields that cannot be accepted; `problems` names each."""

    code = "record_refused"

    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(str(problem) for problem in self.problems))


class KeyGoneError(RegistryError):
    """The data key of this owner was destroyed: what it guarded cannot be read any more."""

    code = "key_gone"


class LimitReachedError(RegistryError):
    """Somebody has opened as many texts today as one account may; it goes on tomorrow."""

    code = "limit_reached"

    def __init__(self, limit: int, day: date) -> None:
        self.limit = limit
        self.day = day
        super().__init__(f"{limit} a day is the limit; go on tomorrow")


class ThrottledError(RegistryError):
    """It was tried too often; it goes on in `seconds`."""

    code = "throttled"

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"tried too often; try again in {seconds} seconds")


class SearchUnavailableError(RegistryError):
    """The index is being rebuilt; try again in a moment."""

    code = "search_unavailable"


class BusyError(RegistryError):
    """The write lock was not free in time; nothing was kept, try again in a moment."""

    code = "busy"


class UnsafeSettingsError(RegistryError):
    """The service refuses to start: the message says what to mend."""

    code = "unsafe_settings"
