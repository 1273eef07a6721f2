"""What can be wrong with the contract's own files."""

from __future__ import annotations


class ContractError(Exception):
    """A file under `openapi/` is missing or broken; the sentence names the file and the place."""
