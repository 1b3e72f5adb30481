"""What gives people away in a text: numbers, handles, links, papers and addresses in it.

Texts are read in the habits of Belarusian, Russian, Ukrainian, Polish, Lithuanian and English,
and through the usual disguises: full-width digits, look-alike letters, "(at)", spelled digits.
What is found is shown to whoever wrote it, to be taken out or kept knowingly; so a pattern may be
wrong now and then, but must never be in the way of ordinary sentences.
"""

from registry.domain.giveaways.find import Giveaway, find_giveaways
from registry.domain.giveaways.kinds import GiveawayKind

__all__ = ["Giveaway", "GiveawayKind", "find_giveaways"]
