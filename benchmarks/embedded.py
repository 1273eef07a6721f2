"""The embedded store's throughput beside a bare route that returns the same bytes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import httpx

from .figures import Figure
from .processes import environment, store

LIST, DETAILS = "/orders?per_page=10", "/orders/{id}"
ROUNDS, REQUESTS = 5, 150


def measure() -> list[Figure]:
    """List of 10 and details, with 50, 5,000 and 50,000 orders."""
    speeds: dict[tuple[str, int], float] = {}
    bodies: dict[str, bytes] = {}
    for orders in (50, 5000, 50000):
        with store(orders=orders) as announced:
            admin = announced["identities"]["admin"]
            base = f"{announced['base_url']}/wp-json/fluent-cart/v2"
            with httpx.Client(auth=(admin["user"], admin["password"]), timeout=60) as client:
                first = client.get(base + LIST).json()["orders"]["data"][0]["id"]
                for path in (LIST, DETAILS):
                    url = base + path.replace("{id}", str(first))
                    speeds[path, orders] = speed(client, url)
                    if orders == 50:
                        bodies[path] = client.get(url).content
    found = []
    for path, name in ((LIST, "list of 10"), (DETAILS, "details")):
        for peer in ("werkzeug", "starlette"):
            with bare(peer, bodies[path]) as url, httpx.Client(timeout=60) as client:
                theirs = speed(client, url)
            ours = speeds[path, 50]
            found.append(
                Figure(
                    f"embedded store, {name}: requests per second over a bare {peer} route",
                    ours / theirs,
                    "x",
                    0.4,
                    at_most=False,
                    peer=f"{peer} returning the same {len(bodies[path])} bytes",
                    command="python -m benchmarks embedded",
                    note=f"{ours:.0f}/s to {theirs:.0f}/s",
                )
            )
        for many, target in ((5000, 1.5), (50000, None)):
            found.append(
                Figure(
                    f"embedded store, {name}: {many} orders over 50",
                    speeds[path, 50] / speeds[path, many],
                    "x",
                    target,
                    command="python -m benchmarks embedded",
                )
            )
    return found


def speed(client: httpx.Client, url: str) -> float:
    """Requests per second, the best of some rounds."""
    took = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        for _ in range(REQUESTS):
            client.get(url).raise_for_status()
        took.append(perf_counter() - begun)
    return REQUESTS / min(took)


@contextmanager
def bare(peer: str, body: bytes) -> Iterator[str]:
    """A route of another framework that returns `body`; yields its address."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "body.json"
        path.write_bytes(body)
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.bare_route", peer, str(path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment(),
        )
        try:
            assert process.stdout is not None  # noqa: S101 - a pipe was asked for
            yield json.loads(process.stdout.readline())["url"]
        finally:
            process.terminate()
            process.wait()
