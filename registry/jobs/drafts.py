"""Counting what drafted versions of programmes would change, for the page that waits for it."""

from registry.jobs.entries import Entry, delete_entries
from registry.jobs.pulse import Pulse
from registry.services.programmes.count_effect import count_effect
from registry.storage.database import Database
from registry.storage.programmes import ProgrammeDraft


def count_drafts(database: Database, entry: Entry, pulse: Pulse) -> None:
    """Count each draft's effect and keep it with the draft; one thrown away is left out.

    The matches have to be in step: what was asked for before is done before.
    """
    with database.reading() as session:
        drafts = [session.get(ProgrammeDraft, each) for each in entry.subjects]
        effects = {
            draft.id: count_effect(session, draft, pulse).to_record() for draft in drafts if draft
        }
    with database.writing() as writing:
        for draft_id, effect in effects.items():
            if draft := writing.get(ProgrammeDraft, draft_id):
                draft.effect = effect
                writing.add(draft)
        delete_entries(writing, [entry])
