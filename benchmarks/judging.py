"""What judging one recorded order costs, beside reading it and beside the slow validator.

    python -m benchmarks.judging [PROFILE]

Prints microseconds, the best of many short rounds, for a recorded order
of some 5 kB (FluentCart 1.3.25).
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

import jsonschema

from fluentcart_conformance.contract import Exchange, Judge, load_contract
from fluentcart_conformance.contract.schema_check import CompiledSchema

from .figures import Figure
from .processes import spawn

RECORDING = Path(__file__).parents[1] / "tests" / "recordings" / "fluentcart-1.3.25.jsonl.gz"
AUTHORIZATION = "Basic YWRtaW46YWJjZCBlZmdoIGlqa2wgbW5vcA=="


def microseconds(work: Callable[[], Any], times: int = 50) -> float:
    """The cost of one call, the best of many short rounds."""
    rounds = []
    for _ in range(60):
        start = process_time()
        for _ in range(times):
            work()
        rounds.append((process_time() - start) / times * 1e6)
    return min(rounds)


def recorded_order() -> dict[str, Any]:
    """The complete order of the recording that comes nearest to 5 kB."""
    lines = gzip.decompress(RECORDING.read_bytes()).splitlines()
    rows = [row for row in map(json.loads, lines) if row["operation"] == "get_order"]
    whole = [row for row in rows if row["status"] == 200 and not row.get("cut")]
    return min(whole, key=lambda row: abs(len(json.dumps(row["body"])) - 5000))


def exchange_of(row: dict[str, Any]) -> Exchange:
    """The recorded row as an exchange."""
    return Exchange(
        method=row["method"],
        url=row["url"],
        status=row["status"],
        response_body=json.dumps(row["body"]).encode(),
        response_headers={"content-type": row["type"]},
        request_headers={"authorization": AUTHORIZATION},
    )


def measure(profile: str = "fluentcart-1.3") -> list[Figure]:
    """Exchanges per second beside openapi-core, both in processes of their own."""
    ours = json.loads(spawn(sys.executable, "-m", "benchmarks.judging", "--json", profile).output)
    said = spawn(sys.executable, "-m", "benchmarks.peer_openapi_core", profile).output
    try:
        peer = json.loads(said.splitlines()[-1])
    except (ValueError, IndexError):
        raise SystemExit(f"openapi-core did not run: {said[-300:]}") from None
    errors = f", which says {', '.join(peer['errors'])}" if peer["errors"] else ""
    return [
        Figure(
            "judging order details of 5 kB: exchanges per second over openapi-core",
            peer["us"] / ours["us"],
            "x",
            20.0,
            at_most=False,
            peer=f"openapi-core validate_response, same description{errors}",
            command="python -m benchmarks.judging",
            note=f"{1e6 / ours['us']:,.0f}/s to {1e6 / peer['us']:,.0f}/s",
        )
    ]


def main() -> None:
    """Measure and print."""
    words = [one for one in sys.argv[1:] if one != "--json"]
    contract = load_contract(words[0] if words else "fluentcart-1.3")
    row = recorded_order()
    exchange = exchange_of(row)
    judge = Judge(contract, secrets=["a password of the shop"])
    if "--json" in sys.argv:
        print(json.dumps({"us": microseconds(lambda: judge.judge(exchange).proved, 20)}))
        return
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
