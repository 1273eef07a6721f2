"""A good request of every operation on one stage, and the group that must leave it alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.drivers.stage import NOBODY, Ask, Stage, ask_everything, set_stage
from fluentcart_conformance.plugin.refusals import Refusals

MOVING = frozenset(
    {"updated_at", "activities", "order_operation", "order_tax_rates", "user_id", "user_link"}
)
"""What other things move along: the log, how tax was found, the user that a payment makes."""
_BODIES = frozenset({"json", "content"})


@dataclass(frozen=True)
class Scene:
    """A stage and the good request of each operation on it."""

    shop: Shop
    stage: Stage
    asks: Mapping[str, Ask]

    def send(self, operation: str, *ids: object, identity: str = "admin", **request: Any) -> Answer:
        """The good request, but for what is given: ids, `json`, `content`, `headers`, identity."""
        ask = self.asks[operation]
        if ask.json is not None and _BODIES.isdisjoint(request):
            request["json"] = ask.json
        return self.shop.as_(identity).send(operation, *(ids or ask.ids), **request)

    def send_to(self, operation: str, first: object, **request: Any) -> Answer:
        """The good request, but for the first id of its path, wherever it is repeated."""
        ask = self.asks[operation]
        body = ask.json
        if isinstance(body, dict) and body.get("order_id") == ask.ids[0]:
            request["json"] = {**body, "order_id": first}
        return self.send(operation, first, *ask.ids[1:], **request)

    def nobody(self, operation: str, **request: Any) -> Answer:
        """The good request, but for ids that nobody has."""
        ids = tuple(NOBODY for _ in self.asks[operation].ids)
        return self.send(operation, *ids, **request)

    def look(self) -> dict[str, Any]:
        """Everything on the stage as the administrator reads it now, by what it is.

        Orders and customers that came about all the same are journaled, to be taken away.
        """
        shop, stage = self.shop, self.stage
        customer = shop.customer(stage.customer.id)
        seen: dict[str, Any] = {
            "the open order": shop.order(stage.open.id),
            "the customer": customer,
            "the orders of the customer": shop.orders_of(customer.id),
            "customers that nobody made": self._strays(),
        }
        for one in seen["the orders of the customer"]:
            if one.id not in (stage.open.id, stage.paid.id):
                shop.journal.created("order", one.id)
        if "addresses" not in customer.raw:
            seen["the addresses"] = shop.addresses(customer.id)
        return seen

    def _strays(self) -> list[int]:
        """The customers whom refused requests made: their addresses are told by a word."""
        word = f"{self.shop.journal.namespace}-{self.shop.tag}nobody"
        rows = self.shop.customers({"search": word}).rows
        strays = [row.id for row in rows if row.email.startswith(word)]
        for one in strays:
            self.shop.journal.created("customer", one)
        return strays


def set_scene(shop: Shop, shipping_id: int | None) -> Scene:
    """A scene on a stage of its own; without a shipping method calculating finds none."""
    stage = set_stage(shop)
    method = NOBODY if shipping_id is None else shipping_id
    return Scene(shop, stage, ask_everything(shop, stage, method))


def refusals_of_everything(shop: Shop, shipping_id: int | None) -> Refusals[Scene]:
    """A group for bad requests of any operation, all on one scene."""
    return Refusals(
        shop,
        arrange=lambda: set_scene(shop, shipping_id),
        look=Scene.look,
        apart_from=MOVING,
    )
