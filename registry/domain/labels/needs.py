"""What a need says: how much, how soon, how help can arrive, who may know of it."""

from registry.domain.labels.wording import Wording, Wordings
from registry.domain.msgid import N_
from search.codes import (
    Channel,
    Measure,
    NeedStatus,
    Publicity,
    Reader,
    Recurrence,
    Reporting,
    Urgency,
)

MEASURE: Wordings = {
    Measure.MONEY: Wording(N_("Money")),
    Measure.HOURS: Wording(N_("Hours of somebody's work")),
    Measure.SESSIONS: Wording(N_("Sessions with a specialist")),
    Measure.SEATS: Wording(N_("Desks or seats")),
    Measure.PLACES: Wording(N_("Places in a course or a programme")),
    Measure.NIGHTS: Wording(N_("Nights of lodging")),
    Measure.MONTHS: Wording(N_("Months of use or of a stay")),
    Measure.ITEMS: Wording(N_("Things")),
    Measure.INTRODUCTIONS: Wording(N_("Introductions to somebody who can help")),
}

RECURRENCE: Wordings = {
    Recurrence.ONE_OFF: Wording(N_("All at once")),
    Recurrence.MONTHLY: Wording(N_("In monthly parts")),
}

URGENCY: Wordings = {
    Urgency.ROUTINE: Wording(N_("It can wait for the usual time")),
    Urgency.SOON: Wording(N_("Within the coming weeks")),
    Urgency.URGENT: Wording(
        N_("Urgent: within days"),
        N_("An officer looks whether it is so, and may ask you; until then it ranks as usual."),
    ),
    Urgency.EMERGENCY: Wording(
        N_("Emergency: somebody is in danger now"),
        N_(
            "An officer sees it on top of the list and checks it first. "
            "The registry is not a rescue line: nobody watches it at every hour."
        ),
    ),
}

CHANNEL: Wordings = {
    Channel.BANK_ABROAD: Wording(
        N_("Transfer to a bank account abroad"),
        N_("The bank knows the account's owner and the sender, and keeps both for years."),
    ),
    Channel.FISCAL_SPONSOR: Wording(
        N_("Through a fiscal sponsor"),
        N_(
            "Another organisation receives the money and pays for you; "
            "it learns who you are and keeps the papers."
        ),
    ),
    Channel.SUPPLIER_DIRECT: Wording(
        N_("The donor pays the supplier directly"),
        N_("You handle no money; the supplier learns who paid, and where the goods went."),
    ),
    Channel.SERVICE_CONTRACT: Wording(
        N_("A contract for services with a person"),
        N_("The contract carries a person's name, and that person owes tax on it."),
    ),
    Channel.CASH_EQUIVALENT: Wording(
        N_("Cash, vouchers or prepaid cards"),
        N_("Few traces are left, and what is lost on the way cannot be called back."),
    ),
    Channel.IN_KIND: Wording(
        N_("Not money: things, work or rooms"),
        N_("No money moves; you meet or write to the one who helps."),
    ),
    Channel.CRYPTO: Wording(
        N_("Cryptocurrency"),
        N_("Every payment stays public for ever and can later be tied to the one who cashed it."),
    ),
}

PUBLICITY: Wordings = {
    Publicity.NONE: Wording(
        N_("Nobody"),
        N_("Nothing about this help is published, not even in a sum."),
    ),
    Publicity.AGGREGATE: Wording(
        N_("Only as part of a total"),
        N_("The help is counted in totals of many; no line stands for you alone."),
    ),
    Publicity.PSEUDONYMOUS: Wording(
        N_("A line without your name"),
        N_("A published line without your name; someone who knows you may still recognise it."),
    ),
    Publicity.NAMED: Wording(
        N_("With your name"),
        N_("Your name stands in public beside the donor's; what was once public stays so."),
    ),
}

REPORTING: Wordings = {
    Reporting.NONE: Wording(
        N_("No report"),
        N_("Nothing has to be written afterwards."),
    ),
    Reporting.LIGHT: Wording(
        N_("A short message"),
        N_("A few sentences at the end on what was done; no names, no receipts."),
    ),
    Reporting.STANDARD: Wording(
        N_("A report with sums"),
        N_("A written report and a list of what was spent; receipts are kept, and can be found."),
    ),
    Reporting.FULL: Wording(
        N_("A full report with receipts"),
        N_("Receipts, contracts and often names go to the donor, which may have to keep them."),
    ),
}

READER: Wordings = {
    Reader.DONORS: Wording(
        N_("Donors to whom an officer shows the need"),
        N_(
            "Such a donor reads title and summary before you have said yes to it; "
            "without this it sees only category, country and amount."
        ),
    ),
    Reader.PARTNERS: Wording(
        N_("Partner organisations of the registry"),
        N_(
            "Partners see category, country, amount and dates in lists, and can open title and "
            "summary one need at a time; without this they do not learn of the need."
        ),
    ),
}

NEED_STATUS: Wordings = {
    NeedStatus.DRAFT: Wording(
        N_("Draft"),
        N_("Only you and the officers see it; nothing is looked for yet."),
    ),
    NeedStatus.OPEN: Wording(
        N_("Open"),
        N_("The registry looks for help; an officer checks each proposal before anyone sees it."),
    ),
    NeedStatus.PARTLY_MET: Wording(
        N_("Partly met"),
        N_("A part has been given; the registry goes on looking for the rest."),
    ),
    NeedStatus.MET: Wording(
        N_("Met"),
        N_("Nothing more is looked for."),
    ),
    NeedStatus.EXPIRED: Wording(
        N_("Past its last day"),
        N_("Nothing more is looked for; give it a new last day to open it again."),
    ),
    NeedStatus.WITHDRAWN: Wording(
        N_("Withdrawn"),
        N_("Nothing more is looked for, and proposals that were under way end."),
    ),
}
