"""No hostile target crashes the tool, hangs it, or gets a credential out of it."""

from __future__ import annotations

import json
import time
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from fluentcart_conformance.contract.contract import load_contract
from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.contract.judge import Judge
from fluentcart_conformance.target.client import StoreClient
from fluentcart_conformance.target.errors import NoAnswerError, TargetError
from fluentcart_conformance.target.preflight import preflight
from fluentcart_conformance.target.settings import Settings
from tests.hostile.behaviours import BEHAVIOURS
from tests.hostile.server import HostileServer

CANARY = "canary Pass Word 4711"
ENCODED = "YWRtaW46Y2FuYXJ5IFBhc3MgV29yZCA0NzEx"
LONGEST = 12.0
MIB = 1024 * 1024
# Answers that a store may give, but for what they make a careless client do.
REFUSALS = {"404 to everything", "Retry-After for ever", "Retry-After garbage"}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is written to the working directory is seen."""
    monkeypatch.chdir(tmp_path)


def settings_for(url: str) -> Settings:
    """Impatient settings with canary credentials."""
    given: dict[str, Any] = {
        "base_url": url,
        "user": "admin",
        "app_password": CANARY,
        "low_user": "low",
        "low_app_password": CANARY,
        "request_timeout": 0.6,
        "retries": 1,
        "max_wait": 1.0,
        "max_body": MIB,
        "run_timeout": LONGEST - 2,
    }
    return Settings(**given)


def assert_clean(text: str) -> None:
    """Nothing secret, nothing that moves a terminal's cursor."""
    assert CANARY not in text
    assert CANARY.replace(" ", "") not in text
    assert ENCODED not in text
    assert all(char.isprintable() or char == "\n" for char in text)


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_preflight_ends_with_a_report_or_one_clear_line(name: str, tmp_path: Path) -> None:
    began = time.monotonic()
    with HostileServer(BEHAVIOURS[name]) as server:
        try:
            report = preflight(settings_for(server.url))
        except TargetError as error:
            said = str(error)
            assert "\n" not in said
            assert len(said) < 600
            assert error.exit_code in (2, 3)
        else:
            said = json.dumps(report.as_json()) + "\n".join(
                f"{label} {value}" for label, value in report.rows()
            )
        assert_clean(said)
    assert time.monotonic() - began < LONGEST
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_one_request_ends_with_an_exchange_that_can_be_judged(name: str) -> None:
    judge = Judge(load_contract("documented"), [CANARY])
    tracemalloc.start()
    began = time.monotonic()
    with HostileServer(BEHAVIOURS[name]) as server:
        client = StoreClient(settings_for(server.url))
        taken: list[Exchange] = []
        client.sink = taken.append
        try:
            exchange = client.call("GET", "/orders", query={"per_page": 5})
        except NoAnswerError as error:
            assert_clean(str(error))
        else:
            assert taken == [exchange]
            assert len(exchange.response_body) <= MIB
            assert CANARY not in repr(exchange.request_headers)
            assert ENCODED not in repr(exchange.request_headers)
            judgement = judge.judge(exchange)
            assert judgement.findings or name in REFUSALS, "must not pass for a good answer"
            shown = client.redactor.text(exchange.response_body.decode("utf-8", "replace"))
            assert CANARY not in shown
            assert ENCODED not in shown
        finally:
            client.close()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60 * MIB
    assert time.monotonic() - began < LONGEST


def test_there_are_enough_behaviours() -> None:
    assert len(BEHAVIOURS) >= 25
