"""One side of a pairing, for the pages that both sides have."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import url_for

from registry.domain.pipeline import Mover
from search.codes import MatchState


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pairing: its part, the act that is its yes, and the state that follows."""

    part: Mover
    yes: Callable[..., dict[str, Any]]
    leads_to: tuple[MatchState, ...]
    waits_in: MatchState
    """The state in which it is this side's turn."""

    @property
    def name(self) -> str:
        """The name of its blueprint and of its folder of templates."""
        return str(self.part)

    def address(self, page: str, **values: Any) -> str:
        """Return the address of one of its own pages."""
        return url_for(f"{self.name}.{page}", **values)
