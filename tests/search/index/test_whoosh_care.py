"""Whoosh 2.7.4 is pinned and no longer mended: one place uses it, and not all of it."""

import ast
from pathlib import Path

import pytest

import search

SOURCES = sorted(Path(search.__file__).parent.rglob("*.py"))
ADAPTER = [path for path in SOURCES if path.name.startswith("whoosh_")]


class TestWhooshIsHandledWithCare:
    """Whoosh 2.7.4 is pinned and no longer mended: what it gets wrong is not used."""

    def names_in(self, path):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                yield node.id
            elif isinstance(node, ast.Attribute):
                yield node.attr
            elif isinstance(node, ast.alias):
                yield node.name.rsplit(".", 1)[-1]
            elif isinstance(node, ast.keyword) and node.arg:
                yield f"{node.arg}="

    @pytest.mark.parametrize(
        ("name", "why"),
        [
            ("signed=", "ranges of NUMERIC(signed=False) are wrong"),
            ("Require", "query.Require is inverted"),
            ("TimeLimitCollector", "it drops the filter"),
        ],
    )
    def test_what_is_known_to_be_wrong_is_not_used(self, name, why):
        users = [path.name for path in ADAPTER if name in self.names_in(path)]
        assert ADAPTER
        assert users == [], why

    def test_one_adapter_alone_imports_whoosh(self):
        def imports_whoosh(path):
            return any(
                (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "whoosh")
                or (
                    isinstance(node, ast.Import)
                    and any(alias.name.split(".")[0] == "whoosh" for alias in node.names)
                )
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            )

        users = [path for path in SOURCES if imports_whoosh(path)]
        assert users
        assert all(
            path.name.startswith("whoosh_") and path.parent.name == "index" for path in users
        )
