"""What generated requests brought to light."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from fluentcart_conformance.contract.exchange import Exchange

_NUMBER = re.compile(r"\d+")


# Members that follow from one another: what breaks one breaks the others.
_FAMILIES = {
    "amounts": (
        "lines", "order_items", "subtotal", "total_amount", "charges", "tax_total",
        "shipping_total", "manual_discount_total", "coupon_discount_total",
    ),
    "payment": (
        "payment_status", "total_paid", "charge", "transactions", "payment_method",
        "payment_method_title", "invoice_no", "receipt_number", "total_refund", "refunds",
        "refunded_at",
    ),
    "status": ("status", "completed_at"),
    "owner": ("customer_id", "customer"),
    "addresses": (
        "addresses", "address", "primaries", "is_primary", "billing_address", "shipping_address",
        "order_addresses",
    ),
    "person": ("name", "full_name", "first_name", "last_name", "email"),
    "figures": ("order_count", "total_spent", "purchase_count", "ltv", "aov"),
}  # fmt: skip
_FAMILY = {name: family for family, names in _FAMILIES.items() for name in names}


@dataclass(frozen=True)
class Breach:
    """A broken requirement with its evidence.

    `aspect` tells root causes of one requirement and operation apart; numbers in it are levelled.
    `member` is what an operation left in a wrong state: then that is the root cause, whichever
    requirement tells of it. `story` tells the steps in domain words.
    """

    requirement: str
    operation: str
    aspect: str
    expected: str
    got: str
    story: str = ""
    exchanges: tuple[Exchange, ...] = ()
    member: str = ""

    @property
    def cause(self) -> str:
        """Equal for one root cause: a requirement of its own tells it, a general one does not."""
        if self.member:
            return f"fuzz|{self.operation}|{family(self.member)}"
        general = self.requirement.startswith("GEN-")
        aspect = f"|{levelled(self.aspect)}" if general else ""
        return f"fuzz|{self.operation}|{self.requirement}{aspect}"

    @property
    def message(self) -> str:
        """One sentence, then the story."""
        words = f"expected {self.expected}, got {self.got}"
        return f"{words}\n{self.story}" if self.story else words

    def shown_by(self, *exchanges: Exchange) -> Breach:
        """The same breach with these exchanges as evidence."""
        return replace(self, exchanges=tuple(exchanges))


def family(pointer: str) -> str:
    """The family of the member that a pointer names first: `order_items/0/id` -> amounts."""
    name = pointer.strip("/").partition("/")[0]
    return _FAMILY.get(name, name)


def levelled(text: str) -> str:
    """Numbers do not tell causes apart."""
    return _NUMBER.sub("#", text)[:160]
