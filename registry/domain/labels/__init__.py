"""A name in plain words for every code, and what choosing it means where that matters.

All strings are English msgids; pages, API and command line translate them for their reader.
"""

from dataclasses import dataclass

from registry.domain.labels import matches, needs, offers, parties
from registry.domain.labels.categories import CATEGORY
from registry.domain.labels.wording import Wording, Wordings
from registry.domain.msgid import N_
from search.codes import CATEGORY_GROUPS

__all__ = ["LISTS", "CodeList", "Wording", "codes_of", "consequence", "label", "title"]


@dataclass(frozen=True, slots=True)
class CodeList:
    """One closed list: its name in plain words, and the wording of each of its codes."""

    title: str
    wordings: Wordings


LISTS: dict[str, CodeList] = {
    "category": CodeList(N_("What is needed"), CATEGORY),
    "group": CodeList(N_("Areas of need"), {group: CATEGORY[group] for group in CATEGORY_GROUPS}),
    "organisation_kind": CodeList(N_("What you do"), parties.ORGANISATION_KIND),
    "legal_status": CodeList(N_("Papers of the organisation"), parties.LEGAL_STATUS),
    "staff_band": CodeList(N_("How many people are paid"), parties.STAFF_BAND),
    "vetting": CodeList(N_("How far it was checked"), parties.VETTING),
    "theme": CodeList(N_("What the work is about"), parties.THEME),
    "target_group": CodeList(N_("Whom the work is for"), parties.TARGET_GROUP),
    "state": CodeList(N_("State in the registry"), parties.STATE),
    "donor_kind": CodeList(N_("Who gives"), parties.DONOR_KIND),
    "envelope": CodeList(N_("What is sealed"), parties.ENVELOPE),
    "measure": CodeList(N_("What help is counted in"), needs.MEASURE),
    "recurrence": CodeList(N_("How it is paid"), needs.RECURRENCE),
    "urgency": CodeList(N_("How soon"), needs.URGENCY),
    "channel": CodeList(N_("How it can reach you"), needs.CHANNEL),
    "publicity": CodeList(N_("Who may know"), needs.PUBLICITY),
    "reporting": CodeList(N_("What has to be reported"), needs.REPORTING),
    "reader": CodeList(N_("Who may read the text before you say yes"), needs.READER),
    "need_status": CodeList(N_("Where the need stands"), needs.NEED_STATUS),
    "instrument": CodeList(N_("Kind of help"), offers.INSTRUMENT),
    "flexibility": CodeList(N_("How free you are in using it"), offers.FLEXIBILITY),
    "budget_per": CodeList(N_("What the budget is for"), offers.BUDGET_PER),
    "visibility": CodeList(N_("Who may see the offer"), offers.VISIBILITY),
    "offer_status": CodeList(N_("Where the offer stands"), offers.OFFER_STATUS),
    "match_state": CodeList(N_("Where the pairing stands"), matches.MATCH_STATE),
    "review_kind": CodeList(N_("What was decided"), matches.REVIEW_KIND),
    "reason": CodeList(N_("Why it was declined"), matches.REASON),
    "question_state": CodeList(N_("Where the question stands"), matches.QUESTION_STATE),
    "outcome": CodeList(N_("What a rule says"), matches.OUTCOME),
    "pair_outcome": CodeList(N_("What all rules say together"), matches.PAIR_OUTCOME),
    "why_not": CodeList(N_("Why it does not come about"), matches.WHY_NOT),
    "party": CodeList(N_("Who takes part"), parties.PARTY),
}
"""List name -> its title and wordings; every list of search/codes.py that people meet."""


def label(list_name: str, code: str) -> str:
    """Return the msgid that names a code in plain words.

    Raises:
        KeyError: the list or the code does not exist (a mistake of the programme).
    """
    return LISTS[list_name].wordings[code].label


def consequence(list_name: str, code: str) -> str | None:
    """Return the msgid of what choosing this code means, None where it has no consequence."""
    return LISTS[list_name].wordings[code].consequence


def title(list_name: str) -> str:
    """Return the msgid that names the whole list, as the question over a choice would."""
    return LISTS[list_name].title


def codes_of(list_name: str) -> tuple[str, ...]:
    """Return the codes of a list in the order in which people are shown them."""
    return tuple(str(code) for code in LISTS[list_name].wordings)
