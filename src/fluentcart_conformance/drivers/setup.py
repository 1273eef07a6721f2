"""What scenarios need besides customers and orders, made over routes beyond the documented ones."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.core import ShopCore
from fluentcart_conformance.drivers.values import whole
from fluentcart_conformance.drivers.wire import member


@dataclass(frozen=True)
class Coupon:
    """A coupon of this run that takes a percentage off."""

    id: int
    code: str
    percent: int

    def applied(self, discounted: int) -> dict[str, Any]:
        """The required members of a row of `applied_coupon`; `discounted` in cents."""
        return {
            "coupon_id": self.id,
            "code": self.code,
            "discounted_amount": discounted,
            "stackable": 0,
        }


@dataclass(frozen=True)
class ShippingMethod:
    """A shipping method: what it costs in cents, where and whether it applies; id 0 until made."""

    title: str
    amount: int
    states: tuple[str, ...] = ()
    enabled: bool = True
    per_item: bool = False
    id: int = 0


class SetupActions(ShopCore):
    """Making what the documented operations only refer to."""

    def new_coupon(self, percent: int = 10) -> Coupon:
        """A coupon of this run.

        Raises:
            Prerequisite: when the target does not let one be made.
        """
        code = self.fresh("coupon").upper()
        body = {
            "title": code,
            "code": code,
            "type": "percentage",
            "amount": percent,
            "status": "active",
            "stackable": "no",
            "show_on_checkout": "no",
            "notes": "",
            "priority": 1,
            "conditions": {},
            "start_date": None,
            "end_date": None,
        }
        exchange = self.client.call("POST", "/coupons", json=body, identity=self.identity)
        answer = self.given(Answer(exchange), "create a coupon")
        made = member(answer.members, "data", dict, "coupon answer")
        coupon = Coupon(whole(made.get("id"), "coupon.id"), code, percent)
        self.journal.created("coupon", coupon.id)
        return coupon

    def new_shipping(self, region: str, methods: Sequence[ShippingMethod]) -> list[ShippingMethod]:
        """The methods in a shipping zone of this run for a country, with their ids.

        Raises:
            Prerequisite: when the target does not let one be made.
        """
        body = {"name": self.fresh("zone"), "region": region}
        answer = self._set_up("POST", "/shipping/zones", body, "create a shipping zone")
        made = member(answer.members, "shipping_zone", dict, "shipping zone answer")
        zone = whole(made.get("id"), "shipping_zone.id")
        self.journal.created("shipping_zone", zone)
        for method in methods:
            rate = "per_item" if method.per_item else "per_order"
            row = {
                "zone_id": zone,
                "title": method.title,
                "type": "flat_rate",
                "amount": f"{method.amount // 100}.{method.amount % 100:02d}",
                "is_enabled": int(method.enabled),
                "settings": {"configure_rate": rate},
                "states": list(method.states),
            }
            self._set_up("POST", "/shipping/methods", row, "create a shipping method")
        answer = self._set_up("GET", f"/shipping/zones/{zone}", None, "read the shipping zone")
        shown = member(answer.members, "shipping_zone", dict, "shipping zone answer")
        rows = member(shown, "methods", list, "shipping zone answer")
        ids = {row.get("title"): whole(row.get("id"), "shipping_method.id") for row in rows}
        for one in ids.values():
            self.journal.created("shipping_method", one)
        return [replace(method, id=ids[method.title]) for method in methods]

    def _set_up(self, method: str, path: str, body: Any, what: str) -> Answer:
        members = {} if body is None else {"json": body}
        return self.given(
            Answer(self.client.call(method, path, identity=self.identity, **members)), what
        )

    def new_user(self) -> int:
        """A WordPress user of this run, a subscriber whom no customer has.

        Raises:
            Prerequisite: when the target does not let one be made.
        """
        name = self.fresh("user")
        body = {
            "username": name,
            "email": f"{name}@example.com",
            "password": secrets.token_urlsafe(24),
        }
        exchange = self.client.call("POST", "/wp/v2/users", json=body, identity=self.identity)
        answer = self.given(Answer(exchange), "create a WordPress user")
        user = whole(answer.members.get("id"), "user.id")
        self.journal.created("user", user)
        return user

    def label_order(self, order_id: int, labels: Sequence[int]) -> None:
        """Give an own order labels of the target; they go with the order.

        Raises:
            Prerequisite: when the target does not let it be done.
        """
        body = {"bind_to_type": "Order", "bind_to_id": order_id, "selectedLabels": list(labels)}
        self._set_up("POST", "/labels/update-label-selections", body, "label an order")

    def label_ids(self) -> list[int]:
        """The ids of the target's labels; giving one to an own customer changes no label."""
        answer = self._set_up("GET", "/labels", None, "list the labels")
        return [
            whole(row.get("id"), "label.id")
            for row in member(answer.members, "labels", list, "labels")
        ]
