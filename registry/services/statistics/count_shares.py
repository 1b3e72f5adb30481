"""What each organisation brings into each cell of the statistics."""

from collections import defaultdict
from collections.abc import Iterator

from sqlmodel import col, select

from registry.identity.permissions import TRUSTED
from registry.privacy.disclosure_control import ABROAD, HOME, NOTHING, Share, add_shares
from registry.services.funding import Funding, read_funding
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.organisations import Organisation
from search.codes import MATCHED_NEED_STATUSES, NeedStatus, RecordState, group_of

COUNTED_STATUSES = (*MATCHED_NEED_STATUSES, NeedStatus.MET)

AT_ONCE = 1000

SharesByCell = dict[str, dict[str, dict[str, Share]]]
"""Category group -> cell -> mark of an organisation -> its share."""


def count_shares(session: RegistrySession) -> SharesByCell:
    """Count the needs of organisations that are vouched for, as they stand now.

    Others count nowhere: whoever registers many of them moves no figure.
    """
    funding = read_funding(session)
    counted: SharesByCell = defaultdict(lambda: {HOME: {}, ABROAD: {}})
    for need in _needs(session):
        group, cell = group_of(need.category), _cell_of(session, need)
        shares = counted[group][cell]
        mark = session.vault.lookup(f"statistics|{group}", need.organisation_id).hex()
        shares[mark] = add_shares(shares.get(mark, NOTHING), _share_of(need, funding))
    return dict(counted)


def _needs(session: RegistrySession) -> Iterator[Need]:
    statement = (
        select(Need)
        .join(Organisation, col(Organisation.id) == col(Need.organisation_id))
        .where(
            col(Organisation.state) == RecordState.ACTIVE,
            col(Organisation.vetting).in_(TRUSTED),
            col(Need.status).in_(COUNTED_STATUSES),
        )
    )
    # A part at a time: what was counted leaves the memory before the next ones come.
    yield from session.exec(statement, execution_options={"yield_per": AT_ONCE})


def _cell_of(session: RegistrySession, need: Need) -> str:
    return HOME if need.country in session.settings.home_countries else ABROAD


def _share_of(need: Need, funding: Funding) -> Share:
    first = funding.first_day(need.id)
    lacks = need.status in MATCHED_NEED_STATUSES
    asked, given = need.amount_base or 0, _given_in_base(need, funding)
    return Share(
        unmet=max(0, asked - given) if lacks else 0,
        asked=asked,
        given=given,
        days=max(0, (first - need.created_on).days) if first else None,
        lacks=lacks,
    )


def _given_in_base(need: Need, funding: Funding) -> int:
    """Return what a need got, at the rate at which its request stands in the base currency."""
    given, asked = funding.given_to(need), need.amount_requested
    if given is None or asked is None or need.amount_base is None:
        return 0
    return given.hundredths * need.amount_base // asked.hundredths
