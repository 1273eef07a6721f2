"""Which requirements the suites and the judge cite, read from source without running it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REQUIREMENT_ID = re.compile(r"^[A-Z]{3}(-[A-Z0-9]+)+$")


@dataclass(frozen=True)
class Citation:
    """One place that names a requirement: a scenario (`file::function`) or the judge."""

    requirement: str
    by: str
    file: str
    line: int

    @property
    def place(self) -> str:
        """`suites/orders/test_create.py:41`."""
        return f"{self.file}:{self.line}"


def suite_citations(folder: Path, naming: str = "") -> list[Citation]:
    """Every requirement id written as a string literal below the suites folder.

    With `naming`, only files that hold this id are read in full.
    """
    return _citations(sorted(folder.rglob("*.py")), folder.parent, "", naming)


def judge_citations(package: Path, naming: str = "") -> list[Citation]:
    """Every requirement id written in the judge's own code."""
    return _citations(sorted(package.rglob("*.py")), package.parents[1], "judge", naming)


def contract_citations(document: Mapping[str, Any]) -> list[Citation]:
    """Every requirement id that the description attaches to a schema or an answer."""
    named = dict.fromkeys(_described(document))
    return [Citation(name, "judge", "openapi", 0) for name in named]


def by_requirement(citations: Iterable[Citation]) -> dict[str, list[Citation]]:
    """Citations by the requirement they name."""
    found: dict[str, list[Citation]] = {}
    for citation in citations:
        found.setdefault(citation.requirement, []).append(citation)
    return found


def _citations(files: list[Path], root: Path, by: str, naming: str) -> list[Citation]:
    return [
        Citation(name, by or f"{relative}::{function}".removesuffix("::"), relative, line)
        for file in files
        for relative in [file.relative_to(root).as_posix()]
        for text in [file.read_text(encoding="utf-8")]
        if naming in text
        for name, function, line in _literals(ast.parse(text))
    ]


def _literals(tree: ast.Module) -> Iterator[tuple[str, str, int]]:
    """Ids as (id, enclosing function, line); docstrings are no ids by their form."""
    for top in tree.body:
        owner = top.name if isinstance(top, ast.FunctionDef | ast.AsyncFunctionDef) else ""
        for node in ast.walk(top):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and REQUIREMENT_ID.match(node.value)
            ):
                yield node.value, owner, node.lineno


def _described(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key in ("x-requirement", "x-error-requirement"):
                yield from _ids(value)
            else:
                yield from _described(value)
    elif isinstance(node, list | tuple):
        for item in node:
            yield from _described(item)


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _ids(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _ids(inner)
