"""What the rules said of a match when it was last judged, and what people set aside of it."""

from dataclasses import dataclass

from registry.services.matches.waivers import WaiverStanding, read_waivers
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from search.codes import Outcome
from search.eligibility.catalogue import load_rules
from search.eligibility.rule import Rule
from search.eligibility.verdict import Verdict


@dataclass(frozen=True, slots=True)
class JudgedRule:
    """One rule's verdict on a match, with the waiver that stands beside it, if there is one."""

    rule: Rule
    verdict: Verdict
    waiver: WaiverStanding | None
    is_waived: bool

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def outcome(self) -> Outcome:
        return self.verdict.outcome

    @property
    def protects_organisation(self) -> bool:
        return self.rule.protects_organisation

    @property
    def waiver_asked(self) -> bool:
        """Whether the organisation has still to say yes or no to setting it aside."""
        return self.waiver is not None and self.waiver.is_asked

    @property
    def is_open(self) -> bool:
        """Whether the rule is not met, or not known, so that there is something to set aside."""
        return self.outcome in (Outcome.NOT_MET, Outcome.NEEDS_INFORMATION)


def read_rules(session: RegistrySession, match: Match) -> list[JudgedRule]:
    """Return the stored verdicts in the order of the catalogue; rules that are gone are left out.

    Raises:
        KeyGoneError: the organisation deleted itself.
    """
    evidence = session.vault.read_document(match, "evidence")
    waivers, rules = read_waivers(session, match), load_rules()
    verdicts = (Verdict.from_record(each) for each in evidence.get("verdicts", ()))
    return [
        _judged(session, rules[verdict.rule], verdict, waivers.get(verdict.rule))
        for verdict in verdicts
        if verdict.rule in rules
    ]


def _judged(
    session: RegistrySession, rule: Rule, verdict: Verdict, waiver: WaiverStanding | None
) -> JudgedRule:
    is_waived = waiver is not None and waiver.holds(session.today)
    return JudgedRule(rule, verdict, waiver, is_waived)
