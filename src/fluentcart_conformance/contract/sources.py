"""Read the contract's YAML files, and keep what was compiled from them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from .. import __version__
from .errors import ContractError

_COMPILER = "4"
"""Raised when the compiled form changes, so that an older cache is not read."""


@cache
def _loader() -> Any:
    """A safe YAML loader without timestamps: `2025-01-15` in an example is a string, as in JSON."""
    import yaml  # noqa: PLC0415 a warm start reads the cache and needs no YAML

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    resolvers = {
        first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
        for first, pairs in base.yaml_implicit_resolvers.items()
    }
    return type("PlainLoader", (base,), {"yaml_implicit_resolvers": resolvers})


def read_yaml(path: Path) -> Any:
    """The content of one YAML file; status codes and other keys become strings.

    Raises ContractError naming the file and the line.
    """
    import yaml  # noqa: PLC0415

    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ContractError(f"cannot read {path}: {error.strerror}") from error
    try:
        return _string_keys(yaml.load(text, Loader=_loader()))  # noqa: S506 safe loader's child
    except yaml.YAMLError as error:
        raise ContractError(f"{path}: {' '.join(str(error).split())}") from error


def _string_keys(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _string_keys(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_string_keys(value) for value in node]
    return node


def yaml_files(folder: Path) -> list[Path]:
    """Every YAML file below `folder`, in a stable order."""
    return sorted(folder.rglob("*.yaml"))


def _fingerprint(name: str, files: Iterable[Path]) -> str:
    digest = hashlib.sha256(f"{name}|{__version__}|{_COMPILER}".encode())
    for path in files:
        stat = path.stat()
        digest.update(f"|{path}|{stat.st_size}|{stat.st_mtime_ns}".encode())
    return digest.hexdigest()[:32]


def _cache_dir() -> Path:
    chosen = os.environ.get("FLUENTCART_CONFORMANCE_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "fluentcart-conformance"


def compiled(name: str, files: Iterable[Path], build: Callable[[], Any]) -> Any:
    """What `build` makes of `files`, from the user's cache when no file has changed.

    The result must be plain JSON. A cache that cannot be read or written costs time, nothing else.
    """
    try:
        cached = _cache_dir() / f"{name}-{_fingerprint(name, files)}.json"
    except (OSError, RuntimeError):
        return build()
    try:
        return json.loads(cached.read_bytes())
    except (OSError, ValueError):
        pass
    value = build()
    _write(cached, json.dumps(value, separators=(",", ":")))
    return value


def _write(path: Path, text: str) -> None:
    import tempfile  # noqa: PLC0415 only a cold start writes

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(temporary).replace(path)
        _drop_older(path)
    except OSError:
        return


def _drop_older(path: Path) -> None:
    prefix = path.name.rpartition("-")[0] + "-"
    older = sorted(
        (other for other in path.parent.glob(f"{prefix}*.json") if other != path),
        key=lambda other: other.stat().st_mtime,
        reverse=True,
    )
    for other in older[3:]:
        other.unlink(missing_ok=True)
