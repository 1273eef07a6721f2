"""What the model knows of the shop: no more than a shop owner would write on paper.

Money in cents. Objects are named by their number in the order of their making.
"""

from __future__ import annotations

from dataclasses import dataclass, field

OPEN = ("pending", "on-hold", "processing")
SETTABLE = ("on-hold", "processing", "completed", "canceled")
SHIPPING = ("unshipped", "shipped", "delivered", "unshippable")


@dataclass
class LinePicture:
    """A line: price of one, how many, digital or physical."""

    price: int
    quantity: int
    kind: str = "digital"

    @property
    def total(self) -> int:
        """What the line costs."""
        return self.price * self.quantity


@dataclass
class AddressPicture:
    """An address of a customer."""

    id: int
    type: str
    city: str
    primary: bool


@dataclass
class CustomerPicture:
    """A customer with addresses; `confused` tells that the figures are known to be wrong."""

    number: int
    id: int
    email: str
    first_name: str
    last_name: str
    status: str
    addresses: list[AddressPicture] = field(default_factory=list)
    gone: bool = False
    confused: bool = False

    def of_type(self, kind: str) -> list[AddressPicture]:
        """The addresses of one type."""
        return [one for one in self.addresses if one.type == kind]

    def mark(self, address: AddressPicture) -> None:
        """Make an address the primary one of its type."""
        for one in self.of_type(address.type):
            one.primary = one is address


@dataclass
class OrderPicture:
    """An order. `buyer` is the number of its customer, `blind` names what is known to be wrong.

    `either` are statuses that the next reading may show, where the documents leave the choice.
    """

    number: int
    id: int
    buyer: int
    lines: list[LinePicture]
    discount: int
    shipping: int
    status: str
    shipping_status: str
    payment_status: str = "pending"
    paid: int = 0
    refunds: list[int] = field(default_factory=list)
    gone: bool = False
    blind: set[str] = field(default_factory=set)
    either: tuple[str, ...] = ()

    @property
    def subtotal(self) -> int:
        """The lines' sum."""
        return sum(line.total for line in self.lines)

    @property
    def total(self) -> int:
        """What the buyer owes: lines less discount plus shipping."""
        return max(self.subtotal - self.discount + self.shipping, 0)

    @property
    def refunded(self) -> int:
        """What was given back."""
        return sum(self.refunds)

    @property
    def left(self) -> int:
        """What can still be given back."""
        return self.paid - self.refunded

    @property
    def digital(self) -> bool:
        """Whether nothing has to be shipped."""
        return all(line.kind == "digital" for line in self.lines)

    @property
    def payable(self) -> bool:
        """Whether it can be paid."""
        return self.payment_status == "pending" and self.status != "canceled" and self.total > 0

    @property
    def editable(self) -> bool:
        """Whether its lines and amounts can be changed."""
        return self.payment_status == "pending" and self.status in OPEN

    def pay(self) -> None:
        """The whole amount came in."""
        self.paid = self.total
        self.payment_status = "paid"
        if self.status in OPEN:
            self.status = "completed" if self.digital else "processing"
        elif not self.digital:
            # Paid with a physical line it is processing, says one rule; done, another.
            self.either = (self.status, "processing")

    def give_back(self, amount: int) -> None:
        """A refund."""
        self.refunds.append(amount)
        self.payment_status = "refunded" if self.left == 0 else "partially_refunded"

    def may_become(self, status: str) -> bool:
        """Whether the order status can be set to a word."""
        return self.status not in ("canceled", status)
