"""The events of a run, as they stand in `reports/run.jsonl`, one JSON object a line.

Order: one header, then exchanges, checks, scenarios and problems as they happen, at most one
cleanup, at most one footer. A record without a footer is of a run that was cut short.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

SCHEMA = 1

Outcome = Literal["passed", "failed", "not_testable", "not_applicable", "disabled"]


class TargetFacts(TypedDict, total=False):
    """What preflight learnt of the store; no credentials."""

    base_url: str
    api_root: str
    software: str
    version: str
    loopback: bool
    embedded: bool
    full_name_mode: bool
    currency: str


class SincePart(TypedDict):
    """The earlier run, and the requirements that were open after it."""

    run: str
    open: list[str]


class Selection(TypedDict):
    """What the operator chose to run; None means everything.

    `only`: requirements or scenarios to which the run was narrowed. `shard`: the part `i/n` of a
    run. `since`: what an earlier run settled was left out. `traffic`: judged files, no run.
    `withheld`: what the run was not allowed to do, as a sentence.
    """

    areas: list[str] | None
    keyword: str | None
    only: NotRequired[list[str]]
    shard: NotRequired[str]
    since: NotRequired[SincePart]
    traffic: NotRequired[list[str]]
    withheld: NotRequired[str]


class Capability(TypedDict):
    """Whether the target has a capability. `declared`: the operator says so, or it is optional."""

    present: bool
    reason: str
    declared: NotRequired[bool]


class HeaderEvent(TypedDict):
    """The first line of a record. `started` is ISO 8601 with offset.

    `suites` are fingerprints of the files of scenarios; `resumes` is the run that this one goes on
    with, `parts` the runs of which this record was merged.
    """

    type: Literal["header"]
    schema: int
    run: str
    started: str
    tool: str
    profile: str
    target: TargetFacts
    selection: Selection
    contract_sha256: str
    identities: list[str]
    capabilities: dict[str, Capability]
    deviations: list[str]
    seed: int
    suites: NotRequired[dict[str, str]]
    resumes: NotRequired[str]
    parts: NotRequired[list[str]]


class RequestPart(TypedDict):
    """What was sent, secrets already replaced by placeholders."""

    headers: dict[str, str]
    body: str | None


class ResponsePart(TypedDict):
    """What came back; `truncated` when the body was cut for the record."""

    headers: dict[str, str]
    body: str | None
    truncated: NotRequired[bool]


class FindingPart(TypedDict):
    """What the judge found in one exchange; `cause` is equal for one root cause."""

    requirement: str
    pointer: str
    expected: str
    got: str
    kind: str
    cause: str


class ExchangeEvent(TypedDict):
    """One HTTP exchange, judged. `ms` is the time to the complete answer."""

    type: Literal["exchange"]
    id: str
    scenario: str | None
    operation: str | None
    identity: str
    method: str
    url: str
    status: int
    ms: float
    request: RequestPart
    response: ResponsePart
    findings: list[FindingPart]
    proved: list[str]


class SentPart(TypedDict):
    """How often an operation was sent without being recorded one by one; `total_ms` in all."""

    requests: int
    accepted: int
    total_ms: float


class SentEvent(TypedDict):
    """Generated requests that showed nothing, by operation; those that did are exchanges."""

    type: Literal["sent"]
    scenario: str
    operations: dict[str, SentPart]


class CheckEvent(TypedDict):
    """One requirement looked at once by a scenario, with the exchanges that prove it."""

    type: Literal["check"]
    requirement: str
    outcome: Outcome
    scenario: str
    exchanges: list[str]
    expected: str
    got: str
    message: str
    cause: str


class ScenarioEvent(TypedDict):
    """One scenario that ended. `id` is its pytest node id."""

    type: Literal["scenario"]
    id: str
    title: str
    area: str
    file: str
    line: int
    outcome: Literal["passed", "failed", "error"]
    seconds: float
    requirements: list[str]
    message: str


class Leftover(TypedDict):
    """An object of the run that is still on the target, and why."""

    kind: str
    id: int | str
    reason: str


class CleanupEvent(TypedDict):
    """What the run created, what it took away, what it could not.

    `requests` and `ms` say how many requests it took, and how long they waited for answers in all.
    """

    type: Literal["cleanup"]
    created: int
    removed: int
    leftovers: list[Leftover]
    requests: NotRequired[int]
    ms: NotRequired[float]


class ProblemEvent(TypedDict):
    """A fault of the tool itself (`harness`), or the target being gone (`target`)."""

    type: Literal["problem"]
    where: Literal["harness", "target"]
    message: str


class StoppedEvent(TypedDict):
    """The run ended before its end as the operator wished (`--fail-fast`)."""

    type: Literal["stopped"]
    reason: str


class FooterEvent(TypedDict):
    """The last line of a complete record; `verdict` is `Verdict.summary()`."""

    type: Literal["footer"]
    ended: str
    verdict: dict[str, Any]


Event = (
    HeaderEvent
    | ExchangeEvent
    | SentEvent
    | CheckEvent
    | ScenarioEvent
    | CleanupEvent
    | ProblemEvent
    | StoppedEvent
    | FooterEvent
)
