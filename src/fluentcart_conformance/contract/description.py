"""Bundle the split description into one OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from .errors import ContractError
from .sources import read_yaml, yaml_files

_SECTIONS = {"parameters": "parameters", "responses": "responses", "headers": "headers"}


def bundle(folder: Path) -> dict[str, Any]:
    """The whole description of `folder/openapi.yaml`, every file reference made local.

    `components/parameters.yaml` and `responses.yaml` become sections of their own, every other
    components file holds schemas. Raises ContractError for a name used twice or a broken
    reference.
    """
    return _Bundler(folder).run()


class _Bundler:
    """Reads every file once and rewrites its references."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[Path, Any] = {}
        self._home: dict[tuple[Path, str], str] = {}
        self._components: dict[str, dict[str, Any]] = {"schemas": {}}

    def run(self) -> dict[str, Any]:
        root_path = self._folder / "openapi.yaml"
        root = self._read(root_path)
        if not isinstance(root, dict):
            raise ContractError(f"{root_path}: an object was expected")
        self._collect()
        document = {key: value for key, value in root.items() if key not in ("paths", "components")}
        document = dict(self._rewrite(document, root_path))
        document["paths"] = self._paths(root.get("paths") or {}, root_path)
        own = self._rewrite(root.get("components") or {}, root_path)
        document["components"] = _joined(own, self._rewritten_components())
        return document

    def _read(self, path: Path) -> Any:
        if path not in self._files:
            self._files[path] = read_yaml(path)
        return self._files[path]

    def _collect(self) -> None:
        origin: dict[tuple[str, str], Path] = {}
        for path in yaml_files(self._folder / "components"):
            section = _SECTIONS.get(path.stem, "schemas")
            content = self._read(path) or {}
            if not isinstance(content, dict):
                raise ContractError(f"{path}: a flat map of names was expected")
            for name, node in content.items():
                if (section, name) in origin:
                    raise ContractError(f"{path}: {name} is already in {origin[section, name]}")
                origin[section, name] = path
                self._home[path, name] = f"#/components/{section}/{name}"
                self._components.setdefault(section, {})[name] = node

    def _rewritten_components(self) -> dict[str, dict[str, Any]]:
        files = {local: path for (path, _), local in self._home.items()}
        return {
            section: {
                name: self._rewrite(node, files[f"#/components/{section}/{name}"])
                for name, node in nodes.items()
            }
            for section, nodes in self._components.items()
        }

    def _paths(self, paths: dict[str, Any], origin: Path) -> dict[str, Any]:
        bundled = {}
        for template, item in paths.items():
            ref = item.get("$ref") if isinstance(item, dict) else None
            if ref and not ref.startswith("#"):
                path, node = self._target(ref, origin)
                bundled[template] = self._rewrite(node, path)
            else:
                bundled[template] = self._rewrite(item, origin)
        return bundled

    def _rewrite(self, node: Any, origin: Path) -> Any:
        return _mapped(node, lambda ref: self._local(ref, origin))

    def _local(self, ref: str, origin: Path) -> str:
        if ref.startswith("#/components/"):
            return ref
        path, _, inside = ref.partition("#")
        file = (origin.parent / path).resolve() if path else origin
        found = self._home.get((file, inside.strip("/")))
        if found is None:
            raise ContractError(f"{origin}: reference {ref} points at nothing")
        return found

    def _target(self, ref: str, origin: Path) -> tuple[Path, Any]:
        file, _, inside = ref.partition("#")
        path = (origin.parent / file).resolve()
        node = self._read(path)
        for part in filter(None, inside.split("/")):
            key = part.replace("~1", "/").replace("~0", "~")
            if not isinstance(node, dict) or key not in node:
                raise ContractError(f"{origin}: reference {ref} points at nothing")
            node = node[key]
        return path, node


def _mapped(node: Any, local: Callable[[str], str]) -> Any:
    if isinstance(node, dict):
        return {
            key: local(value) if key == "$ref" and isinstance(value, str) else _mapped(value, local)
            for key, value in node.items()
        }
    if isinstance(node, list):
        return [_mapped(value, local) for value in node]
    return node


def _joined(
    own: dict[str, dict[str, Any]], collected: dict[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    joined = {section: dict(nodes) for section, nodes in own.items()}
    for section, nodes in collected.items():
        joined.setdefault(section, {}).update(nodes)
    return joined
