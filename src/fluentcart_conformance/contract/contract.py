"""The contract under one profile: operations, schemas and the way from a URL to an operation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ..paths import data_dir
from .operations import Operation, read_operations
from .profile import Profile, load_profile
from .routes import Routes, guess_relative_path, relative_path
from .sources import compiled, read_yaml, yaml_files


class Contract:
    """What a store must speak under one profile."""

    def __init__(self, profile: Profile, document: Mapping[str, Any]) -> None:
        self.profile = profile
        self.document = document
        self.operations: dict[str, Operation] = read_operations(document)
        self._routes = Routes(self.operations.values())

    def operation(self, name: str) -> Operation:
        """One operation by id; KeyError for a name the contract does not have."""
        return self.operations[name]

    def match(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        """The operation of a path below the namespace and its decoded path parameters."""
        return self._routes.match(method, path)

    def match_url(
        self, method: str, url: str, *, any_root: bool = False
    ) -> tuple[Operation, dict[str, str]] | None:
        """The operation a whole URL calls; None for foreign traffic.

        `any_root` also takes URLs without the namespace, by the name of the resource.
        """
        path = guess_relative_path(url) if any_root else relative_path(url)
        return None if path is None else self._routes.match(method, path)


@cache
def load_contract(profile: str = "documented", folder: Path | None = None) -> Contract:
    """The contract under the named profile. Raises ContractError when its files are broken."""
    root = folder or data_dir()
    chosen = load_profile(profile, folder)
    overlays = [root / "overlays" / _file_name(name) for name in chosen.overlays]
    files = [
        root / "openapi.yaml",
        *yaml_files(root / "paths"),
        *yaml_files(root / "components"),
        *overlays,
    ]
    return Contract(chosen, compiled(f"contract-{profile}", files, lambda: _build(root, overlays)))


def _file_name(name: str) -> str:
    return name if name.endswith(".yaml") else f"{name}.yaml"


def _build(root: Path, overlays: list[Path]) -> dict[str, Any]:
    # Only a cold start compiles; a warm one need not pay for the YAML and JSONPath readers.
    from .description import bundle  # noqa: PLC0415
    from .overlays import apply_overlay  # noqa: PLC0415

    document = bundle(root.resolve())
    for path in overlays:
        apply_overlay(document, read_yaml(path) or {}, path.name)
    return document
