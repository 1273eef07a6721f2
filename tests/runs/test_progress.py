"""The plain lines that a run prints where there is no terminal."""

from __future__ import annotations

import time
from typing import Any

import pytest

from fluentcart_conformance.runner import progress
from fluentcart_conformance.runner.progress import Progress

SLOW = "fuzz/test_model.py::test_the_shop_stays_in_step"


class Target:
    """As much of a target's report as the first line names."""

    embedded = True
    base_url = ""
    profile = "documented"
    profile_reason = "said so"


def told(capsys: pytest.CaptureFixture[str], words: str) -> str:
    """Wait until a line with these words has been printed."""
    heard = ""
    for _ in range(400):
        heard += capsys.readouterr().out
        if words in heard:
            break
        time.sleep(0.01)
    return heard


def test_a_scenario_that_takes_long_is_told_to_go_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_EVERY", 0.01)
    monkeypatch.setattr(progress, "_PATIENCE", 0.02)
    target: Any = Target()
    line = Progress(916)
    line.ready(target, 2)
    line.running("test_the_shop_stays_in_step")
    line.running("test_quick")
    line.seen({"type": "scenario", "id": "lists/test_paging.py::test_quick"})
    try:
        assert "requests; test_the_shop_stays_in_step for 0 s" in told(capsys, "in_step for 0 s\n")
        line.seen({"type": "scenario", "id": SLOW})
        assert "arranging or cleaning up" in told(capsys, "arranging or cleaning up")
    finally:
        line.stop()
