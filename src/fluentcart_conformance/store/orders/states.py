"""The state words of an order and which word may follow which.

Sources: orders-api (Update Statuses, Bulk Actions, Update Transaction Status).
"""

from __future__ import annotations

from fluentcart_conformance.store.http import Refusal

ORDER_STATUSES = ("on-hold", "processing", "completed", "canceled")
READABLE_ORDER_STATUSES = (*ORDER_STATUSES, "pending", "failed")
SHIPPING_STATUSES = ("unshipped", "shipped", "delivered", "unshippable")
TRANSACTION_STATUSES = ("succeeded", "pending", "refunded", "failed", "authorized")
PAYMENT_STATUSES = (
    "pending",
    "paid",
    "partially_paid",
    "partially_refunded",
    "refunded",
    "failed",
    "authorized",
)
# An order paid in one of these has had money come in.
MONEY_RECEIVED = ("paid", "partially_paid", "partially_refunded", "refunded")
FULFILLMENT_TYPES = ("digital", "physical")
ORDER_TYPES = ("payment", "subscription", "renewal")

CANCELED = "canceled"
COMPLETED = "completed"


def check_order_transition(current: str, wanted: object) -> str:
    """Return the new order status.

    Raises:
        Refusal: 400 for a word that cannot be set, the same word, or a canceled order.
    """
    word = _known(wanted, ORDER_STATUSES)
    if word == current:
        raise Refusal(400, "same_status", "Order already has the same status")
    if current == CANCELED:
        raise Refusal(
            400, "status_locked", "You cannot change the order status once it has been canceled."
        )
    return word


def check_shipping_transition(current: str, wanted: object) -> str:
    """Return the new shipping status; the four words follow each other freely.

    Raises:
        Refusal: 400 for an unknown word or the same one.
    """
    word = _known(wanted, SHIPPING_STATUSES)
    if word == current:
        raise Refusal(400, "same_status", "Order already has the same status")
    return word


def _known(wanted: object, words: tuple[str, ...]) -> str:
    if not isinstance(wanted, str) or wanted not in words:
        raise Refusal(400, "invalid_status", "Provided status is not valid")
    return wanted


def status_after_payment(current: str, all_digital: bool) -> str:
    """Return the order status once the whole amount is paid.

    Digital goods are delivered by being paid for; a canceled order stays canceled and a
    completed one completed.
    """
    if current in (CANCELED, COMPLETED):
        return current
    return COMPLETED if all_digital else "processing"
