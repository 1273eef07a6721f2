"""Arithmetic of orders and refunds. Money is integer cents unless a name says decimal.

Sources: orders-api (Create Order, Refund Order), create-order-page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

# Sums beyond this would no longer be exact for a reader with 64-bit floats.
LARGEST_AMOUNT = 2**53 - 1


def to_number(value: object) -> Decimal | None:
    """Return a finite JSON number or numeric text as a Decimal, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 40 else None


def round_half_up(number: Decimal) -> int:
    """Round to whole cents; a half goes away from zero."""
    return int(number.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def cents_from_decimal(amount: Decimal) -> int:
    """Return cents for an amount in whole units: 10.005 is 1001."""
    return round_half_up(amount * 100)


def split(total: int, weights: Sequence[int]) -> list[int]:
    """Share `total` out in proportion to `weights`, to the cent.

    The parts add up to `total`; what rounding leaves goes to the heaviest first. Without any
    weight the first takes all.
    """
    if not weights:
        return []
    whole = sum(weights)
    if whole <= 0:
        return [total, *[0] * (len(weights) - 1)]
    parts = [total * weight // whole for weight in weights]
    by_weight = sorted(range(len(weights)), key=lambda index: -weights[index])
    for index in by_weight[: total - sum(parts)]:
        parts[index] += 1
    return parts


@dataclass(frozen=True)
class Discount:
    """A manual discount as sent: `percent` of the subtotal, or an amount in cents."""

    cents: int = 0
    percent: Decimal = Decimal(0)

    def of(self, subtotal: int) -> int:
        """Return the discount in cents, never negative."""
        return max(self.cents + round_half_up(self.percent * subtotal / 100), 0)


@dataclass(frozen=True)
class Totals:
    """The sums of one order, in cents."""

    subtotal: int
    manual_discount_total: int
    coupon_discount_total: int
    shipping_total: int
    tax_total: int

    @property
    def total_amount(self) -> int:
        """Lines less discounts plus shipping plus tax, never below nothing."""
        discounts = self.manual_discount_total + self.coupon_discount_total
        return max(self.subtotal - discounts + self.shipping_total + self.tax_total, 0)

    def columns(self) -> dict[str, int]:
        """Return the columns of the orders table."""
        return {
            "subtotal": self.subtotal,
            "manual_discount_total": self.manual_discount_total,
            "coupon_discount_total": self.coupon_discount_total,
            "shipping_total": self.shipping_total,
            "tax_total": self.tax_total,
            "total_amount": self.total_amount,
        }


@dataclass(frozen=True)
class Settlement:
    """What the transactions of an order amount to, in cents, and the word for it."""

    total_paid: int
    total_refund: int
    payment_status: str


def settle(total_amount: int, transactions: Sequence[Mapping[str, object]]) -> Settlement:
    """Add up the transactions of an order.

    Each has `type` (`refund`, or anything that brings money in), `status`, `total` (cents),
    `was_paid` (true for a charge whose money arrived, even if it was given back since) and
    `refunded` (cents given back through refund transactions of their own).
    """
    charges = [row for row in transactions if row["type"] != "refund"]
    refunds = [row for row in transactions if row["type"] == "refund"]
    received = [row for row in charges if row["was_paid"]]
    paid = sum(_cents(row["total"]) for row in received)
    back = sum(_cents(row["total"]) for row in refunds if row["status"] != "failed")
    back += sum(
        _cents(row["total"]) - _cents(row["refunded"])
        for row in received
        if row["status"] == "refunded"
    )
    back = min(back, paid)
    return Settlement(paid, back, _payment_word(total_amount, paid, back, charges))


def _payment_word(
    total_amount: int, paid: int, back: int, charges: Sequence[Mapping[str, object]]
) -> str:
    if back > 0:
        return "refunded" if back >= paid else "partially_refunded"
    if any(row["was_paid"] for row in charges):
        return "paid" if paid >= total_amount else "partially_paid"
    return str(charges[-1]["status"]) if charges else "pending"


def _cents(value: object) -> int:
    return value if isinstance(value, int) else 0


def formatted(cents: int, currency_sign: str = "&#36;") -> str:
    """Return an amount as the store prints it in HTML: `&#36;25.00`."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{currency_sign}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"
