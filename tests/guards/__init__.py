"""Proving that checks are guarded: each is removed in turn, and a test has to notice."""
