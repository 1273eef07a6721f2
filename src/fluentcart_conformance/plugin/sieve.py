"""Keeps of thousands of generated exchanges what is worth recording, and counts the rest.

Kept are: the smallest exchange of every root cause the judge found, one accepted exchange of every
operation, and those that a broken check names as its evidence.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from fluentcart_conformance.contract.exchange import Exchange
    from fluentcart_conformance.contract.findings import Finding, Judgement
    from fluentcart_conformance.contract.judge import Judge

_REMEMBERED = 400


@dataclass
class Sent:
    """What was sent of one operation: requests, accepted ones, statuses, milliseconds."""

    requests: int = 0
    accepted: int = 0
    total_ms: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class _Seen:
    exchange: Exchange
    judgement: Judgement
    findings: Sequence[Finding]
    number: int

    @property
    def size(self) -> int:
        sent = self.exchange.request_body or b""
        return len(self.exchange.url) + len(sent)


class Bench(Protocol):
    """What a sieve needs of the process that runs scenarios: its name, judge and form of events."""

    name: str
    judge: Judge

    def event(
        self,
        exchange: Exchange,
        operation: str | None,
        findings: Sequence[Finding],
        proved: list[str],
        number: int,
    ) -> dict[str, Any]:
        """One exchange as the record holds it."""


class Sieve:
    """Takes the exchanges of one scenario; `events` gives what the record shall hold."""

    def __init__(self, bench: Bench, scenario: str) -> None:
        self._bench = bench
        self._scenario = scenario
        self._recent: deque[_Seen] = deque(maxlen=_REMEMBERED)
        self._accepted: dict[str, _Seen] = {}
        self._broken: dict[str, _Seen] = {}
        self._evidence: dict[int, _Seen] = {}
        self._numbers: dict[int, int] = {}
        self.sent: dict[str, Sent] = {}

    def take(
        self, exchange: Exchange, judgement: Judgement, findings: Sequence[Finding], number: int
    ) -> None:
        """Count one exchange, and keep it when it shows something new."""
        seen = _Seen(exchange, judgement, findings, number)
        self._recent.append(seen)
        self._numbers[id(exchange)] = number
        name = judgement.operation or ""
        count = self.sent.setdefault(name, Sent())
        count.requests += 1
        count.total_ms += exchange.elapsed_ms
        count.statuses[exchange.status] = count.statuses.get(exchange.status, 0) + 1
        if 200 <= exchange.status < 300:
            count.accepted += 1
            if not findings:
                self._accepted.setdefault(name, seen)
        for one in findings:
            best = self._broken.get(one.cause)
            if best is None or seen.size < best.size:
                self._broken[one.cause] = seen

    @property
    def causes(self) -> frozenset[str]:
        """The root causes that the judge found so far."""
        return frozenset(self._broken)

    def examples(self) -> dict[str, Exchange]:
        """The smallest exchange of every root cause the judge found."""
        return {cause: seen.exchange for cause, seen in self._broken.items()}

    def causes_of(self, exchange: Exchange) -> frozenset[str]:
        """The root causes that the judge saw in an exchange sent just now."""
        for seen in reversed(self._recent):
            if seen.exchange is exchange:
                return frozenset(one.cause for one in seen.findings)
        return frozenset()

    def keep(self, exchanges: Iterable[Exchange]) -> list[str]:
        """Keep these exchanges, taken in before, as evidence; returns their ids in this order."""
        wanted = {self._numbers[id(one)]: one for one in exchanges if id(one) in self._numbers}
        found = {seen.number: seen for seen in self._recent if seen.number in wanted}
        for number, one in wanted.items():
            # What was forgotten meanwhile is judged again: its findings have been counted.
            self._evidence[number] = found.get(number) or self._seen_again(one, number)
        return [f"{self._bench.name}-{number}" for number in wanted]

    def _seen_again(self, exchange: Exchange, number: int) -> _Seen:
        return _Seen(exchange, self._bench.judge.judge(exchange), (), number)

    def events(self) -> list[dict[str, Any]]:
        """The exchanges that are kept, in their order, and the count of the others."""
        kept = dict(self._evidence)
        for seen in (*self._accepted.values(), *self._broken.values()):
            kept[seen.number] = seen
        events = [self._event(seen) for _, seen in sorted(kept.items())]
        if counts := self._counts(kept.values()):
            events.append({"type": "sent", "scenario": self._scenario, "operations": counts})
        return events

    def _event(self, seen: _Seen) -> dict[str, Any]:
        # A cause is shown once, by its smallest exchange.
        mine = [one for one in seen.findings if self._broken[one.cause] is seen]
        proved = sorted(seen.judgement.proved)
        return self._bench.event(seen.exchange, seen.judgement.operation, mine, proved, seen.number)

    def _counts(self, kept: Iterable[_Seen]) -> dict[str, dict[str, Any]]:
        counts = {
            name: [one.requests, one.accepted, one.total_ms] for name, one in self.sent.items()
        }
        for seen in kept:
            row = counts[seen.judgement.operation or ""]
            row[0] -= 1
            row[1] -= 200 <= seen.exchange.status < 300
            row[2] -= seen.exchange.elapsed_ms
        return {
            name: {"requests": row[0], "accepted": row[1], "total_ms": round(row[2], 1)}
            for name, row in counts.items()
            if name and row[0] > 0
        }
