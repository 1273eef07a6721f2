"""What a customer has bought: the list, figures and dates (customers-api, Orders and Stats).

The figures follow the orders by arithmetic: the sample values of the documents do not add up.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from fluentcart_conformance.drivers.records import Figures
from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Answer,
    Customer,
    Line,
    Order,
    Prerequisite,
    Shop,
    Watched,
    assert_refused,
    average,
    cents,
    late,
    proves,
    requirement,
    same_moment,
)

# The first and the last order must differ by more than the second that moments may be apart.
TWO_SECONDS = 2.1
MANY = 11


@dataclass
class Book:
    """A customer's orders and the figures after each step; money in cents.

    `details` and `rows` are count and money as the details and the list showed them at last,
    `empty` and `listed` the list of the customer's orders before the first and with two.
    """

    customer: Customer
    empty: Answer
    first: int = 0
    listed: list[Order] = field(default_factory=list)
    steps: dict[str, Figures] = field(default_factory=dict)
    orders: list[Order] = field(default_factory=list)
    details: tuple[int, int] = (0, 0)
    rows: list[tuple[int, int]] = field(default_factory=list)


def begin(shop: Shop) -> Book:
    """Nothing, one order unpaid, then paid."""
    buyer = shop.new_customer()
    made = Book(buyer, shop.customer_orders(buyer.id))
    made.steps["nothing"] = shop.figures(buyer.id)
    made.first = shop.announced(shop.create_order(buyer, [Line(shop.product(), 3, 333)]))
    made.steps["unpaid"] = shop.figures(buyer.id)
    shop.given(shop.mark_as_paid(made.first), "mark an order as paid")
    made.steps["paid"] = shop.figures(buyer.id)
    return made


@pytest.fixture(scope="module")
def book(shop: Shop) -> Book:
    """Begun some time ago: then a second order paid, a cent given back."""
    made = shop.aged("a customer's figures", TWO_SECONDS, lambda: begin(shop))
    buyer = made.customer
    second = shop.paid_order(buyer, [Line(shop.product(), 1, 1003)])
    made.steps["two"] = shop.figures(buyer.id)
    made.orders[:] = [shop.order(made.first), second]
    made.listed = shop.orders_of(buyer.id)
    shop.given(shop.refund(second, cents(1)), "refund one cent")
    if shop.order(second.id).total_refund != 1:
        raise Prerequisite("the unit of refund amounts is not the profile's")
    made.steps["refunded"] = shop.figures(buyer.id)
    made.details = shop.wire.record_figures(shop.customer(buyer.id))
    found = shop.customers({"search": buyer.email}).rows
    made.rows = [shop.wire.record_figures(row) for row in found]
    return made


def test_without_orders_there_is_no_list_and_all_figures_are_zero(shop: Shop) -> None:
    begun = begin(shop)
    shop.keep("a customer's figures", begun)
    none = begun.steps["nothing"]
    with requirement("CUS-STATS-EMPTY"):
        assert (none.order_count, none.total_spent) == (0, 0)
        assert none.average_order_value in (0, None)
        assert (none.first_order_date, none.last_order_date) == ("", "")
    with requirement("CUS-ORDERS-EMPTY"):
        assert begun.empty.accepted, begun.empty.excerpt
        assert shop.wire.customer_orders(begun.empty.body) == []


@late
def test_the_figures_follow_the_orders(shop: Shop, book: Book) -> None:
    unpaid, paid, two, back = (book.steps[n] for n in ("unpaid", "paid", "two", "refunded"))
    counted = 1 if shop.wire.unpaid_orders_count else 0
    with requirement("CUS-STATS-UNPAID"):
        assert unpaid.total_spent == 0
    with requirement("CUS-STATS-COUNT"):
        assert [one.order_count for one in (unpaid, paid, two)] == [counted, 1, 2]
    with requirement("CUS-STATS-PAID", "CUS-STATS-SPENT"):
        assert (paid.total_spent, two.total_spent) == (cents(999), cents(2002))
    with requirement("CUS-STATS-REFUND", "CUS-STATS-SPENT"):
        assert (back.order_count, back.total_spent) == (2, cents(2001))
    for one in (paid, two, back):
        with requirement("CUS-STATS-AVERAGE"):
            assert one.average_order_value == average(one.total_spent, one.order_count)
    with requirement("CUS-GET-COUNT"):
        assert book.details[0] == 2
    with requirement("CUS-GET-SPENT"):
        assert book.details[1] == cents(2001)


@late
def test_the_dates_are_those_of_the_oldest_and_the_newest_order(book: Book) -> None:
    oldest, newest = (one.raw.get("created_at") for one in book.orders)
    last = book.steps["two"]
    with requirement("CUS-STATS-FIRST"):
        assert same_moment(last.first_order_date, oldest), f"{last.first_order_date}, {oldest}"
    with requirement("CUS-STATS-LAST"):
        assert same_moment(last.last_order_date, newest), f"{last.last_order_date}, {newest}"
        assert last.first_order_date < last.last_order_date, "the first is after the last"


@late
@proves("CUS-STATS-AGREE", "CUS-LIST-AGREES")
def test_statistics_details_and_list_tell_the_same(book: Book) -> None:
    figures = book.steps["refunded"]
    with requirement("CUS-STATS-AGREE"):
        known = (figures.order_count, figures.total_spent)
        assert book.details == known, "details"
        assert book.rows == [known], "list"
    with requirement("CUS-LIST-AGREES"):
        assert book.rows == [book.details]


@late
def test_two_orders_of_a_customer_are_listed_as_they_read(book: Book) -> None:
    shown = {row.id: row for row in book.listed}
    with requirement("CUS-ORDERS-PATH", "CUS-ORDERS-OWN"):
        assert sorted(row.id for row in book.listed) == sorted(one.id for one in book.orders)
    for order in book.orders:
        with requirement("CUS-ORDERS-AGREE"):
            agree(shown[order.id], order)


@late
def test_a_deleted_order_leaves_list_and_figures(
    shop: Shop, book: Book, customer: Customer, neighbour: Watched
) -> None:
    """Of two that were paid; those of another customer stay."""
    before = book.steps["refunded"]
    gone = book.orders[0]
    shop.given(shop.change_status(gone.id, "canceled"), "cancel an order")
    shop.take_away_order(gone.id)
    after = shop.figures(book.customer.id)
    with requirement("CUS-STATS-DELETE"):
        assert (before.order_count, before.total_spent) == (2, cents(2001))
        assert (after.order_count, after.total_spent) == (1, cents(1002))
    with requirement("CUS-ORDERS-DELETED"):
        assert [row.id for row in shop.orders_of(book.customer.id)] == [book.orders[1].id]
    with requirement("CUS-STATS-PATH"):
        now = shop.figures(customer.id)
        assert now.total_spent >= neighbour.order.total_paid, "another customer's own orders"
        assert now.order_count >= 1


@late
def test_a_customer_has_all_its_own_orders_each_once(shop: Shop, customer: Customer) -> None:
    """More orders than other lists show on a page, a canceled one among them.

    Those that other scenarios made will do; what the list of all orders lacks is nobody's here.
    """
    found = shop.orders({"search": customer.email, "per_page": 100}).rows
    known = {row.id: row for row in found if row.customer_id == customer.id}
    more = [
        shop.announced(shop.create_order(customer, [Line(shop.product(), 1, 100 + number)]))
        for number in range(MANY - len(known))
    ]
    if all(row.status != "canceled" for row in known.values()):
        more = more or [shop.announced(shop.create_order(customer, [Line(shop.product(), 1, 99)]))]
        shop.given(shop.change_status(more[0], "canceled"), "cancel an order")
    rows = shop.orders_of(customer.id)
    shown = {row.id: row for row in rows}
    with requirement("CUS-ORDERS-PATH", "CUS-ORDERS-ALL"):
        assert len(shown) == len(rows), "an order comes twice"
        assert sorted({*known, *more} - shown.keys()) == [], "orders that are not listed"
    odd = [row for row in rows if row.id not in known or told(row) != told(known[row.id])]
    unpaid = [row for row in rows if row.payment_status == "pending"]
    for row in (odd or unpaid)[:MANY]:
        with requirement("CUS-ORDERS-AGREE"):
            agree(row, shop.order(row.id))


def told(row: Order) -> tuple[object, ...]:
    """What two lists must say alike of an order."""
    return row.status, row.payment_status, row.text("currency"), row.total_amount


def agree(row: Order, order: Order) -> None:
    """Insist that a customer's list shows an order as it reads."""
    for name in ("status", "payment_status", "currency"):
        assert row.text(name) == order.text(name), f"{name} of order {row.id}"
    assert row.total_amount == order.total_amount, f"total_amount of order {row.id}"
    dates = row.member("created_at"), order.member("created_at")
    assert same_moment(*dates), f"created_at of order {row.id}: {dates}"


def test_a_customer_that_does_not_exist_has_no_list_of_orders(shop: Shop) -> None:
    answer = shop.customer_orders(ABSENT_ID)
    with requirement("CUS-ORDERS-UNKNOWN"):
        assert_refused(shop, answer, "customer.not_found", "get_customer_orders")


def test_a_customer_that_does_not_exist_has_no_figures(shop: Shop) -> None:
    with requirement("CUS-STATS-UNKNOWN"):
        answer = shop.customer_stats(ABSENT_ID)
        assert_refused(shop, answer, "customer.not_found", "get_customer_stats")
