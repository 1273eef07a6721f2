"""What scenarios need besides customers and orders, made over routes beyond the documented ones."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
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
