"""Judges the exchanges of a record again, offline, and compares with what the record says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from fluentcart_conformance.contract.contract import load_contract
from fluentcart_conformance.contract.findings import Finding
from fluentcart_conformance.contract.forms import FormLedger
from fluentcart_conformance.contract.judge import Judge
from fluentcart_conformance.verdict.events import ExchangeEvent, FindingPart
from fluentcart_conformance.verdict.exchanges import exchange_of

_SHOWN = 20


@dataclass
class Rejudged:
    """What came of judging again: how many exchanges, and where the record says otherwise."""

    exchanges: int = 0
    cut: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Whether the record says of every exchange what the judge says."""
        return not self.differences


def rejudge(profile: str, events: Iterable[ExchangeEvent]) -> Rejudged:
    """Judge every exchange again.

    An exchange must have been recorded with the findings and the proved requirements that the
    judge gives now. Of generated requests each root cause is recorded once, with its smallest
    exchange; a cause that the judge finds elsewhere must therefore be recorded somewhere.
    """
    judge = Judge(load_contract(profile))
    every = sorted(events, key=_order)
    recorded = {one["cause"] for event in every for one in event["findings"]}
    ledgers: dict[str, FormLedger] = {}
    done = Rejudged()
    for event in every:
        done.exchanges += 1
        if event["response"].get("truncated"):
            # The judge saw more than the record holds: such an exchange may not prove anything.
            done.cut += 1
            continue
        judgement = judge.judge(exchange_of(event))
        ledger = ledgers.setdefault(_worker(event), FormLedger())
        now = [*judgement.findings, *ledger.observe(judgement)]
        for difference in _differences(event, judgement.operation, now, recorded):
            if len(done.differences) < _SHOWN:
                done.differences.append(f"exchange {event['id']}: {difference}")
        proved = sorted(judgement.proved)
        if proved != event["proved"] and len(done.differences) < _SHOWN:
            odd = sorted(set(proved) ^ set(event["proved"]))
            done.differences.append(f"exchange {event['id']}: proves otherwise: {', '.join(odd)}")
    return done


def _order(event: ExchangeEvent) -> tuple[str, int]:
    """Within a worker, exchanges happened in the order of their numbers."""
    worker, _, number = event["id"].rpartition("-")
    return worker, int(number) if number.isdigit() else 0


def _worker(event: ExchangeEvent) -> str:
    return event["id"].rpartition("-")[0]


def _differences(
    event: ExchangeEvent, operation: str | None, now: list[Finding], recorded: set[str]
) -> Iterator[str]:
    if operation != event["operation"]:
        yield f"is {operation or 'no operation'}, recorded as {event['operation']}"
    said = [_of_part(one) for one in event["findings"]]
    found = [_of_finding(one) for one in now]
    for one in said:
        if one not in found:
            yield f"recorded as breaking {one[0]} at {one[1] or 'the answer'}, which it does not"
    for finding, one in zip(now, found, strict=True):
        if one not in said and finding.cause not in recorded:
            yield f"breaks {one[0]} at {one[1] or 'the answer'}, which is not recorded"


def _of_part(one: FindingPart) -> tuple[str, ...]:
    return one["requirement"], one["pointer"], one["kind"], one["cause"]


def _of_finding(one: Finding) -> tuple[str, ...]:
    return one.requirement, one.pointer, one.kind, one.cause
