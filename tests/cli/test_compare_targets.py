"""`compare --targets` against two embedded stores."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from fluentcart_conformance.runner.targets import _bare, other_store
from fluentcart_conformance.store.server import EmbeddedStore
from tests.tool import events, tool

PART = ("--area", "shipping", "--format", "json")


@pytest.fixture
def stores() -> Iterator[tuple[EmbeddedStore, EmbeddedStore, EmbeddedStore]]:
    with (
        EmbeddedStore("documented").start() as one,
        EmbeddedStore("documented").start() as same,
        EmbeddedStore("fluentcart-1.3").start() as other,
    ):
        yield one, same, other


def credentials(store: EmbeddedStore, prefix: str) -> dict[str, str]:
    people = store.app.shop.identities.described()
    return {
        f"{prefix}USER": people["admin"]["user"],
        f"{prefix}APP_PASSWORD": people["admin"]["password"],
        f"{prefix}LOW_USER": people["low"]["user"],
        f"{prefix}LOW_APP_PASSWORD": people["low"]["password"],
    }


def test_two_stores_of_one_kind_answer_alike_and_of_two_kinds_do_not(
    stores: tuple[EmbeddedStore, EmbeddedStore, EmbeddedStore], tmp_path: Path
) -> None:
    one, same, other = stores
    mine = credentials(one, "FLUENTCART_")

    theirs = credentials(same, "FLUENTCART_OTHER_")
    alike = tool(
        tmp_path, "compare", "--targets", one.base_url, same.base_url, *PART, **mine, **theirs
    )
    assert alike.returncode == 0, alike.stderr
    told = json.loads(alike.stdout)
    assert told["same"]
    assert told["pairs"] > 20

    theirs = credentials(other, "FLUENTCART_OTHER_")
    apart = tool(
        tmp_path, "compare", "--targets", one.base_url, other.base_url, *PART, "--html", "c.html",
        **mine, **theirs,
    )  # fmt: skip
    assert apart.returncode == 1, apart.stderr
    told = json.loads(apart.stdout)
    assert {one["kind"] for one in told["differences"]} >= {"kind", "appears"}
    assert "documented" in told["before"]
    assert "fluentcart-1.3" in told["after"]
    assert "Answers of two stores" in (tmp_path / "c.html").read_text("utf-8")
    for side in ("before", "after"):
        assert events(tmp_path / "reports" / "targets" / side)[-1]["type"] == "footer"
    again = tool(
        tmp_path, "compare", "reports/targets/before/run.jsonl",
        "reports/targets/after/run.jsonl", "--answers", "--format", "markdown",
    )  # fmt: skip
    assert again.returncode == 1
    assert "### Members of another kind" in again.stdout


def test_the_first_stores_password_is_not_there_for_the_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("FLUENTCART_USER", "ann")
    monkeypatch.setenv("FLUENTCART_APP_PASSWORD", "of ann")
    monkeypatch.setenv("FLUENTCART_LOW_APP_PASSWORD", "of low")
    monkeypatch.setenv("FLUENTCART_RATE", "5")
    monkeypatch.setenv("FLUENTCART_OTHER_USER", "bob")
    with other_store():
        assert os.environ["FLUENTCART_USER"] == "bob"
        assert os.environ["FLUENTCART_RATE"] == "5"
        assert "FLUENTCART_APP_PASSWORD" not in os.environ
        assert "FLUENTCART_LOW_APP_PASSWORD" not in os.environ
    assert os.environ["FLUENTCART_APP_PASSWORD"] == "of ann"


def test_nor_in_the_file_that_both_would_read(
    stores: tuple[EmbeddedStore, EmbeddedStore, EmbeddedStore], tmp_path: Path
) -> None:
    one, same, _ = stores
    admin = one.app.shop.identities.described()["admin"]
    (tmp_path / "fluentcart.toml").write_text(
        f'user = "{admin["user"]}"\napp_password = "{admin["password"]}"\n', "utf-8"
    )
    done = tool(tmp_path, "compare", "--targets", one.base_url, same.base_url, *PART)
    assert done.returncode in (2, 3), done.stdout
    assert "FLUENTCART_USER" in done.stderr
    (tmp_path / "other.toml").write_text((tmp_path / "fluentcart.toml").read_text("utf-8"), "utf-8")
    done = tool(
        tmp_path, "compare", "--targets", one.base_url, same.base_url, *PART,
        "--other-config", "other.toml",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "words", [[], ["a.jsonl"], ["a", "b", "c"], ["a", "b", "--targets", "http://a", "http://b"]]
)
def test_records_or_targets_not_both_and_not_neither(tmp_path: Path, words: list[str]) -> None:
    done = tool(tmp_path, "compare", *words)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_a_route_is_shown_by_its_names() -> None:
    route = r"/fluent-cart/v2/orders/(?P<order>[0-9]+(\.x)?)/transactions/(?P<id>\d+)/status"
    assert _bare(route) == "/fluent-cart/v2/orders/{order}/transactions/{id}/status"
