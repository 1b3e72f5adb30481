"""The command starts without what is heavy: `--help` is quick, and so is `keys destroy`."""

import subprocess
import sys

HEAVY = ("flask", "sqlalchemy", "alembic", "numpy", "whoosh")


def loaded_after(statement: str) -> set[str]:
    say = f"{statement}; import sys; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", say], capture_output=True, text=True, check=True)
    return set(HEAVY) & set(said.stdout.split())


def test_the_command_loads_nothing_heavy():
    assert loaded_after("import registry.cli") == set()


def test_nor_does_destroying_the_keys():
    assert loaded_after("import registry.services.keys.destroy_keys") == set()
