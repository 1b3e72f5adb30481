"""Who takes part: organisations, donors, their states and how far they are trusted."""

from registry.domain.labels.wording import Wording, Wordings
from registry.domain.msgid import N_
from search.codes import (
    DonorKind,
    EnvelopeKind,
    LegalStatus,
    OrganisationKind,
    Party,
    RecordState,
    StaffBand,
    TargetGroup,
    Theme,
    Vetting,
)

ORGANISATION_KIND: Wordings = {
    OrganisationKind.CSO: Wording(N_("Civil society organisation")),
    OrganisationKind.MEDIA: Wording(N_("Independent media, blog or channel")),
    OrganisationKind.COMMUNITY: Wording(N_("Local or online community")),
    OrganisationKind.UNION: Wording(N_("Independent union or strike committee")),
    OrganisationKind.DIASPORA: Wording(N_("Diaspora organisation")),
    OrganisationKind.INITIATIVE: Wording(N_("Initiative")),
}

LEGAL_STATUS: Wordings = {
    LegalStatus.REGISTERED_HOME: Wording(
        N_("Registered at home"),
        N_("Foreign money to a group registered at home can become a pretext for prosecution."),
    ),
    LegalStatus.LIQUIDATED: Wording(
        N_("Liquidated, or being liquidated"),
        N_(
            "Acting in the name of a liquidated organisation is punished at home; "
            "nobody outside the registry is told of this status."
        ),
    ),
    LegalStatus.UNREGISTERED: Wording(
        N_("Never registered"),
        N_(
            "Acting for an unregistered group is punished at home; nobody outside the registry "
            "is told of this status. Some donors can help only through another organisation."
        ),
    ),
    LegalStatus.REGISTRATION_PENDING: Wording(
        N_("Registration under way"),
        N_("Donors that need registered recipients may have to wait until it is done."),
    ),
    LegalStatus.REGISTERED_ABROAD: Wording(
        N_("Registered in another country"),
        N_("Money can usually reach an account abroad; registers abroad often name the people."),
    ),
    LegalStatus.COMPANY_ABROAD: Wording(
        N_("Company in another country"),
        N_("Some donors cannot give to companies; service contracts are often possible."),
    ),
    LegalStatus.FISCALLY_SPONSORED: Wording(
        N_("Under a fiscal sponsor"),
        N_(
            "Another organisation takes the money for you and answers for it; "
            "it learns what the money is for."
        ),
    ),
    LegalStatus.HOSTED: Wording(
        N_("Part of another organisation"),
        N_("The organisation that hosts you can write here for you and sees your answers."),
    ),
}

STAFF_BAND: Wordings = {
    StaffBand.VOLUNTEERS: Wording(N_("Volunteers only")),
    StaffBand.FROM_1_TO_5: Wording(N_("1 to 5 paid people")),
    StaffBand.FROM_6_TO_15: Wording(N_("6 to 15 paid people")),
    StaffBand.FROM_16_TO_50: Wording(N_("16 to 50 paid people")),
    StaffBand.OVER_50: Wording(N_("More than 50 paid people")),
}

VETTING: Wordings = {
    Vetting.UNVERIFIED: Wording(
        N_("Not checked yet"),
        N_("Nothing is offered to it or from it until somebody known here vouches for it."),
    ),
    Vetting.VOUCHED: Wording(
        N_("Vouched for"),
        N_("Somebody known here speaks for it; offers can be passed on to it."),
    ),
    Vetting.VERIFIED: Wording(
        N_("Checked"),
        N_("An officer checked it and looks again from time to time."),
    ),
    Vetting.SUSPENDED: Wording(
        N_("Suspended"),
        N_("Nothing is matched or passed on until an officer has cleared up what happened."),
    ),
}

THEME: Wordings = {
    Theme.HUMAN_RIGHTS: Wording(N_("Human rights")),
    Theme.MEDIA: Wording(N_("Media and journalism")),
    Theme.CULTURE_AND_LANGUAGE: Wording(N_("Culture and language")),
    Theme.EDUCATION: Wording(N_("Education")),
    Theme.LOCAL_DEVELOPMENT: Wording(N_("Life of towns and villages")),
    Theme.ENVIRONMENT: Wording(N_("Environment")),
    Theme.SOCIAL_SERVICES: Wording(N_("Social help")),
    Theme.WOMEN_AND_GENDER: Wording(N_("Women's rights and gender")),
    Theme.LABOUR: Wording(N_("Work and workers' rights")),
    Theme.YOUTH: Wording(N_("Work with young people")),
    Theme.RESEARCH: Wording(N_("Research")),
    Theme.ELECTIONS_AND_DEMOCRACY: Wording(N_("Elections and democracy")),
    Theme.DIASPORA: Wording(N_("Life of the diaspora")),
    Theme.HEALTH: Wording(N_("Health")),
    Theme.BUSINESS_SUPPORT: Wording(N_("Support for small business")),
}

TARGET_GROUP: Wordings = {
    TargetGroup.VICTIMS_AND_FAMILIES: Wording(N_("Victims of repression and their families")),
    TargetGroup.POLITICAL_PRISONERS: Wording(N_("Political prisoners")),
    TargetGroup.NEW_COMMUNITIES: Wording(N_("New communities and initiatives")),
    TargetGroup.CSO_ACTIVISTS: Wording(N_("Activists of civil society organisations")),
    TargetGroup.MEDIA: Wording(N_("Journalists and media teams")),
    TargetGroup.YOUTH: Wording(N_("Young people")),
    TargetGroup.VULNERABLE_GROUPS: Wording(N_("Vulnerable groups")),
    TargetGroup.ARRIVALS: Wording(N_("People who have just arrived in a new country")),
    TargetGroup.GENERAL_PUBLIC: Wording(N_("Everyone")),
}

STATE: Wordings = {
    RecordState.ACTIVE: Wording(N_("Active")),
    RecordState.FROZEN: Wording(
        N_("Frozen"),
        N_(
            "Nobody can sign in and nothing is shown or offered until an officer "
            "opens it again; nothing is lost."
        ),
    ),
    RecordState.DELETED: Wording(
        N_("Deleted"),
        N_("The texts become unreadable at once and for good; nobody can bring them back."),
    ),
}

DONOR_KIND: Wordings = {
    DonorKind.FOUNDATION: Wording(N_("Foundation")),
    DonorKind.GOVERNMENT: Wording(N_("Government or public body")),
    DonorKind.INGO: Wording(N_("International organisation")),
    DonorKind.DIASPORA_FUND: Wording(N_("Diaspora fund")),
    DonorKind.BUSINESS: Wording(N_("Business")),
    DonorKind.INDIVIDUAL: Wording(N_("Private person")),
}

ENVELOPE: Wordings = {
    EnvelopeKind.CONTACT: Wording(
        N_("Contact"),
        N_("How you can be reached, and when. An alias will do; no name is needed."),
    ),
    EnvelopeKind.LEGAL_NAME: Wording(
        N_("Legal name"),
        N_("The name in your papers, for a contract. Leave it empty where you have none."),
    ),
    EnvelopeKind.PAYOUT: Wording(
        N_("Where money should go"),
        N_("The account or other way by which a payment reaches you."),
    ),
}

PARTY: Wordings = {
    Party.ORGANISATION: Wording(N_("The organisation that needs help")),
    Party.DONOR: Wording(N_("The donor, who gives help")),
    Party.OFFICER: Wording(N_("The programme officer, who brings both together")),
    Party.BOTH: Wording(N_("Both the organisation and the donor")),
}
