"""What an offer of help says: what kind, how free, shown to whom."""

from registry.domain.labels.wording import Wording, Wordings
from registry.domain.msgid import N_
from search.codes import BudgetPer, Flexibility, Instrument, OfferStatus, Visibility

INSTRUMENT: Wordings = {
    Instrument.GRANT: Wording(
        N_("Money (a grant)"),
        N_("Money that is not paid back; how it travels decides how safe it is."),
    ),
    Instrument.SERVICE: Wording(
        N_("Work of a specialist"),
        N_("Hours or sessions of a lawyer, a psychologist, a trainer; you will meet or write."),
    ),
    Instrument.IN_KIND: Wording(
        N_("Things or rooms"),
        N_("Equipment, desks, lodging; somebody has to hand it over and knows where it went."),
    ),
    Instrument.FELLOWSHIP: Wording(
        N_("A stay or a stipend for a person"),
        N_("An internship, a residency or a rest abroad; it is given to a person by name."),
    ),
}

FLEXIBILITY: Wordings = {
    Flexibility.UNRESTRICTED: Wording(
        N_("Free to use as needed"),
        N_("The organisation decides alone and may change its mind."),
    ),
    Flexibility.CORE: Wording(
        N_("For keeping the organisation running"),
        N_("Rent, pay, accounting and the like; no activities are prescribed."),
    ),
    Flexibility.CATEGORY: Wording(
        N_("Only for the agreed kind of need"),
        N_("What it is spent on stays within the category; how, the organisation decides."),
    ),
    Flexibility.PROJECT: Wording(
        N_("Only for an agreed project"),
        N_("Plan and budget are agreed beforehand; each change has to be asked for."),
    ),
}

BUDGET_PER: Wordings = {
    BudgetPer.ONCE: Wording(N_("For the whole offer")),
    BudgetPer.MONTH: Wording(
        N_("Every month"),
        N_("The budget begins anew each month; what is left does not carry over."),
    ),
}

VISIBILITY: Wordings = {
    Visibility.OFFICERS: Wording(
        N_("Officers only"),
        N_("Organisations learn of the offer when an officer passes it to one whose need fits."),
    ),
    Visibility.MEMBERS: Wording(
        N_("Organisations in the registry"),
        N_("Every organisation with an account can read the offer and see whether it fits."),
    ),
    Visibility.PUBLIC: Wording(
        N_("Everyone, without an account"),
        N_(
            "The offer stands on public pages, without your name unless you say so, and never "
            "with the ways of paying or the legal statuses it accepts."
        ),
    ),
}

OFFER_STATUS: Wordings = {
    OfferStatus.DRAFT: Wording(
        N_("Offer in preparation"),
        N_("Only you and the officers see it; nothing is matched yet."),
    ),
    OfferStatus.OPEN: Wording(
        N_("Offer open"),
        N_("The registry looks for needs it fits; an officer checks each before you see it."),
    ),
    OfferStatus.PAUSED: Wording(
        N_("Offer paused"),
        N_("No new needs are looked for; what is under way goes on."),
    ),
    OfferStatus.EXHAUSTED: Wording(
        N_("Offer used up"),
        N_("The budget is spent; add to it to open the offer again."),
    ),
    OfferStatus.CLOSED: Wording(
        N_("Offer closed"),
        N_("It is over for good, and proposals that were under way end."),
    ),
}
