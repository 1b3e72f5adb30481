"""The `registry` command. Exit 0: done; 1: refused, with a reason; 2: wrong usage."""

from registry.cli.root import main

__all__ = ["main"]
