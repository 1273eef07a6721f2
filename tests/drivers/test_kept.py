"""What scenarios keep for later ones that need it to be some seconds old."""

from __future__ import annotations

import time

import pytest

from .fake import bench


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits, none of which is waited, on a clock that stands still."""
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    monkeypatch.setattr(time, "monotonic", lambda: 100.0 + sum(waits))
    return waits


def test_what_was_kept_is_waited_for_only_as_long_as_it_lacks(
    slept: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = bench().shop
    shop.keep("a lamp", "old")
    monkeypatch.setattr(time, "monotonic", lambda: 101.5)
    assert shop.aged("a lamp", 2.0, lambda: "new") == "old"
    assert slept == [0.5]
    assert shop.as_("low").aged("a lamp", 1.0, lambda: "new") == "old"
    assert slept == [0.5, 0.0]


def test_what_nobody_kept_is_made_and_waited_for(slept: list[float]) -> None:
    shop = bench().shop
    assert shop.aged("a lamp", 2.0, lambda: "new") == "new"
    assert slept == [2.0]
    assert shop.aged("a lamp", 2.0, lambda: "newer") == "new"
