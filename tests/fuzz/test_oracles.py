"""What is looked at after a request, each shown by a store that gets it wrong."""

from __future__ import annotations

import pytest

from fluentcart_conformance.fuzz.attempt import Aim, Attempt, Intent
from fluentcart_conformance.fuzz.breach import Breach, family
from fluentcart_conformance.fuzz.budget import Stopwatch
from fluentcart_conformance.fuzz.links import LinkWalker
from fluentcart_conformance.fuzz.pool import Pool
from fluentcart_conformance.fuzz.refusals import must_refuse
from fluentcart_conformance.fuzz.retell import history_of
from tests.fuzz.conftest import Make
from tests.fuzz.test_requests import probed

# A fault of the embedded store, the operation whose requests show it, and what it is about.
SHOWN = (
    ("primary-without-effect", "make_primary_address", "what was asked is not done"),
    ("address-id-without-effect", "update_order_address_id", "nothing is assigned"),
    ("address-create-name-lost", "create_customer_address", "the answer is not what is read"),
    ("detach-deactivates", "detach_user", "a member that the request is not about"),
    ("address-id-not-copied", "update_customer_address", "an order of the same customer"),
    ("customer-figures-claimed", "create_customer", "the store's own affair is believed"),
    ("bulk-mixed-ids-half", "orders_bulk", "an unknown id beside own ones"),
    ("create-without-customer", "create_order", "the least body, and a member less"),
    ("create-without-effect", "create_order", "what was created is not there"),
    ("customers-second-page-short", "list_customers", "pages"),
    ("refund-hidden-in-list", "list_orders", "a row and its details"),
    ("customer-addresses-lost", "get_customer", "two lists of one thing"),
    ("shipping-stores", "calculate_shipping", "reading changes something"),
    ("refund-lines-too-much", "refund_order", "the arithmetic of the lines"),
)


@pytest.mark.parametrize(("fault", "operation", "about"), SHOWN, ids=[one[0] for one in SHOWN])
def test_a_fault_is_seen_by_requests_to_its_operation(
    bench_of: Make, fault: str, operation: str, about: str
) -> None:
    outcome = probed(bench_of("documented", fault), operation, count=40)
    assert outcome.breaches, about


@pytest.mark.parametrize("fault", ["update-total-cent-more", "refund-cent-more"])
def test_one_fault_is_one_breach_of_its_operation(bench_of: Make, fault: str) -> None:
    operation = "refund_order" if fault.startswith("refund") else "update_order"
    outcome = probed(bench_of("documented", fault), operation, count=40)
    assert len(outcome.breaches) == 1, list(outcome.breaches)


def test_members_that_follow_from_one_another_are_one_cause() -> None:
    one = Breach("ORD-UPDATE-TOTALS", "update_order", "", "", "", member="total_amount")
    two = Breach("ORD-CREATE-TOTALS", "update_order", "", "", "", member="order_items/0/quantity")
    other = Breach("ORD-UPDATE-UNTOUCHED", "update_order", "", "", "", member="note")
    assert one.cause == two.cause != other.cause
    assert family("billing_address/city") == family("primaries") == "addresses"


def test_an_id_that_is_not_looked_at_is_one_cause_whoever_it_belongs_to() -> None:
    aim = Aim("update_customer_address", (7,), {"address_id": 3})
    foreign = Attempt.of(aim, Intent.FOREIGN, about="path customer")
    absent = Attempt.of(aim, Intent.ABSENT, about="path id 1")
    dropped = Attempt.of(aim, Intent.DROPPED, about="address_id")
    assert foreign.place == absent.place == "id at path id 1"
    assert dropped.place == ""


def test_a_generated_id_of_nothing_must_be_refused_as_well() -> None:
    aim = Aim("get_order", (7,))
    assert must_refuse(Attempt.of(aim, Intent.NEGATIVE, ids=(0,))) == "ORD-GET-BAD-ID"
    assert must_refuse(Attempt.of(aim, Intent.NEGATIVE, ids=("x",))) is None
    assert must_refuse(Attempt.of(aim, Intent.NEGATIVE)) is None


def test_an_object_that_went_through_much_is_retold_by_its_making(bench_of: Make) -> None:
    bench = bench_of()
    pool = Pool(bench.shop())
    order = pool.order()
    for number in range(40):
        pool.shop.update_order(order, note=f"Ring {number} times")
    last = pool.shop.get_order(order.id).exchange
    history = history_of(last, pool.before(last), "documented")
    assert 0 < len(history) < 10
    assert any(one.method == "POST" and one.url.endswith("/orders") for one in history)


def test_a_store_on_which_no_walk_can_begin_ends_no_run(bench_of: Make) -> None:
    bench = bench_of("documented", "customer-create-without-effect")
    outcome = LinkWalker(Pool(bench.shop()), "documented", 0).run(Stopwatch(30))
    assert not outcome.walked
    assert outcome.left_out
