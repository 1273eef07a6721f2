"""Judges captured exchanges and turns them into the events that a verdict is made of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fluentcart_conformance import __version__
from fluentcart_conformance.contract.contract import load_contract
from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.contract.findings import Finding, Judgement
from fluentcart_conformance.contract.forms import FormLedger
from fluentcart_conformance.contract.judge import Judge
from fluentcart_conformance.contract.profile import profile_names
from fluentcart_conformance.target.redact import SECRET_HEADERS
from fluentcart_conformance.verdict.events import ExchangeEvent, HeaderEvent
from fluentcart_conformance.verdict.tally import Tally

from .readers import Captured, read_traffic
from .recording import exchange_of_row

LOOKED_AT = 300
"""So many accepted answers decide which profile the traffic speaks."""
PER_CAUSE = 50
"""Occurrences kept of one cause; the rest is only counted, so that memory stays constant."""
SHOWN_BODY = 20_000
_ACCEPTED = 2
_TELLING = re.compile(r"token|secret|password|api-?key", re.IGNORECASE)


@dataclass
class Judged:
    """What came of a judgement of traffic.

    `exchanges` holds one example per cause. `skipped` counts by reason what was not judged.
    """

    profile: str
    reason: str
    tally: Tally
    exchanges: dict[str, ExchangeEvent] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
    causes: Counter[str] = field(default_factory=Counter)
    judged: int = 0


def detect_profile(files: Iterable[Path]) -> tuple[str, str]:
    """The profile under which the first accepted answers break least, and how that is known."""
    sample = list(islice(_accepted(files), LOOKED_AT))
    names = profile_names()
    broken = {}
    for name in names:
        judge = Judge(load_contract(name), any_root=True)
        broken[name] = sum(len(judge.judge(one).findings) for one in sample)
    chosen = min(names, key=lambda name: broken[name])
    counted = ", ".join(f"{name} {number}" for name, number in broken.items())
    return chosen, f"fewest findings in the first {len(sample)} accepted answers: {counted}"


def _accepted(files: Iterable[Path]) -> Iterator[Exchange]:
    judge = load_contract()
    for file in files:
        for one in read_traffic(file):
            exchange = one.exchange
            if exchange is None or exchange.status // 100 != _ACCEPTED:
                continue
            if judge.match_url(exchange.method, exchange.url, any_root=True):
                yield exchange


def judge_traffic(files: list[Path], profile: str, reason: str) -> Judged:
    """Judge every exchange of the files under a profile. Raises TrafficError."""
    found = Judged(profile, reason, Tally())
    found.tally.add(_header(files, profile, reason))
    judge = Judge(load_contract(profile), any_root=True)
    ledgers: dict[str, FormLedger] = {}
    for file in files:
        for one in read_traffic(file):
            _take(found, judge, ledgers, one)
    found.tally.add({"type": "footer", "ended": datetime.now(UTC).isoformat(), "verdict": {}})
    return found


def _take(found: Judged, judge: Judge, ledgers: dict[str, FormLedger], one: Captured) -> None:
    if one.exchange is None:
        found.skipped[one.why] += 1
        return
    judgement, findings = _findings(judge, ledgers, one.exchange)
    if judgement.operation is None:
        found.skipped["foreign traffic"] += 1
        return
    found.judged += 1
    kept = [finding for finding in findings if found.causes[finding.cause] < PER_CAUSE]
    event = _event(one, one.exchange, judgement.operation, kept, sorted(judgement.proved))
    for finding in findings:
        if found.causes[finding.cause] == 0:
            found.exchanges[one.place] = event
        found.causes[finding.cause] += 1
    found.tally.add(event)


class Watch:
    """Judges exchanges as they come; only the first finding of each cause is told."""

    def __init__(self, profile: str) -> None:
        self._judge = Judge(load_contract(profile), any_root=True)
        self._ledgers: dict[str, FormLedger] = {}
        self._seen: set[str] = set()

    def take(self, row: Mapping[str, Any]) -> list[Finding]:
        """What a row of a recording shows that was not seen before."""
        exchange = exchange_of_row(row)
        findings = _findings(self._judge, self._ledgers, exchange)[1] if exchange else []
        new = {one.cause: one for one in findings if one.cause not in self._seen}
        self._seen |= set(new)
        return list(new.values())


def _findings(
    judge: Judge, ledgers: dict[str, FormLedger], exchange: Exchange
) -> tuple[Judgement, list[Finding]]:
    """The judgement, and every finding: also of a form that is not kept to throughout."""
    judgement = judge.judge(exchange)
    if judgement.operation is None:
        return judgement, []
    ledger = ledgers.setdefault(urlsplit(exchange.url).netloc, FormLedger())
    return judgement, [*judgement.findings, *ledger.observe(judgement)]


def _header(files: list[Path], profile: str, reason: str) -> HeaderEvent:
    now = datetime.now(UTC).isoformat()
    return {
        "type": "header",
        "schema": 1,
        "run": f"judge-{now[:19].replace(':', '')}",
        "started": now,
        "tool": __version__,
        "profile": profile,
        "target": {"base_url": "captured traffic", "software": reason},
        "selection": {"areas": None, "keyword": None, "traffic": [file.name for file in files]},
        "contract_sha256": "",
        "identities": [],
        "capabilities": {},
        "deviations": [],
        "seed": 0,
    }


def _event(
    one: Captured, exchange: Exchange, operation: str, findings: list[Finding], proved: list[str]
) -> ExchangeEvent:
    sent = exchange.request_body
    return {
        "type": "exchange",
        "id": one.place,
        "scenario": None,
        "operation": operation,
        "identity": exchange.identity or "none",
        "method": exchange.method,
        "url": exchange.url,
        "status": exchange.status,
        "ms": round(exchange.elapsed_ms, 1),
        "request": {
            "headers": without_secrets(exchange.request_headers.items()),
            "body": None if sent is None else sent[:SHOWN_BODY].decode("utf-8", "replace"),
        },
        "response": {
            "headers": without_secrets(exchange.response_headers.items()),
            "body": exchange.response_body[:SHOWN_BODY].decode("utf-8", "replace"),
            "truncated": len(exchange.response_body) > SHOWN_BODY,
        },
        "findings": [
            {
                "requirement": finding.requirement,
                "pointer": finding.pointer,
                "expected": finding.expected,
                "got": finding.got,
                "kind": finding.kind,
                "cause": finding.cause,
            }
            for finding in findings
        ],
        "proved": proved,
    }


def without_secrets(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers as they may be shown."""
    return {
        name: "[redacted]" if name.lower() in SECRET_HEADERS or _TELLING.search(name) else value
        for name, value in headers
    }
