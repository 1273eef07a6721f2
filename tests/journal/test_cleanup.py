"""What a run brought is taken away; what was there before stays byte for byte."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from fluentcart_conformance.journal.cleanup import clean_up
from fluentcart_conformance.journal.journal import Journal, read_journal
from fluentcart_conformance.journal.observe import Observer
from fluentcart_conformance.journal.provision import provide_products
from fluentcart_conformance.journal.sweep import find_remains, sweep
from fluentcart_conformance.store.server import EmbeddedStore
from fluentcart_conformance.target.client import StoreClient
from fluentcart_conformance.target.errors import ConfigError, UnsafeRequestError
from tests.journal.arrange import Visit, arrive, visit

PROFILES = ["documented", "fluentcart-1.3", "fluentcart-1.5"]


def shop_for_a_while(at: Visit) -> None:
    """Some of everything."""
    one, two = at.customer(), at.customer()
    for customer in (one, one, two):
        at.address(customer)
    first, second = at.order(one), at.order(two)
    paid = {"payment_method": "offline_payment", "transaction_type": "charge"}
    at.client.call("POST", f"/orders/{first}/mark-as-paid", json=paid)
    at.client.call("GET", f"/orders/{first}")
    at.client.call("POST", f"/orders/{second}/change-customer", json={"customer_id": one})
    name = f"{at.journal.namespace}-user"
    user = {"username": name, "email": at.journal.email(), "password": "p" * 20}
    assert at.client.call("POST", "/wp/v2/users", json=user).status == 201


@pytest.mark.parametrize("at_once", [1, 3])
@pytest.mark.parametrize("profile", PROFILES)
def test_everything_goes_and_everything_else_stays(
    tmp_path: Path, profile: str, at_once: int
) -> None:
    with visit(tmp_path, profile) as at:
        before = at.rows()
        shop_for_a_while(at)
        assert at.rows() != before
        outcome = clean_up(at.client, at.journal, at.report, at_once)
        assert outcome.as_json()["leftovers"] == []
        assert outcome.created == outcome.removed >= 5
        assert at.rows() == before
        assert read_journal(at.journal.path).entries == []


def test_objects_that_no_journal_knows_are_found_by_their_namespace(tmp_path: Path) -> None:
    with visit(tmp_path) as at:
        before = at.rows()
        customer = at.customer()
        unknown = at.journal
        at.client.observer = None
        at.client.guard = None
        name = {"email": unknown.email(), "first_name": "B", "last_name": "C"}
        at.client.call("POST", "/customers", json=name)
        product = at.report.products[0]
        item: dict[str, Any] = {"post_id": product.post_id, "object_id": product.object_id}
        item |= {"quantity": 1, "unit_price": 100, "fulfillment_type": "digital"}
        order = {"customer_id": customer, "order_items": [item]}
        made = at.client.call("POST", "/orders", json=order)
        assert made.status == 200
        assert at.journal.entries("order") == []
        outcome = clean_up(at.client, at.journal, at.report)
        assert outcome.removed == 3
        assert at.rows() == before


def test_a_reading_run_sends_nothing_at_its_end(tmp_path: Path) -> None:
    with visit(tmp_path) as at:
        at.report.writes = False
        sent = at.client.requests
        assert clean_up(at.client, at.journal, at.report).as_json() == {
            "created": 0,
            "removed": 0,
            "leftovers": [],
        }
        assert at.client.requests == sent


def test_what_the_store_keeps_is_told_with_its_reason(tmp_path: Path) -> None:
    with visit(tmp_path) as at:
        order = at.order(at.customer())
        at.client.identities["admin"] = at.client.identities["none"]
        outcome = clean_up(at.client, at.journal, at.report)
        kinds = {one.kind: one for one in outcome.leftovers}
        assert kinds["order"].id == order
        assert "401" in kinds["order"].reason
        assert outcome.removed == 0


def test_a_target_that_is_gone_is_told_as_the_reason(tmp_path: Path) -> None:
    with visit(tmp_path) as at:
        at.order(at.customer())
    client = StoreClient(at.settings, at.report.root)
    outcome = clean_up(client, at.journal, at.report)
    assert len(outcome.leftovers) == 2
    assert all("gone" in one.reason or "connection" in one.reason for one in outcome.leftovers)


def test_the_guard_holds_while_cleaning(tmp_path: Path) -> None:
    with visit(tmp_path) as at:
        theirs = min(at.ids("/orders"))
        with pytest.raises(UnsafeRequestError):
            at.client.call("DELETE", f"/orders/{theirs}")


def test_products_are_made_only_where_there_is_a_way(tmp_path: Path) -> None:
    with visit(tmp_path) as at:
        at.report.writes = False
        assert provide_products(at.client, at.journal, at.report) is at.report


@pytest.mark.parametrize("profile", PROFILES)
def test_a_later_sweep_takes_away_what_a_killed_run_left(tmp_path: Path, profile: str) -> None:
    with EmbeddedStore(profile) as store:
        at = arrive(store, tmp_path)
        before = at.rows()
        shop_for_a_while(at)
        at.journal.close()
        later = arrive(store, tmp_path / "elsewhere", "r-2")
        (found,) = find_remains(later.client, later.report, tmp_path)
        assert (found.run, found.namespace) == ("r-1", at.journal.namespace)
        assert sum(entry.kind == "address" for entry in found.entries) == 3
        outcome = sweep(later.client, later.report, tmp_path, found)
        assert outcome.leftovers == []
        assert later.rows() == before
        assert find_remains(later.client, later.report, tmp_path) == []


def test_a_sweep_finds_a_run_whose_journal_is_lost(tmp_path: Path) -> None:
    with EmbeddedStore() as store:
        at = arrive(store, tmp_path)
        before = at.rows()
        shop_for_a_while(at)
        at.journal.path.unlink()
        (found,) = find_remains(at.client, at.report, tmp_path, at.journal.namespace)
        assert found.journal is None
        assert sweep(at.client, at.report, tmp_path, found).leftovers == []
        assert at.rows() == before


def test_a_sweep_leaves_ids_alone_that_belong_to_somebody_else_by_now(tmp_path: Path) -> None:
    with EmbeddedStore() as store:
        at = arrive(store, tmp_path)
        before = at.rows()
        theirs, customer = min(at.ids("/orders")), min(at.ids("/customers"))
        # As if the database had been restored after the kill.
        at.journal.created("order", theirs)
        at.journal.created("customer", customer)
        assert find_remains(at.client, at.report, tmp_path) == []
        assert at.rows() == before


def test_a_sweep_of_an_unknown_run_says_so(tmp_path: Path) -> None:
    with visit(tmp_path) as at, pytest.raises(ConfigError, match="r-unknown"):
        find_remains(at.client, at.report, tmp_path, "r-unknown")


def test_after_kill_9_a_sweep_leaves_nothing(tmp_path: Path) -> None:
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from types import SimpleNamespace
        from fluentcart_conformance.target.settings import Settings
        from tests.journal.arrange import arrive
        store = SimpleNamespace(
            base_url=sys.argv[1],
            identities={"admin": SimpleNamespace(user=sys.argv[2], password=input())},
        )
        at = arrive(store, Path(sys.argv[3]))
        while True:
            at.order(at.customer())
            print("one more", flush=True)
        """
    )
    with EmbeddedStore() as store:
        quiet = arrive(store, tmp_path / "elsewhere", "r-2")
        before = quiet.rows()
        admin = store.identities["admin"]
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", script, store.base_url, admin.user, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(admin.password + "\n")
        process.stdin.flush()
        for _ in range(5):
            assert process.stdout.readline() == "one more\n"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        process.stdin.close()
        process.stdout.close()
        assert quiet.rows() != before
        for found in find_remains(quiet.client, quiet.report, tmp_path):
            assert sweep(quiet.client, quiet.report, tmp_path, found).leftovers == []
        assert quiet.rows() == before


def test_two_workers_share_a_journal_and_one_cleanup_takes_both_away(tmp_path: Path) -> None:
    with visit(tmp_path) as at:
        before = at.rows()
        other = Journal(at.journal.path, "r-1", at.journal.namespace)
        at.order(at.customer())
        second = Visit(at.store, at.settings, StoreClient(at.settings), other, at.report, tmp_path)
        second.client.observer = Observer(other)
        second.order(second.customer())
        at.journal.reload()
        assert clean_up(at.client, at.journal, at.report).leftovers == []
        assert at.rows() == before
