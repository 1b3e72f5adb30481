"""Backups: made here, readable only with an age key that is kept elsewhere."""
