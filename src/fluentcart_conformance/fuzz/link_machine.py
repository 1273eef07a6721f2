"""Schemathesis' state machine over the declared links, sending through our client.

It chooses what comes next; ids come from the answers along the links, the rest of each request from
the drivers, and the guard looks at all of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz.description import schema_of
from fluentcart_conformance.fuzz.link import Link, LinkOutcome, Visit
from fluentcart_conformance.target.errors import TargetError, UnsafeRequestError

if TYPE_CHECKING:
    from schemathesis import Response
    from schemathesis.generation.case import Case
    from schemathesis.generation.stateful.state_machine import APIStateMachine

    from fluentcart_conformance.fuzz.budget import Stopwatch

_WALKS = 8
_STEPS = 10


class Walker(Protocol):
    """Who sends."""

    outcome: LinkOutcome

    def begin(self, source: str) -> Visit:
        """Send a valid request that no link leads to."""

    def along(self, here: Visit, link: Link) -> Visit:
        """Walk along a link from an answer."""


class _Over(BaseException):
    """Ends the walks at once; Hypothesis lets it pass."""


def random_walks(walker: Walker, profile: str, seed: int, watch: Stopwatch) -> None:
    """A few random walks of the state machine; the same seed walks the same way.

    Raises:
        TargetGoneError, NoAnswerError: when the store does not answer.
    """
    from hypothesis import HealthCheck, Phase, settings  # noqa: PLC0415
    from hypothesis import seed as seeded  # noqa: PLC0415
    from hypothesis.errors import Unsatisfiable  # noqa: PLC0415

    machine = _machine(walker, profile, watch)
    chosen = settings(
        max_examples=_WALKS,
        stateful_step_count=_STEPS,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    try:
        seeded(seed)(machine).run(settings=chosen)
    except _Over as over:
        if isinstance(over.__cause__, TargetError):
            raise over.__cause__ from None
    except Unsatisfiable:
        # The store gives no walk a beginning; what is walked on purpose tells why.
        walker.outcome.left_out = "no random walk could begin"
    walker.outcome.by_machine = len(walker.outcome.walked)


def _machine(walker: Walker, profile: str, watch: Stopwatch) -> type[APIStateMachine]:
    from hypothesis import reject  # noqa: PLC0415

    schema = schema_of(profile)
    # Declared links only: those that it guesses from names are not the documents'.
    schema.config.phases.stateful.inference.algorithms = []
    base: Any = schema.as_state_machine()
    declared = {(one.source, one.name): one for one in walker.outcome.declared}

    class Walks(base):  # type: ignore[misc]
        """Sends each step through the drivers and keeps what was answered."""

        def setup(self) -> None:
            self.visits: dict[str, Visit] = {}

        def step(self, input: Any) -> Any:
            self.transition = input.transition
            return super().step(input)

        def call(self, case: Case[Any], **_: Any) -> Response:
            if watch.over:
                raise _Over
            try:
                visit = self.next(case)
            except (Prerequisite, UnreadableAnswer, UnsafeRequestError, LookupError):
                reject()
            except TargetError as error:
                raise _Over from error
            self.visits[case.id] = visit
            return _response(visit)

        def next(self, case: Case[Any]) -> Visit:
            name = case.operation.definition.raw["operationId"]
            if self.transition is None:
                return walker.begin(name)
            here = self.visits[self.transition.parent_id]
            return walker.along(here, declared[here.aim.operation, _name(self.transition.id)])

        def validate_response(self, *_: Any, **__: Any) -> None:
            """The judge has seen every exchange already."""

    return Walks


def _name(transition: str) -> str:
    """The link's own name in `POST /orders -> [200] GetOrder -> GET /orders/{order_id}`."""
    return transition.split(" -> ")[1].partition("] ")[2]


def _response(visit: Visit) -> Response:
    import requests  # noqa: PLC0415  (loaded by Schemathesis)
    import schemathesis  # noqa: PLC0415

    exchange = visit.answer.exchange
    return schemathesis.Response(
        status_code=exchange.status,
        headers={name: [value] for name, value in exchange.response_headers.items()},
        content=exchange.response_body,
        request=requests.Request(exchange.method, exchange.url).prepare(),
        elapsed=exchange.elapsed_ms / 1000,
        verify=True,
    )
