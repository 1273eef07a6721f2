"""What the wire layers of all profiles share."""

from __future__ import annotations

from abc import ABC, abstractmethod

from fluentcart_conformance.store.http import Refusal, Response
from fluentcart_conformance.store.profiles import Profile
from fluentcart_conformance.store.wire.customers import CustomersWire
from fluentcart_conformance.store.wire.orders import OrdersWire


class Wire(ABC):
    """Turns domain records into a profile's JSON, and refusals into its error bodies.

    Attributes:
        profile: The profile spoken.
        customers: Records and requests of the customer operations.
        orders: Answers of the order operations.
    """

    customers: CustomersWire
    orders: OrdersWire

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    @abstractmethod
    def refusal(self, operation: str, refusal: Refusal) -> Response:
        """Spell a refusal of an operation; `""` stands for an unknown route."""


def wordpress_error(refusal: Refusal) -> Response:
    """Return WordPress' own form: `{code, message, data: {status}}`."""
    data = {"status": refusal.status, **(refusal.data if isinstance(refusal.data, dict) else {})}
    body = {"code": refusal.code, "message": refusal.message, "data": data}
    return Response(refusal.status, body)
