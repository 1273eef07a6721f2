"""A store that misbehaves under fuzzing: the rest goes on, it is said, the exit code is right."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fluentcart_conformance.store.app import Answerer
from fluentcart_conformance.store.faults.protocol import cut
from fluentcart_conformance.store.http import Request, Response
from fluentcart_conformance.store.server import EmbeddedStore
from tests.tool import events, tool

REFUNDS = "test_generated_requests_are_answered_rightly[refund_order]"
CUSTOMERS = "test_generated_requests_are_answered_rightly[get_customer]"
Misbehave = Callable[[EmbeddedStore], None]
FINDINGS, GONE = 1, 3


def at_refunds(answer: Callable[[Request, Answerer], Response]) -> Misbehave:
    """Answer refunds in another way."""

    def install(store: EmbeddedStore) -> None:
        def middleware(request: Request, following: Answerer) -> Response:
            if request.path.endswith("/refund"):
                return answer(request, following)
            return following(request)

        store.app.use(middleware)

    return install


def hangs(request: Request, following: Answerer) -> Response:
    time.sleep(4)
    return following(request)


def is_busy(*_: Any) -> Response:
    return Response(429, {"message": "later"}, {"Retry-After": "0"})


def is_huge(*_: Any) -> Response:
    return Response(200, raw=b'{"message":"' + b"x" * 50_000_000 + b'"}')


def closes(store: EmbeddedStore) -> None:
    cut("refund_order").install(store)


def run(store: EmbeddedStore, folder: Path, *words: str) -> tuple[int, dict[str, Any], list[Any]]:
    """Fuzz refunds and a customer; exit code, scenarios by name, findings."""
    people = store.identities
    done = tool(
        folder, "run", "--area", "fuzz", "--workers", "1", "--max-examples", "5",
        "--request-timeout", "1.5", "--reports", str(folder), *words,
        FLUENTCART_BASE_URL=store.base_url,
        FLUENTCART_USER=people["admin"].user,
        FLUENTCART_APP_PASSWORD=people["admin"].password,
    )  # fmt: skip
    record = events(folder)
    scenarios = {one["id"].partition("::")[2]: one for one in record if one["type"] == "scenario"}
    broken = [one for one in record if one["type"] == "check" and one["outcome"] == "failed"]
    assert "Traceback" not in done.stdout + done.stderr
    assert [one for one in record if one["type"] == "problem" and one["where"] == "harness"] == []
    return done.returncode, scenarios, broken


@pytest.mark.parametrize(
    ("misbehave", "said", "code"),
    [
        (at_refunds(hangs), "left out after no answer", FINDINGS),
        (closes, "left out after no answer", FINDINGS),
        (at_refunds(is_busy), "the store keeps answering 429", 0),
        (at_refunds(is_huge), "", FINDINGS),
    ],
    ids=["one hangs", "one is cut off", "one is busy", "one answers 50 MB"],
)
def test_one_bad_operation_is_left_out_and_the_rest_goes_on(
    tmp_path: Path, misbehave: Misbehave, said: str, code: int
) -> None:
    store = EmbeddedStore("documented")
    misbehave(store)
    with store.start():
        ended, scenarios, broken = run(
            store, tmp_path, "-k", "refund_order or (requests and get_customer)"
        )
    assert ended == code, scenarios
    assert said in scenarios[REFUNDS]["message"]
    assert "left out" not in scenarios[CUSTOMERS]["message"]
    assert scenarios[CUSTOMERS]["outcome"] == "passed"
    silent = [one["requirement"] for one in broken]
    assert len(silent) == len(set(silent)), "each once"
    if said.startswith("left out"):
        assert silent == ["GEN-ANSWERS"]


def test_a_store_that_dies_halfway_ends_the_run_with_what_was_found(tmp_path: Path) -> None:
    store = EmbeddedStore("documented")
    seen = 0

    def dying(request: Request, following: Answerer) -> Response:
        nonlocal seen
        seen += 1
        if seen == 60:
            threading.Thread(target=store.stop).start()
        return following(request)

    store.app.use(dying)
    store.start()
    code, scenarios, _ = run(store, tmp_path)
    assert code == GONE
    assert scenarios, "what was done before is in the record"
    verdict = events(tmp_path)[-1]
    assert verdict["type"] == "footer"
    # The preflight's requests are not the run's, nor those that were hung up on.
    assert 40 <= verdict["verdict"]["requests"] <= seen + 10
