"""What somebody else writes while a file is read is never written over."""

import pytest

from registry.domain.errors import ConflictError
from registry.identity.actor import HOUSE
from registry.services.imports.import_file import import_rows
from registry.services.imports.json_lines import read_json_lines
from registry.services.imports.merge_rows import OvertakenError
from registry.services.needs.change_need import change_need
from registry.services.needs.register_need import register_need
from registry.services.organisations.change_organisation import change_organisation
from registry.storage.needs import Need
from registry.storage.organisations import Organisation
from tests.factories import NeedFactory
from tests.registry.services.imports.records import need, organisation

pytestmark = pytest.mark.usefixtures("parties")


@pytest.fixture
def import_while(parts, write_file, contents):
    """Import records while `act` happens after they were checked; it has to be refused whole."""

    def run_both(plural, records, act):
        stood = {}

        def rows():
            yield from read_json_lines(write_file(records))
            with parts.database.writing() as session:
                act(session)
            stood["then"] = contents()[0]

        with pytest.raises(OvertakenError, match="import it again"):
            import_rows(parts.database, HOUSE, plural, many(rows()))
        assert contents()[0] == stood["then"]

    def many(rows):
        # The first batch is checked before the second is asked for.
        first = next(rows)
        yield first
        yield from (blank(line) for line in range(2, 501))
        yield from rows

    def blank(line):
        from registry.services.imports.source_row import SourceRow

        filler = {"organisations": organisation, "needs": need}[kind_of(line)]
        return SourceRow(line, 0, filler(f"filler-{line}"))

    def kind_of(_line):
        return run_both.plural

    def start(plural, records, act):
        run_both.plural = plural
        run_both(plural, records, act)

    return start


def test_a_record_changed_meanwhile(run, find, import_while):
    run("needs", [need()])
    row = find(Need, "need-1")

    import_while(
        "needs",
        [need(title="From the file")],
        lambda session: change_need(session, HOUSE, row.id, {"title": "By hand"}, 1),
    )


def test_a_record_of_the_same_external_id_registered_meanwhile(find, import_while):
    party = find(Organisation, "org-1")
    record = NeedFactory.build(external_id="need-1", organisation=NeedFactory.ABSENT)

    import_while(
        "needs",
        [need()],
        lambda session: register_need(session, HOUSE, party.id, record),
    )


def test_a_party_frozen_meanwhile(find, import_while):
    party = find(Organisation, "org-1")

    import_while(
        "needs",
        [need()],
        lambda session: change_organisation(session, HOUSE, party.id, {"state": "frozen"}, 1),
    )


def test_it_is_a_conflict_to_whoever_answers():
    assert issubclass(OvertakenError, ConflictError)
    assert OvertakenError("need").code == "conflict"
