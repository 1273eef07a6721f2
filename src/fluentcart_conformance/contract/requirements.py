"""The requirements: every testable statement of the documents, with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ..paths import data_dir
from .errors import ContractError
from .sources import compiled, read_yaml, yaml_files

LEVELS = ("MUST", "SHOULD", "MAY")
PROOFS = ("judge", "scenario")
AREAS = (
    "orders",
    "lists",
    "shipping",
    "transactions",
    "refunds",
    "bulk",
    "customers",
    "addresses",
    "auth",
    "errors",
)
DOCUMENTS = (
    "create-and-change-customer-page",
    "update-customer-page",
    "customers-api",
    "create-order-page",
    "orders-api",
)
_NEEDED = ("id", "level", "text", "sources", "operation", "area", "proof")
_KNOWN = (*_NEEDED, "members", "untestable", "alternative", "capability", "forms", "absent")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a requirement comes from: a document's short name and the section in it."""

    document: str
    section: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """One atomic, testable statement.

    `operations` are operation ids, or `("*",)` for all. `proof` says who decides: the judge on
    any exchange, or a scenario. `untestable` holds the reason when it cannot be tested over HTTP,
    `alternative` names the other documented form that a store may answer in instead,
    `capability` what the target must have, `absent` the reason per profile that lacks it.
    """

    id: str
    level: str
    text: str
    sources: tuple[Source, ...]
    operations: tuple[str, ...]
    area: str
    proof: str
    members: tuple[Any, ...] = ()
    untestable: str | None = None
    alternative: str | None = None
    capability: str | None = None
    forms: Mapping[str, str] = field(default_factory=dict)
    absent: Mapping[str, str] = field(default_factory=dict)
    file: str = ""

    def applies_to(self, operation: str) -> bool:
        """Whether the requirement speaks of this operation."""
        return self.operations == ("*",) or operation in self.operations


@cache
def load_requirements(folder: Path | None = None) -> dict[str, Requirement]:
    """Every requirement by id, in the order of the files.

    Raises ContractError for an unknown key, level, area or document, or an id used twice.
    """
    root = folder or data_dir() / "requirements"
    files = yaml_files(root)
    rows = compiled("requirements", files, lambda: _read(root, files))
    return {row["id"]: _requirement(row) for row in rows}


def check_operations(requirements: Mapping[str, Requirement], known: set[str]) -> list[str]:
    """One sentence per requirement that names an operation the contract does not have."""
    return [
        f"{requirement.file}: {requirement.id} names the unknown operation {operation}"
        for requirement in requirements.values()
        for operation in requirement.operations
        if operation != "*" and operation not in known
    ]


def _read(root: Path, files: list[Path]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    seen: dict[str, str] = {}
    for path in files:
        name = str(path.relative_to(root))
        for row in _rows(path, name):
            if row["id"] in seen:
                raise ContractError(f"{name}: {row['id']} is already used in {seen[row['id']]}")
            seen[row["id"]] = name
            rows.append({**row, "file": name})
    return rows


def _rows(path: Path, name: str) -> Iterator[dict[str, Any]]:
    content = read_yaml(path) or []
    if not isinstance(content, list):
        raise ContractError(f"{name}: a list of requirements was expected")
    for number, row in enumerate(content, 1):
        if not isinstance(row, dict):
            raise ContractError(f"{name}: entry {number} is not an object")
        where = f"{name}: {row.get('id', f'entry {number}')}"
        _check_row(row, where)
        yield row


def _check_row(row: dict[str, Any], where: str) -> None:
    missing = [key for key in _NEEDED if key not in row]
    if missing:
        raise ContractError(f"{where} lacks {', '.join(missing)}")
    unknown = [key for key in row if key not in _KNOWN]
    if unknown:
        raise ContractError(f"{where} has the unknown key {', '.join(unknown)}")
    for key, known in (("level", LEVELS), ("area", AREAS), ("proof", PROOFS)):
        if row[key] not in known:
            raise ContractError(f"{where}: {key} {row[key]!r} is none of {', '.join(known)}")
    for source in _listed(row["sources"]):
        if not isinstance(source, dict) or source.get("document") not in DOCUMENTS:
            raise ContractError(f"{where}: source {source!r} names none of {', '.join(DOCUMENTS)}")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _requirement(row: Mapping[str, Any]) -> Requirement:
    return Requirement(
        id=row["id"],
        level=row["level"],
        text=" ".join(str(row["text"]).split()),
        sources=tuple(
            Source(source["document"], str(source.get("section", "")))
            for source in _listed(row["sources"])
        ),
        operations=tuple(_listed(row["operation"])),
        area=row["area"],
        proof=row["proof"],
        members=tuple(_listed(row.get("members") or [])),
        untestable=row.get("untestable"),
        alternative=row.get("alternative"),
        capability=row.get("capability"),
        forms=row.get("forms") or {},
        absent=row.get("absent") or {},
        file=row["file"],
    )
