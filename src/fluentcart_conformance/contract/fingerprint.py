"""What a verdict was made with: fingerprints of the contract and of the suites."""

from __future__ import annotations

import hashlib
from pathlib import Path

from fluentcart_conformance.paths import data_dir, suites_dir


def contract_hash() -> str:
    """SHA-256 over the files of the contract, in the order of their names."""
    return _hash(data_dir(), "*.yaml")


def suites_hash() -> str:
    """SHA-256 over the scenarios, in the order of their names."""
    return _hash(suites_dir(), "*.py")


def _hash(root: Path, pattern: str) -> str:
    total = hashlib.sha256()
    for path in sorted(root.rglob(pattern)):
        total.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()
