"""What the acts of the audit trail are called in words."""

from flask_babel import gettext as _

from registry.domain import labels
from registry.domain.msgid import N_
from registry.web.match_history import DONE
from search.codes import ReviewKind

ACT_WORDS: dict[str, str] = {
    "account_created": N_("An account was made"),
    "account_closed": N_("An account was closed"),
    "account_recovered": N_("A passphrase was recovered with its code"),
    "api_key_created": N_("A key was made"),
    "api_key_revoked": N_("A key was taken back"),
    "award_recorded": N_("Agreed help was recorded"),
    "backup_restored": N_("A backup was restored"),
    "demo_loaded": N_("The demonstration was loaded"),
    "donor_added": N_("A donor was entered"),
    "donor_changed": N_("A donor was changed"),
    "donor_deleted": N_("A donor was deleted"),
    "donor_registered": N_("A donor registered itself"),
    "envelope_emptied": N_("Something sealed was taken away"),
    "envelope_given": N_("Something sealed was given to the other side"),
    "envelope_taken_back": N_("Something sealed was taken back from the other side"),
    "envelope_written": N_("Something was sealed"),
    "envelopes_shared": N_("What is sealed was shared with another account"),
    "evidence_read": N_("Evidence about a party was opened"),
    "evidence_sealed": N_("Evidence about a party was sealed"),
    "fact_withheld": N_("Somebody would rather not say something"),
    "keys_rotated": N_("The keys were changed"),
    "freeze_code_made": N_("A freeze code was made"),
    "holder_removed": N_("A holder was removed"),
    "match_assigned": N_("A pairing changed hands"),
    "match_introduced": N_("Both sides were introduced"),
    "match_proposed": N_("A pairing was proposed"),
    "need_changed": N_("A need was changed"),
    "need_registered": N_("A need was written down"),
    "need_retired": N_("A need was removed because its time had gone"),
    "need_text_read": N_("The text of a need was opened"),
    "offer_changed": N_("An offer was changed"),
    "offer_placed": N_("An offer was put into a programme"),
    "offer_posted": N_("An offer was written down"),
    "offer_renewed": N_("An offer with a new month's budget was opened again"),
    "offer_retired": N_("An offer was removed because its time had gone"),
    "organisation_added": N_("An organisation was entered"),
    "organisation_changed": N_("An organisation was changed"),
    "organisation_deleted": N_("An organisation was deleted"),
    "organisation_frozen": N_("An organisation was frozen"),
    "organisation_registered": N_("An organisation registered itself"),
    "organisation_unfrozen": N_("A frozen organisation was opened again"),
    "passphrase_changed": N_("A passphrase was changed"),
    "programme_added": N_("A programme was begun"),
    "programme_saved": N_("A version of a programme was saved"),
    "question_answered": N_("A question was answered"),
    "question_asked": N_("A question was asked"),
    "question_withdrawn": N_("A question was taken back"),
    "recovery_code_renewed": N_("A new recovery code was made"),
    "secret_renewed": N_("An account was given new secrets"),
    "trail_pruned": N_("Old entries of the trail were removed"),
    "second_factor_removed": N_("A second factor was taken off"),
    "second_factor_set_up": N_("A second factor was set up"),
    "spare_code_used": N_("A spare code was used"),
    "urgency_confirmed": N_("An urgency was confirmed"),
    "vetting_dropped": N_("A proposal to trust was taken off"),
    "vetting_imported": N_("Trust was set by an import"),
    "vetting_proposed": N_("Trust was proposed"),
    "vetting_set": N_("Trust was decided"),
}
"""Act -> English msgid; acts that name a state or a kind of review are read in parts."""

MOVED = {"need": "need_status", "offer": "offer_status", "match": "match_state"}


def say_act(act: str) -> str:
    """Return an act in words; one that has none yet as its code."""
    if act in ACT_WORDS:
        return str(_(ACT_WORDS[act]))
    record, _sep, rest = act.partition("_")
    if record == "match" and rest in set(ReviewKind):
        return str(_("Pairing: %(what)s", what=_(DONE[ReviewKind(rest)])))
    states = labels.LISTS[MOVED[record]].wordings if record in MOVED else {}
    if rest not in states:
        return act
    moved = {
        "need": _("Need: %(what)s", what=_(states[rest].label)),
        "offer": _("Offer: %(what)s", what=_(states[rest].label)),
        "match": _("Pairing: %(what)s", what=_(states[rest].label)),
    }
    return str(moved[record])
