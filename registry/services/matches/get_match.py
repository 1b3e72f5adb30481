"""The whole picture of one match, as its reader may see it."""

from datetime import date
from typing import Any

from registry.domain.audience import Audience
from registry.domain.disclosure import disclosures, has_happened
from registry.domain.pipeline import Mover
from registry.identity.actor import Actor
from registry.identity.permissions import is_in_sight
from registry.services.donors.view_donor import view_donor
from registry.services.matches.match_history import match_history
from registry.services.matches.match_moves import list_moves
from registry.services.matches.obstacles import Sides, read_sides
from registry.services.matches.rule_lines import GROUPS, Speaker
from registry.services.matches.see_match import SeenMatch, audience_of, see_match
from registry.services.matches.verdicts import read_rules
from registry.services.matches.view_award import view_award
from registry.services.needs.open_dossier import officer_may_read
from registry.services.needs.view_need import view_need
from registry.services.offers.view_offer import view_offer
from registry.services.organisations.view_organisation import view_organisation
from registry.services.programmes.get_programme import name_programme
from registry.services.programmes.read_terms import weights_of_match
from registry.services.questions.list_questions import list_questions
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.programmes import GENERAL
from search.codes import MatchState, Reader, ReviewKind
from search.matching.score import Score

WAITS_FOR: dict[MatchState, Mover] = {
    MatchState.PROPOSED: Mover.OFFICER,
    MatchState.SHORTLISTED: Mover.OFFICER,
    MatchState.OFFERED: Mover.DONOR,
    MatchState.INTERESTED: Mover.ORGANISATION,
    MatchState.CONSENTED: Mover.OFFICER,
    MatchState.INTRODUCED: Mover.DONOR,
}
_OWN_SIDE = {
    Mover.OFFICER: (),
    Mover.DONOR: ("offer",),
    Mover.ORGANISATION: ("need", "organisation"),
}


def get_match(
    session: RegistrySession, actor: Actor, match_id: str, language: str
) -> dict[str, Any]:
    """Return a match with everything that its reader needs to decide.

    Keys, for every part:
        `id version need offer` (ids) `state proposed_amount judged_on moved_on offered_on
        interested_on`; `audience` (for `dump_record`) and `part` (`officer donor organisation`);
        `need_side organisation_side offer_side donor_side`: records with what this reader may
        see ({} where nothing; organisation and donor with `vetted_on`, `vetted_by`);
        `text_shown`: whether the need's title and summary are among it;
        `rules`: `{"in_the_way", "to_ask", "met", "waived", "not_in_force"}`, lists of
        `Speaker.rule_line`;
        `score_parts`: `Speaker.part_lines`; `binds`: `{"bound", "sentence"}` or None, why the
        proposed amount is not more; `award`: `view_award`; `reviews`: `match_history`;
        `questions`: `view_question`; `moves`: `list_moves`;
        `learns`: `[{"who", "what", "when", "happened", "sentence"}]`;
        `waits`: `{"for", "since", "until"}`, `for` None once nobody has to do anything.
    For officers also:
        `outcome score confidence pinned forbidden assigned_to assigned_to_me`, `parts` (code ->
        value) and `verdicts` (flat lines), as the API gives them out; by what it was judged:
        `programme` (id), `programme_name` (None for the general one), `programme_version` (number),
        `weights_version`, `rules_version`.

    Raises:
        NotFoundError: there is none, or none that the actor may see yet.
        KeyGoneError: one of the two sides deleted itself.
    """
    seen = see_match(session, actor, match_id)
    match, sides = seen.match, read_sides(session, seen.match)
    audience = audience_of(match, seen.part, sides.need, sides.donor)
    speaker = Speaker(language, audience, _OWN_SIDE[seen.part])
    view = _common(seen, audience)
    view |= _sides(session, actor, seen, sides, audience)
    view |= _reasons(session, match, speaker, hidden=_is_hidden(seen, sides))
    view["award"] = None if _is_hidden(seen, sides) else view_award(session, match.id, seen.part)
    view["reviews"] = match_history(session, actor, match, seen.part)
    view |= {
        "questions": list_questions(session, actor, about=match.id),
        "moves": list_moves(session, seen),
        "learns": _learns(match, sides, _reached(match, view["reviews"])),
        "waits": _waits(match, sides),
    }
    if seen.part is Mover.OFFICER:
        view |= _for_officers(actor, match, view)
        view["programme_name"] = name_programme(session, match.programme_id)
    return view


def _common(seen: SeenMatch, audience: Audience) -> dict[str, Any]:
    match = seen.match
    return {
        "id": match.id,
        "version": match.version,
        "audience": audience,
        "part": seen.part,
        "need": match.need_id,
        "offer": match.offer_id,
        "state": MatchState(match.state),
        "proposed_amount": match.proposed_amount,
        "judged_on": match.judged_on,
        "moved_on": match.moved_on,
        "offered_on": match.offered_on,
        "interested_on": match.interested_on,
        "text_shown": audience is not Audience.DONOR_OFFERED,
    }


