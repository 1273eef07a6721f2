"""The running scenario and the process that runs it: client, judge, journal, shop."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fluentcart_conformance.contract.contract import Contract, load_contract
from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.contract.findings import Finding, Judgement
from fluentcart_conformance.contract.forms import FormLedger
from fluentcart_conformance.contract.judge import Judge
from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.drivers.core import Product
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.drivers.wire_plugin import wire_for
from fluentcart_conformance.plugin.scenario import Scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fluentcart_conformance.journal.journal import Journal
    from fluentcart_conformance.plugin.sieve import Sieve
    from fluentcart_conformance.target.client import StoreClient
    from fluentcart_conformance.target.preflight import TargetReport
    from fluentcart_conformance.target.redact import Redactor
    from fluentcart_conformance.target.settings import Settings

_LONGEST_BODY = 256 * 1024
_REDIRECT = 300
_HEARD = frozenset(range(400, 500)) - {401, 403}

_running: list[Scenario] = []


def current_scenario() -> Scenario:
    """The scenario that runs now.

    Raises:
        RuntimeError: outside a scenario, which is a mistake of the suite.
    """
    if not _running:
        raise RuntimeError("a requirement block stands outside a running scenario")
    return _running[-1]


@contextmanager
def running(scenario: Scenario) -> Iterator[None]:
    """Make a scenario the running one."""
    _running.append(scenario)
    try:
        yield
    finally:
        _running.remove(scenario)


@dataclass
class Workbench:
    """What one process of a run works with.

    An exchange is judged while the store works on the next request; whoever needs to know what
    the judge says of those sent so far calls `catch_up` first.
    """

    name: str
    settings: Settings
    report: TargetReport
    client: StoreClient
    journal: Journal
    redactor: Redactor
    contract: Contract = field(init=False)
    judge: Judge = field(init=False)
    ledger: FormLedger = field(default_factory=FormLedger)
    loose: list[dict[str, Any]] = field(default_factory=list)
    requests: int = 0
    sieve: Sieve | None = None
    _served: dict[str, str] = field(default_factory=dict)
    _heard: dict[str, str] = field(default_factory=dict)
    _unjudged: deque[tuple[Exchange, dict[str, Any], Scenario | None]] = field(
        default_factory=deque
    )
    _later: deque[Callable[[], None]] = field(default_factory=deque)
    broken: Exception | None = None

    def __post_init__(self) -> None:
        self.contract = load_contract(self.report.profile)
        self.judge = Judge(self.contract, self.settings.secrets().values())
        self.client.sink = self.take
        self.client.meanwhile(self.catch_up_quietly)

    @property
    def served(self) -> dict[str, str]:
        """The first exchange of each operation in which the administrator was served, by its id."""
        self.catch_up()
        return self._served

    @property
    def heard(self) -> dict[str, str]:
        """The same for requests that were refused, but not for the caller."""
        self.catch_up()
        return self._heard

    @property
    def absent(self) -> dict[str, str]:
        """Requirements that have no form in this profile, with the reason."""
        profile = self.report.profile
        rows = load_requirements().values()
        return {one.id: one.absent[profile] for one in rows if profile in one.absent}

    def missing(self, capability: str) -> tuple[str, str] | None:
        """Outcome and reason for what stands on a capability that is not there; None if it is."""
        known = self.report.capabilities.get(capability)
        if known is None or known.present:
            return None
        outcome = "not_applicable" if known.declared else "not_testable"
        return outcome, known.reason or f"the target lacks the capability {capability}"

    def take(self, exchange: Exchange) -> None:
        """Put one exchange where it belongs, to be judged: every exchange of a run comes here."""
        self.requests += 1
        if self.sieve is not None:
            self.catch_up()
            judgement, found = self._judged(exchange)
            self.sieve.take(exchange, judgement, found, self.requests)
            return
        event = self._head(self.requests)
        scenario = _running[-1] if _running else None
        if scenario is not None:
            scenario.saw(event)
        else:
            self.loose.append(event)
        self._unjudged.append((exchange, event, scenario))
        if self.broken is not None:
            error, self.broken = self.broken, None
            raise error

    def later(self, work: Callable[[], None]) -> None:
        """Have `work` done when everything sent so far has been judged."""
        self._later.append(work)

    def catch_up(self) -> None:
        """Judge what was sent so far."""
        while self._unjudged:
            exchange, event, scenario = self._unjudged[0]
            try:
                self._judge(exchange, event, scenario)
            except Exception:
                event.update(self._content(exchange, None, (), []))
                self._unjudged.popleft()
                raise
            # Taken out when it is done: Ctrl-C must not leave half an event in the record.
            self._unjudged.popleft()
        while self._later:
            self._later.popleft()()

    @property
    def behind(self) -> bool:
        """Whether there is anything to catch up with."""
        return bool(self._unjudged or self._later)

    def catch_up_quietly(self) -> None:
        """The same where nothing may be raised; what fails is `broken`, raised with the next."""
        try:
            self.catch_up()
        except Exception as error:  # noqa: BLE001 - an answer under way must not be lost for it
            self.broken = error

    def _judged(self, exchange: Exchange) -> tuple[Judgement, list[Finding]]:
        """What the judge says of one exchange, and what it adds to those before it."""
        judgement = self.judge.judge(exchange)
        return judgement, [*judgement.findings, *self.ledger.observe(judgement)]

    def _judge(self, exchange: Exchange, event: dict[str, Any], scenario: Scenario | None) -> None:
        judgement, found = self._judged(exchange)
        operation = judgement.operation
        event.update(self._content(exchange, operation, found, sorted(judgement.proved)))
        if scenario is not None:
            scenario.judged_wrong = scenario.judged_wrong or bool(found)
        if exchange.identity == "admin" and operation:
            if exchange.status < _REDIRECT:
                self._served.setdefault(operation, event["id"])
            elif exchange.status in _HEARD:
                self._heard.setdefault(operation, event["id"])

    def event(
        self,
        exchange: Exchange,
        operation: str | None,
        findings: Sequence[Finding],
        proved: list[str],
        number: int,
    ) -> dict[str, Any]:
        """An exchange as the record holds it, secrets replaced; `number` tells it apart."""
        return {**self._head(number), **self._content(exchange, operation, findings, proved)}

    def _head(self, number: int) -> dict[str, Any]:
        """What is known of an exchange before it is judged."""
        scenario = _running[-1].id if _running else None
        return {"type": "exchange", "id": f"{self.name}-{number}", "scenario": scenario}

    def _content(
        self,
        exchange: Exchange,
        operation: str | None,
        findings: Sequence[Finding],
        proved: list[str],
    ) -> dict[str, Any]:
        clean = self.redactor.text
        body = exchange.response_body[:_LONGEST_BODY].decode("utf-8", "replace")
        sent = exchange.request_body
        response: dict[str, Any] = {
            "headers": self.redactor.headers(exchange.response_headers),
            "body": clean(body),
        }
        if len(exchange.response_body) > _LONGEST_BODY:
            response["truncated"] = True
        return {
            "operation": operation,
            "identity": exchange.identity or "none",
            "method": exchange.method,
            "url": clean(exchange.url),
            "status": exchange.status,
            "ms": round(exchange.elapsed_ms, 1),
            "request": {
                "headers": self.redactor.headers(exchange.request_headers),
                "body": None if sent is None else clean(sent.decode("utf-8", "replace")),
            },
            "response": response,
            "findings": [
                {
                    "requirement": one.requirement,
                    "pointer": one.pointer,
                    "expected": one.expected,
                    "got": clean(one.got),
                    "kind": one.kind,
                    "cause": clean(one.cause),
                }
                for one in findings
            ],
            "proved": proved,
        }

    def shop(self) -> Shop:
        """The shop under test, in the administrator's name."""
        report = self.report
        products = tuple(
            Product(one.post_id, one.object_id, one.unit_price, one.fulfillment_type, one.title)
            for one in report.products
        )
        unit = self.contract.profile.wire.get("refund_amount_unit", "decimal")
        wire = wire_for(
            report.profile, full_name_mode=report.full_name_mode, refund_in_cents=unit == "cents"
        )
        return Shop(
            client=self.client,
            wire=wire,
            journal=self.journal,
            profile=self.contract.profile,
            products=products,
            tag=self.name,
        )
