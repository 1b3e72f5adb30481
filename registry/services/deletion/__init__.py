"""Deleting a party: its key first, then its rows, then what the worker and the index hold."""
