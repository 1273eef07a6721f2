"""Reading one order (orders-api: Get Order Details, List Orders)."""

from __future__ import annotations

from fluentcart_conformance.drivers.pair import OrderPair
from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Answer,
    Customer,
    Order,
    Shop,
    needs,
    requirement,
    whole,
)

RELATIONS = ("order_items", "transactions", "subscriptions", "activities", "labels", "children")
# Both show it; what hangs off the row is compared by its own members below.
NESTED = ("customer", "order_items", "transactions", "labels", "activities")
# The customer, who buys more meanwhile, and the copy of the order that an address shows.
MEANWHILE = {"customer", "order"}


def test_an_order_is_read_under_its_own_id(shop: Shop, pair: OrderPair) -> None:
    first, second, answer = pair.plain, pair.priced, pair.answer
    with requirement("ORD-GET-ENDPOINT"):
        assert answer.status == 200, answer
        assert first.id != second.id
    for order in (pair.plain, pair.priced):
        with requirement("ORD-GET-SAME-ID"):
            owners = {one.order_id for one in order.items}
            owners |= {one.order_id for one in order.transactions}
            assert owners == {order.id}, f"lines or transactions of {owners - {order.id}}"
    for kind in ("billing", "shipping"):
        with requirement("ORD-GET-SAME-ID"):
            address = first.address(kind)
            assert address is not None, f"no {kind} address"
            assert whole(address.member("order_id")) == first.id, f"{kind} address"
    with requirement("ORD-GET-RELATIONS"):
        order = shop.order_in(answer)
        rows = {name: order.rows(name) for name in RELATIONS}
        assert rows["activities"], "the log of a new order is empty"
        assert len(rows["order_items"]) == 2
        assert rows["transactions"], "a new order has a charge"
        kinds = sorted(Order(one).text("type") for one in order.rows("order_addresses"))
        assert kinds == ["billing", "shipping"], f"order_addresses: {kinds}"
        for kind in ("billing", "shipping"):
            assert order.address(kind) is not None, f"no {kind} address"


def test_the_details_agree_with_the_customer_and_the_log(
    customer: Customer, pair: OrderPair
) -> None:
    for order in (pair.plain, pair.priced):
        with requirement("ORD-GET-CUSTOMER"):
            assert order.customer.id == order.customer_id == customer.id
            assert order.customer.email == customer.email
        with requirement("ORD-GET-ACTIVITY"):
            about = {whole(Order(one).member("module_id")) for one in order.rows("activities")}
            assert about <= {order.id}, f"activities of {about}"
        with requirement("ORD-GET-LICENCES"):
            assert order.member("has_missing_licenses") in (False, 0, "0", "")


def test_two_orders_never_share_an_address_on_the_web(pair: OrderPair) -> None:
    for name in ("receipt_url", "custom_checkout_url"):
        with requirement("ORD-GET-RECEIPT"):
            first, second = (order.text(name) for order in (pair.plain, pair.priced))
            assert first != second or not first, f"{name} of both orders is {first}"


def test_reading_twice_gives_the_same_answer(shop: Shop, pair: OrderPair) -> None:
    again = shop.get_order(pair.plain.id)
    with requirement("ORD-GET-IDEMPOTENT"):
        assert shop.order_in(again).differences(pair.plain, MEANWHILE) == []
        shown = pair.answer.members.items()
        others = {name: value for name, value in shown if name != "order"}
        assert {name: again.members.get(name) for name in others} == others


def test_the_list_and_the_details_agree(shop: Shop, pair: OrderPair) -> None:
    rows = shop.newest_orders(pair.plain.customer)
    for order in (pair.plain, pair.priced):
        row = rows.get(order.id)
        with requirement("ORD-DETAILS-LIST-AGREE"):
            assert row is not None, f"the list does not show order {order.id}"
            shared = (row.raw.keys() & order.raw.keys()) - set(NESTED)
            assert {"status", "payment_status", "total_amount"} <= shared
            left, right = (Order({name: one.raw[name] for name in shared}) for one in (row, order))
            assert left.differences(right) == []
            buyer = Order({"customer": order.customer.raw, **row.raw}).customer
            assert (buyer.id, buyer.email) == (order.customer.id, order.customer.email)


def test_what_is_no_id_shows_no_order(shop: Shop) -> None:
    unknown = shop.get_order(ABSENT_ID)
    with requirement("ORD-GET-UNKNOWN"):
        assert unknown.status in shop.refusal("order.not_found"), unknown
    for bad_id in (0, -1, "abc", 2**63):
        answer = shop.get_order(bad_id)
        with requirement("ORD-GET-BAD-ID"):
            assert answer.refused, f"id {bad_id}: {answer.status}"


def test_parents_and_children_point_at_each_other(shop: Shop, pair: OrderPair) -> None:
    for order in (pair.plain, pair.priced):
        with requirement("ORD-GET-PARENT"):
            assert order.member("parent_order") is None, "a parent that nobody named"
        with requirement("ORD-GET-CHILDREN"):
            assert order.rows("children") == []
    renewals = shop.orders({"active_view": "renewal", "per_page": 3}).rows
    for row in [one for one in renewals if one.text("parent_id") not in ("", "0")][:1]:
        parent_id = whole(row.member("parent_id"))
        with requirement("ORD-GET-PARENT"):
            parent = shop.order(row.id).member("parent_order")
            assert isinstance(parent, dict), "no parent_order"
            assert Order(parent).id == parent_id
        with requirement("ORD-GET-CHILDREN"):
            children = [Order(one).id for one in shop.order(parent_id).rows("children")]
            assert row.id in children, f"order {parent_id} does not list its renewal {row.id}"


@needs("labels")
def test_selected_labels_are_the_labels_of_the_order(shop: Shop, pair: OrderPair) -> None:
    """Any order that has labels will do; where none has, an order of this run is given one."""
    with requirement("ORD-GET-LABELS"):
        _labels_agree(shop, pair.answer)
    oldest = {"sort_by": "id", "sort_type": "asc", "with[]": "labels", "per_page": 50}
    rows = shop.orders(oldest).rows
    marked = [one.id for one in rows if one.raw.get("labels")]
    own = [] if marked else [shop.new_order(pair.plain.customer).id]
    for order_id in own:
        shop.label_order(order_id, shop.label_ids()[:1])
    for order_id in (marked or own)[:1]:
        shown = shop.get_order(order_id)
        with requirement("ORD-GET-LABELS"):
            assert _labels_agree(shop, shown), f"order {order_id} lost its labels"
    for order_id in own:
        # An order that is deleted may leave what says so behind.
        shop.label_order(order_id, [])


def _labels_agree(shop: Shop, answer: Answer) -> list[int]:
    chosen = answer.members.get("selected_labels")
    assert isinstance(chosen, list), "selected_labels is no list"
    selected = sorted(whole(one) for one in chosen)
    shown = [Order(row) for row in shop.order_in(answer).rows("labels")]
    own = sorted(whole(one.raw.get("label_id", one.id)) for one in shown)
    assert selected == own, f"selected_labels {selected}, labels {own}"
    return selected
