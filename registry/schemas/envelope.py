"""What is typed to be sealed: one text, which leaves this house in no file."""

import re

from registry.schemas.record import InputSchema
from registry.schemas.texts import Prose

LONGEST = 1000


class SealedText(Prose):
    """Text that may begin as it likes, say with the + of a telephone, and tell who somebody is.

    That is what it is for, and no spreadsheet ever gets it.
    """

    formula = re.compile(r"(?!)")

    def __init__(self, most: int) -> None:
        """Take up to `most` characters."""
        super().__init__(most)
        self.is_told = False


class EnvelopeSchema(InputSchema):
    """One envelope; left blank, it is taken away."""

    text = SealedText(LONGEST)
