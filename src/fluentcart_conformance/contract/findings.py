"""What the judge says about one exchange."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from .plan import Walk

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


def one_per_cause(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings of one root cause made one, which tells how many more places there are."""
    by_cause: dict[str, list[Finding]] = {}
    for one in findings:
        by_cause.setdefault(one.cause, []).append(one)
    kept = []
    for same in by_cause.values():
        first = same[0]
        if len(same) > 1:
            more = f"{first.got} (and at {len(same) - 1} more places)"
            first = replace(first, got=more)
        kept.append(first)
    return tuple(kept)


class Judgement:
    """The findings of one exchange, and, worked out only when asked, what it proved.

    `operation` is None for an exchange that is no operation of the contract. `status` is the HTTP
    status of the answer. `forms` tells which of two permitted forms the answer used first, by
    place: `Order.total_paid`.
    """

    __slots__ = ("_more", "_proved", "_walk", "findings", "forms", "operation", "status")

    def __init__(
        self,
        operation: str | None,
        findings: tuple[Finding, ...],
        status: int = 0,
        forms: dict[str, str] | None = None,
        more: Callable[[], tuple[frozenset[str], Walk]] | None = None,
    ) -> None:
        self.operation = operation
        self.findings = findings
        self.status = status
        self.forms = forms or {}
        self._more = more
        self._proved: frozenset[str] = frozenset()
        self._walk: Walk | None = None

    def _work_out(self) -> None:
        if self._more is not None:
            self._proved, self._walk = self._more()
            self._more = None

    @property
    def proved(self) -> frozenset[str]:
        """The ids of requirements that were reached by validation and hold in this exchange."""
        self._work_out()
        return self._proved

    @property
    def form_requirements(self) -> dict[str, str]:
        """The requirement of keeping to one form, for places that name one."""
        self._work_out()
        return self._walk.form_ids if self._walk else {}

    def __repr__(self) -> str:
        return f"Judgement({self.operation!r}, {len(self.findings)} findings)"
