"""A planted fault is found, shrunk to its shortest walk, saved and replayed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.fuzz.budget import Stopwatch
from fluentcart_conformance.fuzz.model.explorer import Explorer
from fluentcart_conformance.fuzz.model.script import shell_script
from fluentcart_conformance.fuzz.model.walk import SavedWalk, load_walk, replay
from fluentcart_conformance.plugin.context import Workbench
from tests.fuzz.conftest import Make, Tampering

ORDER = re.compile(r"/orders/\d+")


def cent_lost(method: str, path: str, exchange: Exchange) -> Exchange:
    """The planted fault: of every refund one cent is not recorded."""
    if method != "GET" or not ORDER.fullmatch(path) or exchange.status != 200:
        return exchange
    body = json.loads(exchange.response_body)
    order = body["order"]
    if int(order["total_refund"]) > 1:
        order["total_refund"] = int(order["total_refund"]) - 1
    return replace(exchange, response_body=json.dumps(body).encode())


def explored(shop: Shop, walks: int = 15, seconds: float = 60, seed: int = 3) -> Explorer:
    explorer = Explorer(shop, Stopwatch(seconds).__enter__(), seed)
    explorer.run(walks)
    return explorer


def broken(bench: Workbench) -> Shop:
    shop = bench.shop()
    return replace(shop, client=Tampering(shop.client, cent_lost))


def test_a_planted_fault_is_shrunk_to_its_shortest_walk(bench_of: Make, tmp_path: Path) -> None:
    bench = bench_of()
    explorer = explored(broken(bench))
    assert len(explorer.found) == 1, "one root cause, one finding"
    walk = next(iter(explorer.found.values()))
    assert walk.breach.requirement == "RFD-PARTIAL-TOTAL"
    done = [step.do for step in walk.steps]
    # It is paid in one of the two ways there are; nothing else is left of the walk.
    assert done[:2] == ["customer arrives", "order"], walk.breach.story
    assert done[2] in ("pay", "settle by hand")
    assert done[3:] == ["refund"]
    path = SavedWalk.of(walk, "documented").save(tmp_path)
    saved = load_walk(path)
    again = replay(saved, broken(bench))
    assert again is not None
    assert again.breach.cause == walk.breach.cause
    assert replay(saved, bench.shop()) is None, "a sound store agrees with the picture"


@pytest.mark.skipif(not shutil.which("jq"), reason="the script needs jq")
def test_a_walk_is_told_as_a_script_that_runs(bench_of: Make, tmp_path: Path) -> None:
    bench = bench_of()
    explorer = explored(broken(bench))
    walk = next(iter(explorer.found.values()))
    text = shell_script(walk.exchanges, walk.breach.message, bench.journal.namespace)
    password = bench.settings.secrets()["app_password"]
    assert password not in text
    assert "FLUENTCART_APP_PASSWORD" in text
    path = tmp_path / "walk.sh"
    path.write_text(text, "utf-8")
    settings = bench.settings
    environment = {
        "PATH": os.environ["PATH"],
        "STORE": f"{settings.base_url}/wp-json/fluent-cart/v2",
        "FLUENTCART_USER": str(settings.user),
        "FLUENTCART_APP_PASSWORD": password,
    }
    command = ["/bin/sh", str(path)]
    ran = subprocess.run(  # noqa: S603
        command, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    last = json.loads(ran.stdout.splitlines()[-1])
    assert last["order"]["payment_status"] == "partially_refunded", ran.stdout[-600:]


def test_a_script_is_sound_shell_and_holds_no_secret(bench_of: Make, tmp_path: Path) -> None:
    bench = bench_of()
    walk = next(iter(explored(broken(bench)).found.values()))
    text = shell_script(walk.exchanges, walk.breach.message, bench.journal.namespace)
    path = tmp_path / "walk.sh"
    path.write_text(text, "utf-8")
    assert subprocess.run(["/bin/sh", "-n", str(path)], check=False).returncode == 0  # noqa: S603
    assert bench.settings.secrets()["app_password"] not in text
    assert "Authorization" not in text
    assert text.count("ask POST") >= 3
    assert "/orders/${ID_" in text, "the order's id is taken from the answer"


@pytest.mark.parametrize("profile", ["documented", "fluentcart-1.3", "fluentcart-1.5"])
def test_a_sound_store_stays_in_step(bench_of: Make, profile: str) -> None:
    explorer = explored(bench_of(profile).shop(), walks=8)
    assert [one.breach.message for one in explorer.found.values()] == []
    assert explorer.steps > 60


def test_the_walks_end_with_their_time(bench_of: Make) -> None:
    explorer = explored(bench_of().shop(), walks=10_000, seconds=1.5)
    assert "the time was over" in explorer.left_out
    assert explorer.walks < 10_000


def test_the_same_seed_walks_the_same_way(bench_of: Make) -> None:
    ways = []
    for _ in range(2):
        explorer = explored(broken(bench_of()), walks=10, seed=11)
        ways.append({cause: walk.steps for cause, walk in explorer.found.items()})
    assert ways[0] == ways[1]


def test_no_walk_is_said_to_be_one_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "walk.json"
    path.write_text("[]", "utf-8")
    with pytest.raises(ValueError, match="no saved walk"):
        load_walk(path)
