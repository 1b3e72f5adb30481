"""What happens between a need and an offer, and what the rules say of the two."""

from registry.domain.labels.wording import Wording, Wordings
from registry.domain.msgid import N_
from search.codes import (
    MatchState,
    Outcome,
    PairOutcome,
    QuestionState,
    ReasonCode,
    ReviewKind,
    WhyNot,
)

MATCH_STATE: Wordings = {
    MatchState.PROPOSED: Wording(
        N_("Proposed by the registry"),
        N_("Only officers see it; it waits for one of them."),
    ),
    MatchState.SHORTLISTED: Wording(
        N_("On an officer's short list"),
        N_("Only officers see it; an officer decides whether to show it to the donor."),
    ),
    MatchState.OFFERED: Wording(
        N_("Shown to the donor"),
        N_("It waits for the donor, who sees codes and amount but not who asks."),
    ),
    MatchState.INTERESTED: Wording(
        N_("The donor would help"),
        N_("It waits for the organisation, which now sees the offer and says yes or no."),
    ),
    MatchState.CONSENTED: Wording(
        N_("Both said yes"),
        N_("Each side is about to learn how to reach the other."),
    ),
    MatchState.INTRODUCED: Wording(
        N_("Introduced to each other"),
        N_("The two sides talk directly; tell the officer when help was given, or if it was not."),
    ),
    MatchState.AWARDED: Wording(
        N_("Help was agreed"),
        N_("The amount is counted towards the need and taken from the offer."),
    ),
    MatchState.DECLINED: Wording(
        N_("Declined"),
        N_("It comes back only if the need or the offer changes."),
    ),
    MatchState.EXPIRED: Wording(
        N_("Ran out of time"),
        N_("The last day passed before everybody had answered."),
    ),
    MatchState.WITHDRAWN: Wording(
        N_("Taken back"),
        N_("One side took back its yes, or the need or the offer is no longer there."),
    ),
}

REVIEW_KIND: Wordings = {
    ReviewKind.SHORTLIST: Wording(N_("Put on the short list")),
    ReviewKind.OFFER: Wording(
        N_("Show to the donor"),
        N_("The donor sees codes and amount; text only where the need's readers allow it."),
    ),
    ReviewKind.INTEREST: Wording(
        N_("Yes, we would help"),
        N_("The organisation then sees the offer, who you are and by whom you were checked."),
    ),
    ReviewKind.CONSENT: Wording(
        N_("Yes, we would take this help"),
        N_("The donor then learns how to reach you; what it once read cannot be taken back."),
    ),
    ReviewKind.DECLINE: Wording(
        N_("No, decline"),
        N_("The pairing ends; a reason helps the officer to find a better one."),
    ),
    ReviewKind.DISMISS: Wording(
        N_("Set the proposal aside"),
        N_("It stays away until the need or the offer changes."),
    ),
    ReviewKind.WAIVE: Wording(
        N_("Set one rule aside for this pairing"),
        N_(
            "Your name and reason stay with it; a rule that protects the organisation "
            "needs the organisation's own yes."
        ),
    ),
    ReviewKind.PIN: Wording(N_("Keep on top of the list")),
    ReviewKind.FORBID: Wording(
        N_("Never pair these two"),
        N_("They are not proposed to each other again, whatever changes."),
    ),
    ReviewKind.NOTE: Wording(
        N_("Write a note"),
        N_("Officers read it; it goes when the organisation deletes itself."),
    ),
    ReviewKind.AWARD: Wording(
        N_("Record the help that was agreed"),
        N_("The amount is counted towards the need and taken from the offer."),
    ),
}

REASON: Wordings = {
    ReasonCode.NOT_A_PRIORITY: Wording(N_("Other needs come first")),
    ReasonCode.NO_LONGER_NEEDED: Wording(N_("The help is no longer needed")),
    ReasonCode.AMOUNT_TOO_SMALL: Wording(N_("Too little to be of use")),
    ReasonCode.AMOUNT_TOO_LARGE: Wording(N_("More than can be given")),
    ReasonCode.TIMING: Wording(N_("It would come too late or too early")),
    ReasonCode.WRONG_CATEGORY: Wording(N_("Another kind of help is meant")),
    ReasonCode.WRONG_COUNTRY: Wording(N_("Another country is meant")),
    ReasonCode.CHANNEL_UNSAFE: Wording(N_("The way it would arrive is not safe")),
    ReasonCode.PUBLICITY_UNSAFE: Wording(N_("Too many people would learn of it")),
    ReasonCode.REPORTING_TOO_HEAVY: Wording(N_("The reports asked for are too much or unsafe")),
    ReasonCode.CONDITIONS_UNSUITABLE: Wording(N_("The conditions of the offer do not suit")),
    ReasonCode.DONOR_NOT_TRUSTED: Wording(
        N_("The donor is not trusted"),
        N_("Only officers read this reason; the donor learns no more than that it was declined."),
    ),
    ReasonCode.ORGANISATION_NOT_READY: Wording(N_("The organisation is not ready for it yet")),
    ReasonCode.ALREADY_FUNDED: Wording(N_("Help has come from elsewhere")),
    ReasonCode.TEXT_MISLEADING: Wording(
        N_("The text does not say what it is about"),
        N_("Only officers read this reason; the other side learns only that it was declined."),
    ),
    ReasonCode.DUPLICATE: Wording(N_("The same thing is already here")),
    ReasonCode.CONFLICT_OF_INTEREST: Wording(
        N_("Somebody who decides is too close to the other side"),
        N_("Only officers read this reason; the other side learns only that it was declined."),
    ),
    ReasonCode.NO_ANSWER: Wording(
        N_("No answer came"),
        N_("Only officers read this reason; the other side learns only that it was declined."),
    ),
    ReasonCode.NO_LONGER_AVAILABLE: Wording(N_("The need or the offer is no longer there")),
    ReasonCode.OTHER: Wording(
        N_("Another reason"),
        N_("Say in the note what it is, without names."),
    ),
}

QUESTION_STATE: Wordings = {
    QuestionState.OPEN: Wording(N_("Waiting for an answer")),
    QuestionState.ANSWERED: Wording(N_("Answered")),
    QuestionState.WITHDRAWN: Wording(N_("No longer asked")),
}

OUTCOME: Wordings = {
    Outcome.MET: Wording(N_("Fits")),
    Outcome.NOT_MET: Wording(N_("Stands in the way")),
    Outcome.NEEDS_INFORMATION: Wording(N_("Still to be asked")),
    Outcome.NOT_IN_FORCE: Wording(N_("Rule not in force on that day")),
}

PAIR_OUTCOME: Wordings = {
    PairOutcome.ELIGIBLE: Wording(N_("Need and offer fit together")),
    PairOutcome.NOT_ELIGIBLE: Wording(N_("Need and offer do not fit together")),
    PairOutcome.NEEDS_INFORMATION: Wording(N_("More has to be known before it can be said")),
}

WHY_NOT: Wordings = {
    WhyNot.FAILS_RULES: Wording(N_("Rules stand in the way")),
    WhyNot.LACKS_INFORMATION: Wording(N_("Something is not known yet; once it is, it may fit")),
    WhyNot.OUTBID: Wording(
        N_("It fits, but needs that fit better would take all that the offer has left")
    ),
    WhyNot.REMAINDER: Wording(N_("What is left of the offer is less than what would be of use")),
    WhyNot.DECIDED: Wording(N_("Somebody decided against it")),
}
