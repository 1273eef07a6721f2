"""What a valid request must have brought about, operation by operation: read afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from fluentcart_conformance.drivers.records import Address, Order
from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz.attempt import Attempt, Intent
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.looks import Look
from fluentcart_conformance.fuzz.meant import address_id, cents_meant, short, told, whole_meant

# Requirement, member, expected, got: told when the last two differ.
Row = tuple[str, str, Any, Any]
Raw = Mapping[str, Any]
_MOVING = (Intent.PLAIN, Intent.TWICE, Intent.MIXED)


def brought_about(
    attempt: Attempt, answer: Any, before: Look, after: Look, *, in_cents: bool
) -> Iterator[Breach]:
    """Where the state afterwards is not the one that a valid request asked for."""
    rule = _RULES.get(attempt.operation)
    if rule is None or attempt.intent not in _MOVING or after.record is None:
        return
    scene = _Scene(attempt, answer, before, after, in_cents)
    try:
        rows = [row for row in rule(scene) if told(row[2]) != told(row[3])]
    except UnreadableAnswer:  # the judge's
        return
    for requirement, member, expected, got in rows[:1]:
        yield Breach(
            requirement, attempt.operation, f"{member} is not what was asked",
            f"{member} {short(expected)}", short(got), str(attempt), after.exchanges, member,
        )  # fmt: skip


class _Scene:
    """A request with the looks before and after it."""

    def __init__(
        self, attempt: Attempt, answer: Any, before: Look, after: Look, in_cents: bool
    ) -> None:
        self.body = attempt.body
        self.attempt = attempt
        self.answer = answer
        self.in_cents = in_cents
        self._before, self._after = before, after

    @property
    def gone(self) -> bool:
        """Whether the object is not there any more."""
        return self._after.gone

    @property
    def was(self) -> Raw:
        """The record before; without members when it was not there."""
        return {} if self._before.record is None else self._before.record.raw

    @property
    def now(self) -> Raw:
        """The record afterwards."""
        return {} if self._after.record is None else self._after.record.raw

    def sent(self, *path: str) -> Any:
        """A member of the body, or None."""
        found = self.body
        for name in path:
            found = found.get(name) if isinstance(found, Mapping) else None
        return found

    def address(self) -> Address | None:
        """The address that the request is about, as the list shows it afterwards."""
        wanted = str(address_id(self.attempt, self.answer))
        rows = self.now.get("addresses") or ()
        return next((Address(row) for row in rows if str(row.get("id")) == wanted), None)


def _paid(scene: _Scene) -> Iterator[Row]:
    order = Order(scene.now)
    yield "ORD-PAID-STATE", "payment_status", "paid", order.payment_status
    yield "ORD-PAID-TOTAL", "total_paid", order.total_amount, order.total_paid
    charge = order.charge
    yield "ORD-PAID-TRANSACTION", "charge", "succeeded", charge.status
    for name, requirement in (
        ("payment_method", "ORD-PAID-METHOD"),
        ("vendor_charge_id", "ORD-PAID-CHARGE-ID"),
    ):
        if scene.sent(name):
            yield requirement, "charge", scene.sent(name), charge.raw.get(name)


def _status(requirement: str, *path: str) -> Callable[[_Scene], Iterator[Row]]:
    def rule(scene: _Scene) -> Iterator[Row]:
        wanted = scene.sent(*path)
        if isinstance(wanted, str):
            yield requirement, "status", wanted, scene.now.get("status")

    return rule


def _statuses(scene: _Scene) -> Iterator[Row]:
    yield from _status("ORD-STATUS-TRANSITIONS", "statuses", "order_status")(scene)
    shipping = scene.sent("statuses", "shipping_status")
    if isinstance(shipping, str):
        got = scene.now.get("shipping_status")
        yield "ORD-SHIPPING-STATUS", "shipping_status", shipping, got


def _orders_in_bulk(scene: _Scene) -> Iterator[Row]:
    action, word = scene.sent("action"), scene.sent("new_status")
    mixed = scene.attempt.intent is Intent.MIXED
    if action == "delete_orders":
        yield "BLK-ORD-DELETE", "status", True, scene.gone
    elif action == "change_order_status":
        requirement = "BLK-ORD-MIXED-IDS" if mixed else "BLK-ORD-STATUS"
        yield requirement, "status", word, scene.now.get("status")
    elif action == "change_shipping_status":
        shown = scene.now.get("shipping_status")
        yield "BLK-ORD-SHIPPING-STATUS", "shipping_status", word, shown
    elif action == "capture_payments":
        for name in ("payment_status", "total_paid"):
            yield "BLK-ORD-CAPTURE-NOTHING", name, scene.was.get(name), scene.now.get(name)
    elif action == "change_payment_status":
        shown = scene.now.get("payment_status")
        fine = {word, {"succeeded": "paid"}.get(str(word), word)}
        yield "BLK-ORD-PAYMENT-STATUS", "payment_status", word, word if shown in fine else shown


def _customers_in_bulk(scene: _Scene) -> Iterator[Row]:
    shown = scene.answer.get("data") if isinstance(scene.answer, Mapping) else None
    results = shown.get("results") if isinstance(shown, Mapping) else None
    if isinstance(results, list):
        ids = sorted({str(one) for one in scene.sent("customer_ids") or ()})
        told_of = sorted({str(row.get("customer_id")) for row in results})
        yield "BLK-CUS-EACH", "results", ids, told_of
    word = scene.sent("new_status") or scene.sent("data", "status")
    if isinstance(word, str):
        mixed = scene.attempt.intent is Intent.MIXED
        requirement = "BLK-CUS-MIXED" if mixed else f"BLK-CUS-STATUS-{word.upper()}"
        yield requirement, "status", word, scene.now.get("status")
    elif str(scene.sent("action")).startswith("delete"):
        yield "BLK-CUS-DELETE", "status", True, scene.gone


def _given_to(scene: _Scene) -> Iterator[Row]:
    wanted = scene.sent("customer_id")
    yield "ORD-CHANGE-CUSTOMER-MOVED", "customer_id", wanted, scene.now.get("customer_id")


def _given_to_a_new_one(scene: _Scene) -> Iterator[Row]:
    shown = scene.now.get("customer")
    owner: Raw = shown if isinstance(shown, Mapping) else {}
    email = str(scene.sent("email")).lower()
    yield "ORD-NEW-CUSTOMER-MOVED", "customer", email, str(owner.get("email")).lower()
    for name in ("first_name", "last_name"):
        if scene.sent(name) and name in owner:
            yield "ORD-NEW-CUSTOMER-CREATED", "customer", scene.sent(name), owner[name]
    for name in ("city", "country", "state", "postcode", "notes", "status"):
        if scene.sent(name) and name in owner:
            yield "ORD-NEW-CUSTOMER-DETAILS-KEPT", name, scene.sent(name), owner[name]


def _transaction(scene: _Scene) -> Iterator[Row]:
    rows = Order(scene.now).transactions
    wanted = str(scene.attempt.ids[1])
    found = next((one for one in rows if str(one.raw.get("id")) == wanted), None)
    got = "nothing" if found is None else found.status
    yield "TRX-STATUS-READ-BACK", "charge", scene.sent("status"), got
    if len(rows) == 1:
        follows = ("succeeded", "paid") if got == "succeeded" else (got,)
        shown = scene.now.get("payment_status")
        fine = shown in follows
        yield "TRX-STATUS-ORDER-FOLLOWS", "payment_status", got, got if fine else shown


def _refund(scene: _Scene) -> Iterator[Row]:
    amount = cents_meant(scene.sent("refund_info", "amount"), in_cents=scene.in_cents)
    was, now = Order(scene.was), Order(scene.now)
    old = {one.id for one in was.refunds}
    new = [one.total for one in now.refunds if one.id not in old]
    yield "RFD-PARTIAL-TOTAL", "total_refund", amount, now.total_refund - was.total_refund
    yield "RFD-TOTAL-PAID-KEPT", "total_paid", was.total_paid, now.total_paid
    yield "RFD-TRANSACTION", "refunds", [amount], new
    if now.charge.status not in ("succeeded", "refunded", "partially_refunded"):
        yield "RFD-CHARGE-KEPT", "charge", was.charge.status, now.charge.status
    whole = now.total_refund == now.total_paid
    word = "refunded" if whole else "partially_refunded"
    requirement = "RFD-FULL-STATE" if whole else "RFD-PARTIAL-STATE"
    yield requirement, "payment_status", word, now.payment_status


def _edited(scene: _Scene) -> Iterator[Row]:
    rows = scene.sent("order_items")
    if not isinstance(rows, list):
        return
    order = Order(scene.now)
    dropped = {str(one) for one in scene.sent("deletedItems") or ()}
    kept = [row for row in rows if str(row.get("id")) not in dropped]
    shown = sorted((item.unit_price, item.quantity) for item in order.items)
    wanted = sorted(
        (whole_meant(row.get("unit_price")) or 0, whole_meant(row.get("quantity")) or 0)
        for row in kept
    )
    requirement = "ORD-UPDATE-DELETE-ITEM" if dropped else "ORD-UPDATE-QUANTITY"
    if len(kept) > len(Order(scene.was).items):
        requirement = "ORD-UPDATE-ADD-ITEM"
    yield requirement, "lines", wanted, shown
    for name, requirement in (
        ("shipping_total", "ORD-UPDATE-SHIPPING-TOTAL"),
        ("manual_discount_total", "ORD-UPDATE-DISCOUNT"),
    ):
        if scene.sent(name) is not None:
            yield requirement, name, whole_meant(scene.sent(name)), order.money(name)


def _made_primary(scene: _Scene) -> Iterator[Row]:
    found = scene.address()
    yield "ADR-PRIMARY-EFFECT", "is_primary", True, found is not None and found.is_primary


def _address_dropped(scene: _Scene) -> Iterator[Row]:
    yield "ADR-DELETE-EFFECT", "addresses", None, scene.address()


def _address_made(scene: _Scene) -> Iterator[Row]:
    before, after = scene.was.get("addresses") or (), scene.now.get("addresses") or ()
    yield "ADR-CREATE-READ-BACK", "addresses", len(before) + 1, len(after)
    found = scene.address()
    if found is not None:
        fits = found.type == scene.sent("type")
        kind = str(scene.sent("type")).upper()
        requirement = f"ADR-CREATE-{kind}" if kind in ("BILLING", "SHIPPING") else ""
        if requirement:
            yield requirement, "addresses", True, fits
            person = _person(scene.body)
            if person:
                yield "ADR-CREATE-NAMES", "name", person, found.person


def _person(body: Any) -> str:
    if not isinstance(body, Mapping):
        return ""
    parts = f"{body.get('first_name') or ''} {body.get('last_name') or ''}".strip()
    return str(body.get("name") or parts)


def _attached(scene: _Scene) -> Iterator[Row]:
    if "user_id" in scene.now:
        yield "CUS-ATTACH-EFFECT", "user_id", scene.sent("user_id"), scene.now["user_id"]


def _detached(scene: _Scene) -> Iterator[Row]:
    if "user_id" in scene.now:
        yield "CUS-DETACH-EFFECT", "user_id", None, scene.now["user_id"]


def _deleted(scene: _Scene) -> Iterator[Row]:
    if scene.was:
        yield "ORD-DELETE-GONE", "status", True, scene.gone


def _custom_item(scene: _Scene) -> Iterator[Row]:
    """Either the whole item is a line afterwards, or, where nothing is stored, nothing moved."""
    was, now = Order(scene.was), Order(scene.now)
    if len(now.items) == len(was.items):
        return
    product = scene.sent("product")
    sent: Raw = product if isinstance(product, Mapping) else {}
    price = whole_meant(sent.get("price") or sent.get("item_price"))
    quantity = whole_meant(sent.get("quantity"))
    old = {item.id for item in was.items}
    new = [(item.unit_price, item.quantity) for item in now.items if item.id not in old]
    yield "SHP-CUSTOM-STORED", "lines", [(price, quantity)], new


_RULES: dict[str, Callable[[_Scene], Iterator[Row]]] = {
    "mark_as_paid": _paid,
    "update_statuses": _statuses,
    "orders_bulk": _orders_in_bulk,
    "customers_bulk": _customers_in_bulk,
    "change_customer": _given_to,
    "create_and_change_customer": _given_to_a_new_one,
    "update_transaction_status": _transaction,
    "refund_order": _refund,
    "update_order": _edited,
    "make_primary_address": _made_primary,
    "delete_customer_address": _address_dropped,
    "create_customer_address": _address_made,
    "attach_user": _attached,
    "detach_user": _detached,
    "delete_order": _deleted,
    "create_custom_item": _custom_item,
}
