"""What judging one recorded order costs, beside reading it and beside the slow validator.

    python benchmarks/judging.py [PROFILE]

Prints microseconds, the best of many short rounds, for a recorded order
of some 5 kB (FluentCart 1.3.25).
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import jsonschema

from fluentcart_conformance.contract import Exchange, Judge, load_contract
from fluentcart_conformance.contract.schema_check import CompiledSchema

RECORDING = Path(__file__).parents[1] / "tests" / "recordings" / "fluentcart-1.3.25.jsonl.gz"
AUTHORIZATION = "Basic YWRtaW46YWJjZCBlZmdoIGlqa2wgbW5vcA=="


def microseconds(work: Callable[[], Any], times: int = 50) -> float:
    """The cost of one call, the best of many short rounds."""
    rounds = []
    for _ in range(60):
        start = perf_counter()
        for _ in range(times):
            work()
        rounds.append((perf_counter() - start) / times * 1e6)
    return min(rounds)


def recorded_order() -> dict[str, Any]:
    """The complete order of the recording that comes nearest to 5 kB."""
    lines = gzip.decompress(RECORDING.read_bytes()).splitlines()
    rows = [row for row in map(json.loads, lines) if row["operation"] == "get_order"]
    whole = [row for row in rows if row["status"] == 200 and not row.get("cut")]
    return min(whole, key=lambda row: abs(len(json.dumps(row["body"])) - 5000))


def main() -> None:
    """Measure and print."""
    contract = load_contract(sys.argv[1] if len(sys.argv) > 1 else "fluentcart-1.3")
    row = recorded_order()
    exchange = Exchange(
        method=row["method"],
        url=row["url"],
        status=row["status"],
        response_body=json.dumps(row["body"]).encode(),
        response_headers={"content-type": row["type"]},
        request_headers={"authorization": AUTHORIZATION},
    )
    judge = Judge(contract, secrets=["a password of the shop"])
    answer = contract.operation("get_order").answer(200)
    if answer is None:
        raise SystemExit("the contract has no 200 for get_order")
    schema = CompiledSchema(answer.schema, contract.document["components"]["schemas"], "order")
    slow = jsonschema.Draft202012Validator(schema.root)
    value = json.loads(exchange.response_body)
    found = judge.judge(exchange).findings
    print(f"{contract.profile.name}: {len(exchange.response_body)} bytes, {len(found)} findings")
    for name, work, times in (
        ("json.loads", lambda: json.loads(exchange.response_body), 50),
        ("jsonschema-rs decides", lambda: schema.is_valid(value), 50),
        ("judge, whole exchange", lambda: judge.judge(exchange), 50),
        ("judge and what it proved", lambda: judge.judge(exchange).proved, 20),
        ("jsonschema decides", lambda: slow.is_valid(value), 2),
    ):
        print(f"{name:26} {microseconds(work, times):8.1f} us")


if __name__ == "__main__":
    main()
