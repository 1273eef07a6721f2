"""What the judge says about one exchange."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_INDEX = re.compile(r"/\d+(?=/|$)")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken requirement with its evidence.

    `pointer` is a JSON pointer into the answer (`` is the whole answer). `expected` and `got` are
    short plain text, safe to print. `kind` is the sort of check that failed (`schema`, `status`,
    `server_error`, `content_type`, `json`, `leak`, `error_shape`, `law`, `form`). `cause` is equal
    for findings of one root cause.
    """

    requirement: str
    operation: str
    pointer: str
    expected: str
    got: str
    kind: str
    cause: str


def normalised_pointer(pointer: str) -> str:
    """`/orders/data/3/id` -> `/orders/data/*/id`."""
    return _INDEX.sub("/*", pointer)


def finding(
    requirement: str,
    operation: str,
    pointer: str,
    *,
    expected: str,
    got: str,
    kind: str,
    status: int,
    aspect: str = "",
) -> Finding:
    """A finding with its root-cause key.

    `aspect` tells apart causes at one pointer (the schema keyword, the leaked thing); numbers in
    it are levelled, so the same message about another id is the same cause.
    """
    place = normalised_pointer(pointer)
    levelled = _NUMBER.sub("#", aspect)[:160]
    cause = "|".join((operation, kind, place, str(status), levelled))
    return Finding(requirement, operation, pointer, expected, got, kind, cause)


class Judgement:
    """The findings of one exchange, and, worked out only when asked, what it proved.

    `operation` is None for an exchange that is no operation of the contract. `proved` holds the
    requirement ids this exchange met; `forms` maps a form's name to the form the answer used.
    """

    __slots__ = ("_forms", "_more", "_proved", "findings", "operation")

    def __init__(
        self,
        operation: str | None,
        findings: tuple[Finding, ...],
        more: Callable[[], tuple[frozenset[str], dict[str, str]]] | None = None,
    ) -> None:
        self.operation = operation
        self.findings = findings
        self._more = more
        self._proved: frozenset[str] | None = None
        self._forms: dict[str, str] = {}

    def _work_out(self) -> None:
        if self._proved is None:
            self._proved, self._forms = self._more() if self._more else (frozenset(), {})
            self._more = None

    @property
    def proved(self) -> frozenset[str]:
        """The ids of requirements that were reached by validation and hold in this exchange."""
        self._work_out()
        return self._proved or frozenset()

    @property
    def forms(self) -> dict[str, str]:
        """Which of two permitted forms the answer used, by the name of the form."""
        self._work_out()
        return self._forms

    def __repr__(self) -> str:
        return f"Judgement({self.operation!r}, {len(self.findings)} findings)"