def _sides(
    session: RegistrySession, actor: Actor, seen: SeenMatch, sides: Sides, audience: Audience
) -> dict[str, Any]:
    """Show both sides; nothing of a party that is out of sight, and one's own as one's own."""
    asking = _asking_side(session, actor, seen, sides, audience)
    giving = _giving_side(session, seen, sides, audience)
    return asking | giving


def _asking_side(
    session: RegistrySession, actor: Actor, seen: SeenMatch, sides: Sides, audience: Audience
) -> dict[str, Any]:
    if seen.part is Mover.DONOR and not is_in_sight(sides.organisation):
        return {"need_side": {}, "organisation_side": {}}
    as_seen = Audience.OWNER if seen.part is Mover.ORGANISATION else audience
    organisation = view_organisation(session, sides.organisation, as_seen)
    texts = seen.part is not Mover.OFFICER or _is_opened(session, actor, sides.need)
    return {
        "need_side": view_need(session, sides.need, as_seen, texts=texts),
        "organisation_side": organisation | _vetted(sides.organisation.vetted_on),
    }


def _is_opened(session: RegistrySession, actor: Actor, need: Need) -> bool:
    """Whether an officer opened this text today; a key reads texts where needs are read."""
    return actor.scopes is None and officer_may_read(session, actor, need.id)


def _giving_side(
    session: RegistrySession, seen: SeenMatch, sides: Sides, audience: Audience
) -> dict[str, Any]:
    if seen.part is Mover.ORGANISATION and not is_in_sight(sides.donor):
        return {"offer_side": {}, "donor_side": {}}
    as_seen = Audience.OWNER if seen.part is Mover.DONOR else audience
    donor = view_donor(session, sides.donor, as_seen)
    return {
        "offer_side": view_offer(session, sides.offer, as_seen),
        "donor_side": donor | _vetted(sides.donor.vetted_on),
    }


def _vetted(vetted_on: date | None) -> dict[str, Any]:
    """Say when and by whom; only officers set how far a party is trusted."""
    return {"vetted_on": vetted_on, "vetted_by": Mover.OFFICER}


def _is_hidden(seen: SeenMatch, sides: Sides) -> bool:
    """Whether the other side is out of sight, and its facts with it."""
    if seen.part is Mover.OFFICER:
        return False
    other = sides.organisation if seen.part is Mover.DONOR else sides.donor
    return not is_in_sight(other)


def _reasons(
    session: RegistrySession, match: Match, speaker: Speaker, *, hidden: bool
) -> dict[str, Any]:
    if hidden:
        return {"rules": {name: [] for name in GROUPS}, "score_parts": [], "binds": None}
    score = Score.from_record(session.vault.read_document(match, "evidence"))
    return {
        "rules": speaker.group_rules(read_rules(session, match)),
        "score_parts": speaker.part_lines(score, weights_of_match(session, match)),
        "binds": speaker.amount_line(score),
    }


def _learns(match: Match, sides: Sides, reached: MatchState | None) -> list[dict[str, Any]]:
    text_before = Reader.DONORS in (sides.need.readers or ())
    return [
        {
            "who": line.who,
            "what": line.what,
            "when": line.when,
            "happened": has_happened(line, MatchState(match.state), reached),
            "sentence": line.sentence,
        }
        for line in disclosures(text_before=text_before)
    ]


def _reached(match: Match, reviews: list[dict[str, Any]]) -> MatchState | None:
    """Say how far an ended match had got: what was learnt by then stays learnt."""
    if any(each["kind"] is ReviewKind.CONSENT for each in reviews):
        return MatchState.INTRODUCED
    if match.interested_on is not None:
        return MatchState.INTERESTED
    return MatchState.OFFERED if match.offered_on is not None else None


def _waits(match: Match, sides: Sides) -> dict[str, Any]:
    """For whom it waits and until when: the last day that the need or the offer is of use."""
    last_days = (sides.need.useful_until or sides.need.needed_by, sides.offer.closes_on)
    return {
        "for": WAITS_FOR.get(MatchState(match.state)),
        "since": match.moved_on,
        "until": min((day for day in last_days if day is not None), default=None),
    }


def _for_officers(actor: Actor, match: Match, view: dict[str, Any]) -> dict[str, Any]:
    return {
        "outcome": match.outcome,
        "score": match.score,
        "confidence": match.confidence,
        "pinned": match.pinned,
        "forbidden": match.forbidden,
        "assigned_to": match.assigned_to_id,
        "assigned_to_me": match.assigned_to_id == actor.account_id,
        "programme": match.programme_id or GENERAL,
        "programme_version": match.programme_number,
        "weights_version": match.weights_version,
        "rules_version": match.rules_version,
        "parts": {line["part"]: line["value"] for line in view["score_parts"]},
        "verdicts": [line for group in GROUPS for line in view["rules"][group]],
    }
