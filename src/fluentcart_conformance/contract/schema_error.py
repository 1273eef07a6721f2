"""One place where a value does not fit a schema."""

from __future__ import annotations

from dataclasses import dataclass

from .words import pointer_of


@dataclass(frozen=True, slots=True)
class SchemaError:
    """One violation: `path` leads to the value, `schema_path` to the keyword that refused it."""

    path: tuple[str | int, ...]
    keyword: str
    schema_path: tuple[str | int, ...]
    expected: str
    got: str

    @property
    def pointer(self) -> str:
        """JSON pointer of the offending (or missing) value."""
        return pointer_of(self.path)
