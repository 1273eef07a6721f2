"""A store that others run: its products are made by the run itself, and everything is testable."""

from __future__ import annotations

from pathlib import Path

import pytest

from fluentcart_conformance.store.server import EmbeddedStore
from tests.safety.shop import credentials, rows
from tests.tool import tool


@pytest.mark.parametrize("profile", ["documented", "fluentcart-1.3"])
def test_orders_are_judged_with_products_of_the_runs_own(profile: str, tmp_path: Path) -> None:
    words = ("--area", "orders", "--area", "shipping", "--area", "transactions")
    with EmbeddedStore(profile) as store:
        before = rows(store)
        run = tool(tmp_path, "run", "--base-url", store.base_url, *words, **credentials(store))
        assert rows(store) == before
    assert run.returncode == 0, run.stdout + run.stderr
    assert "not testable" not in run.stdout
