"""Matches: proposed by the registry, decided by people.

Every act is a file of its own and goes the same way (`review_match`): the match is one that the
actor may see, the page was not too old (`version`), state and obstacles allow it, a refusal has
its reason; then review, audit entry, state and outbox entry are written together. What an act
returns is where the match stands: `{"id", "version", "state"}`.
"""
