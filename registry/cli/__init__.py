"""The `registry` command. Exit 0: done; 1: refused, with a reason; 2: wrong usage.

Every module of this folder adds its commands to the root; a new command is a new file here.
They import what is heavy inside their functions, so that `--help` stays quick.
"""

import pkgutil
from importlib import import_module

from registry.cli.root import main

__all__ = ["main"]

for _found in pkgutil.iter_modules(__path__):
    if _found.name != "__main__":
        import_module(f"{__name__}.{_found.name}")
