"""Suites stand on fixtures and drivers alone; the other arrows are held by lint-imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from fluentcart_conformance.paths import suites_dir

PACKAGE = "fluentcart_conformance"
ALLOWED = (
    f"{PACKAGE}.scenarios",
    f"{PACKAGE}.drivers",
    # What the fixtures `target` and `workbench` are and raise, named for their types.
    f"{PACKAGE}.target.preflight",
    f"{PACKAGE}.target.errors",
    f"{PACKAGE}.target.identities",
    f"{PACKAGE}.plugin.context",
)
SCENARIOS = sorted(suites_dir().rglob("test_*.py"))
# Fuzzing generates requests from the contract itself; no driver spells those.
FUZZ = (f"{PACKAGE}.fuzz", f"{PACKAGE}.plugin.fuzzing")


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("file", SCENARIOS, ids=lambda file: f"{file.parent.name}-{file.stem}")
def test_a_scenario_knows_no_more_than_fixtures_and_drivers(file: Path) -> None:
    own = [name for name in imported(file) if name.split(".")[0] == PACKAGE]
    allowed = (*ALLOWED, *FUZZ) if file.parent.name == "fuzz" else ALLOWED
    assert [name for name in own if not name.startswith(allowed)] == []
    assert "httpx" not in set(imported(file))
