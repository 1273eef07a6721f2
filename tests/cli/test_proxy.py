"""`proxy` with a stand-in for mitmdump: what passes is recorded, judged at once and at the end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fluentcart_conformance.store.faults import put_on
from fluentcart_conformance.store.server import EmbeddedStore
from fluentcart_conformance.traffic import mitmproxy_addon
from fluentcart_conformance.traffic.proxy import kept
from fluentcart_conformance.traffic.recording import exchange_of_row
from tests.tool import clean_environment, tool

STAND_IN = """#!{python}
import base64, os, runpy, signal, sys, threading, urllib.error, urllib.request
from types import SimpleNamespace as Thing
words = sys.argv[1:]
addon = runpy.run_path(words[words.index("--scripts") + 1])
upstream = words[words.index("--mode") + 1].removeprefix("reverse:")
if "nowhere" in upstream:
    sys.exit("cannot listen: address already in use")
addon["running"]()
print("not a line of JSON")
headers = {{"Authorization": "Basic " + base64.b64encode(os.environ["WHO"].encode()).decode()}}
for path in os.environ["PATHS"].split():
    url = upstream + "/wp-json/fluent-cart/v2" + path
    try:
        got = urllib.request.urlopen(urllib.request.Request(url, headers=headers))
    except urllib.error.HTTPError as refused:
        got = refused
    body = got.read()
    def content(strict=True, body=body):
        return body
    sent = Thing(method="GET", url=url, headers=headers, raw_content=b"", timestamp_start=1.0)
    answer = Thing(status_code=got.status, headers=got.headers, timestamp_end=1.5,
                   get_content=content)
    addon["response"](Thing(request=sent, response=answer))
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
threading.Event().wait(60)
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "mitmdump").write_text(STAND_IN.format(python=sys.executable), "utf-8")
    (folder / "mitmdump").chmod(0o755)
    return folder


@pytest.fixture
def store() -> Iterator[EmbeddedStore]:
    made = EmbeddedStore("documented")
    put_on(made, ["customer-member-missing"])
    with made.start() as running:
        yield running


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_what_passes_is_recorded_and_judged(
    program: Path, store: EmbeddedStore, tmp_path: Path, ending: signal.Signals
) -> None:
    admin = store.identities["admin"]
    environment = clean_environment(
        PATH=f"{program}{os.pathsep}{os.environ['PATH']}",
        WHO=f"{admin.user}:{admin.password}",
        PATHS="/orders/1 /customers/1 /customers/1 /orders/0",
    )
    words = ["proxy", "--upstream", store.base_url, "--profile", "documented", "--format", "json"]
    with subprocess.Popen(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-m", "fluentcart_conformance", *words], cwd=tmp_path, text=True,
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stderr is not None
        assert process.stderr.readline().startswith("http://127.0.0.1:8767 -> ")
        found = process.stderr.readline()
        patience = time.monotonic() + 30
        while len((tmp_path / "traffic.jsonl").read_text("utf-8").splitlines()) < 4:
            assert time.monotonic() < patience, "the stand-in has stopped"
            time.sleep(0.02)
        process.send_signal(ending)
        out, rest = process.communicate(timeout=60)
    assert found.startswith("traffic.jsonl:2  CUS-GET-RECORD  get_customer")
    assert rest.strip() == "", "the second of the same cause is no news"
    assert process.returncode == 1
    told = json.loads(out)
    assert told["traffic"] == {"judged": 4, "skipped": {}}
    assert [one["requirements"] for one in told["list"]] == [["CUS-GET-RECORD"]]
    recorded = (tmp_path / "traffic.jsonl").read_text("utf-8")
    assert "Basic" not in recorded
    again = tool(tmp_path, "judge", "traffic.jsonl")
    assert again.returncode == 1


def test_without_mitmproxy_it_is_said_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    done = tool(tmp_path, "proxy", "--upstream", "http://127.0.0.1:1", PATH=str(tmp_path / "bin"))
    assert done.returncode == 2
    assert "pipx install mitmproxy" in done.stderr
    assert not (tmp_path / "traffic.jsonl").exists()


@pytest.mark.parametrize(
    ("upstream", "said"),
    [
        ("http://nowhere.example", "did not start: cannot listen: address already in use"),
        ("shop.example", "must be an address"),
        ("https://ann:secret@shop.example", "takes no credentials"),
    ],
)
def test_what_cannot_be_proxied_is_one_line(
    program: Path, tmp_path: Path, upstream: str, said: str
) -> None:
    path = f"{program}{os.pathsep}{os.environ['PATH']}"
    done = tool(tmp_path, "proxy", "--upstream", upstream, PATH=path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "secret" not in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "traffic.jsonl").exists()


def flow(body: bytes, **sent: Any) -> SimpleNamespace:
    def content(strict: bool) -> bytes:
        assert not strict, "mitmproxy would refuse a body whose encoding is broken"
        return body

    request = SimpleNamespace(
        method="POST", url="https://a.example/b", headers={"Cookie": "secret"},
        timestamp_start=1.0, raw_content=body, get_content=content, **sent,
    )  # fmt: skip
    response = SimpleNamespace(
        status_code=200, headers={"Content-Type": "text/html"}, timestamp_end=1.25,
        get_content=content,
    )  # fmt: skip
    return SimpleNamespace(request=request, response=response)


def test_the_addon_keeps_every_byte_and_no_secret(capsys: pytest.CaptureFixture[str]) -> None:
    every = bytes(range(256))
    mitmproxy_addon.response(flow(every))
    line = kept(json.loads(capsys.readouterr().out))
    assert "secret" not in line
    exchange = exchange_of_row(json.loads(line))
    assert exchange is not None
    assert exchange.response_body == every
    assert exchange.request_body == every
    assert exchange.elapsed_ms == 250.0


def test_the_addon_stands_on_the_standard_library_alone(tmp_path: Path) -> None:
    shutil.copy(mitmproxy_addon.__file__, tmp_path / "addon.py")
    done = subprocess.run(  # noqa: S603 - our own interpreter and words
        [sys.executable, "-I", "-S", str(tmp_path / "addon.py")], check=False, capture_output=True
    )
    assert done.returncode == 0, done.stderr
