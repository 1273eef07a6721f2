"""Keeps of thousands of generated exchanges what is worth recording, and counts the rest.

Kept are: the smallest exchange of every root cause the judge found, one accepted exchange of every
operation, and those that a broken check names as its evidence.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from fluentcart_conformance.fuzz.alike import alike, named

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
        self._broken: dict[tuple[Hashable, str], _Seen] = {}
        self._names: dict[Hashable, str] = {}
        self._held: list[_Seen] | None = None
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
        if self._held is None:
            self._blame(seen)
        else:
            self._held.append(seen)

    def hold(self) -> None:
        """Put off what the judge finds from now on, until `release`."""
        self._held = []

    def release(self, spared: Iterable[Exchange] = ()) -> None:
        """Take in what was put off; `spared` show what follows from a cause told elsewhere."""
        held, self._held = self._held or [], None
        without = {id(one) for one in spared}
        for seen in held:
            if id(seen.exchange) not in without:
                self._blame(seen)

    def drop(self) -> None:
        """Forget what was put off: all of it follows from a cause told elsewhere."""
        self._held = []

    def _blame(self, seen: _Seen) -> None:
        """Keep the smallest exchange of every root cause and requirement."""
        for one in seen.findings:
            key = alike(one, seen.exchange)
            # The least name of the alike ones: every part of a run comes to the same.
            name = named(one, seen.exchange)
            self._names[key] = min(name, self._names.get(key, name))
            best = self._broken.get((key, one.requirement))
            if best is None or seen.size < best.size:
                self._broken[key, one.requirement] = seen

    @property
    def causes(self) -> frozenset[str]:
        """The root causes that the judge found so far."""
        return frozenset(self._names[key] for key, _ in self._broken)

    def examples(self) -> dict[str, Exchange]:
        """The smallest exchange of every root cause the judge found."""
        return {self._names[key]: seen.exchange for (key, _), seen in self._broken.items()}

    def findings_of(self, exchange: Exchange) -> Sequence[Finding]:
        """What the judge found in an exchange sent just now."""
        for seen in reversed(self._recent):
            if seen.exchange is exchange:
                return seen.findings
        return ()

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
        mine = [told for one in seen.findings if (told := self._told(one, seen)) is not None]
        proved = sorted(seen.judgement.proved)
        return self._bench.event(seen.exchange, seen.judgement.operation, mine, proved, seen.number)

    def _told(self, one: Finding, seen: _Seen) -> Finding | None:
        """A finding under the name of its root cause, where this exchange is to show it.

        A cause is shown once, by its smallest exchange; that of a 5xx stands wherever one is, so
        that checks that failed for it are told with it.
        """
        key = alike(one, seen.exchange)
        shows = self._broken.get((key, one.requirement)) is seen
        crashed = one.kind == "server_error" and key in self._names
        return replace(one, cause=self._names[key]) if shows or crashed else None

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
