"""Steps with several orders at once, and looks at lists and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from fluentcart_conformance.drivers.values import UnreadableAnswer
from fluentcart_conformance.fuzz.model.compare import Mismatch
from fluentcart_conformance.fuzz.model.order_steps import OrderSteps
from fluentcart_conformance.fuzz.model.picture import CustomerPicture, OrderPicture

# Every how manieth bulk action also names an order that does not exist.
_MIXED_EVERY = 4
_absent = count(10**12 + 3 * 10**9)


class ShopSteps(OrderSteps):
    """Everything the walk can do."""

    def set_status_of_several(self, first: int, second: int, status: str) -> None:
        """Bulk: change the status of two orders; those that cannot are left alone."""
        self._bulk(
            "set status of several", first, second, "change_order_status",
            lambda one: one.may_become(status),
            lambda one: setattr(one, "status", status),
            status=status,
        )  # fmt: skip

    def ship_several(self, first: int, second: int, status: str) -> None:
        """Bulk: change the shipping status of two orders that are shipped."""
        self._bulk(
            "ship several", first, second, "change_shipping_status",
            lambda one: one.shipping_status != status,
            lambda one: setattr(one, "shipping_status", status),
            lambda one: not one.digital,
            status=status,
        )  # fmt: skip

    def delete_several(self, first: int, second: int) -> None:
        """Bulk: delete two orders."""
        chosen = self._chosen(first, second)
        if not chosen:
            return
        self.begin("delete several", first=first, second=second)
        answer = self.shop.bulk_orders("delete_orders", [one.id for one in chosen])
        if self.settle("delete several", answer, right=None):
            for one in chosen:
                # A paid order of a live shop may stay: then it is still there as it was.
                one.gone = self.shop.get_order(one.id).status == 404
                if one.gone:
                    self.shop.journal.removed("order", one.id)
                elif one.payment_status == "pending":
                    self.diverge(
                        "BLK-ORD-DELETE", "delete several: still there", "no such order", "it"
                    )
        buyers = {one.buyer: self.customer(one.buyer) for one in chosen}
        self._figures_followed("ORD-DELETE-CUSTOMER-FIGURES", list(buyers.values()))
        self._look_at_all("delete several", chosen)

    def _bulk(  # noqa: PLR0917  (two callers, side by side)
        self,
        do: str,
        first: int,
        second: int,
        action: str,
        may: Callable[[OrderPicture], bool],
        done: Callable[[OrderPicture], None],
        fits: Callable[[OrderPicture], bool] | None = None,
        *,
        status: str,
    ) -> None:
        chosen = self._chosen(first, second, fits)
        if not chosen:
            return
        self.begin(do, first=first, second=second, status=status)
        ids = [one.id for one in chosen] * (2 if first == second else 1)
        mixed = (first + second) % _MIXED_EVERY == 0
        answer = self.shop.bulk_orders(
            action, [*ids, next(_absent)] if mixed else ids, new_status=status
        )
        able = [one for one in chosen if may(one)]
        if len(able) == len(chosen) and first == second and answer.refused and not mixed:
            # One order named twice; alone it would be done.
            self.diverge(
                "BLK-ORD-DUPLICATE-IDS", f"{do}: twice", "one change", answer.excerpt[:160]
            )
            return
        right = True if len(able) == len(chosen) and not mixed else None
        if self.settle(do, answer, right=right):
            for one in able:
                done(one)
        self._look_at_all(do, chosen)

    def _chosen(
        self, first: int, second: int, fits: Callable[[OrderPicture], bool] | None = None
    ) -> list[OrderPicture]:
        found = [self.an_order(first, fits), self.an_order(second, fits)]
        return list({one.number: one for one in found if one is not None}.values())

    def _look_at_all(self, do: str, chosen: list[OrderPicture]) -> None:
        for one in chosen:
            self.check_order(do, one)
        self.check_bystander(do, *chosen)

    # -- looks -------------------------------------------------------------------------------

    def look_at_figures(self, customer: int) -> None:
        """The figures of a customer follow from their orders."""
        picture = self.a_customer(customer)
        if picture is None:
            return
        self.begin("look at figures", customer=customer)
        self._figures_followed("CUS-STATS-COUNT", [picture])

    def look_up_customer(self, customer: int) -> None:
        """A customer's row in the list says what their details say."""
        picture = self.a_customer(customer)
        if picture is None:
            return
        self.begin("look up customer", customer=customer)
        page = self.shop.customers({"search": picture.email})
        details = self.shop.customer(picture.id)
        for row in page.rows:
            if row.id != picture.id:
                continue
            for name in _FIGURES:
                one, two = row.raw.get(name), details.raw.get(name)
                if one not in (None, "") and two not in (None, "") and str(one) != str(two):
                    self.diverge(
                        "CUS-LIST-AGREES",
                        f"row: {name}",
                        f"{name} {two} as in the details",
                        f"{one}",
                    )

    def look_at_orders_of(self, customer: int) -> None:
        """The orders of a customer are listed, and no others."""
        picture = self.a_customer(customer)
        if picture is None:
            return
        self.begin("look at orders of", customer=customer)
        shown = sorted(one.id for one in self.shop.orders_of(picture.id))
        self._same_ids("CUS-ORDERS-OWN", "orders of a customer", picture, shown)

    def search(self, customer: int) -> None:
        """A search for a customer's e-mail finds their orders; the rows agree with the picture."""
        picture = self.a_customer(customer)
        if picture is None:
            return
        self.begin("search", customer=customer)
        page = self.shop.orders({"search": picture.email, "per_page": 50})
        shown = sorted(one.id for one in page.rows)
        self._same_ids("LST-SEARCH-EMAIL", "search by e-mail", picture, shown)
        by_id = {one.id: one for one in self.orders_of(picture)}
        for row in page.rows:
            known = by_id.get(row.id)
            for member, wanted, got in _differences(known, row) if known is not None else ():
                self.diverge(
                    "ORD-DETAILS-LIST-AGREE",
                    "search: a row",
                    f"{member} {wanted}",
                    f"{got}",
                    member,
                )

    def filter_by_status(self, status: str) -> None:
        """A list of one status shows this walk's orders of that status, and only those."""
        if not self.living_orders():
            return
        self.begin("filter by status", status=status)
        ids = [one.id for one in self.living_orders()]
        query = {"search": f"status = {status}", "per_page": 100, "sort_type": "desc"}
        page = self.shop.orders(query)
        shown = {row.id for row in page.rows} & set(ids)
        wrong = [row.id for row in page.rows if row.status != status]
        want = {one.id for one in self.living_orders() if one.status == status}
        if wrong:
            self.diverge("LST-SEARCH-STATUS", "filter: other status", status, f"ids {wrong[:3]}")
        if shown != want and page.total <= len(page.rows):
            self.diverge("LST-SEARCH-STATUS", "filter: rows", f"{sorted(want)}", f"{sorted(shown)}")

    def _same_ids(
        self, requirement: str, what: str, picture: CustomerPicture, shown: list[int]
    ) -> None:
        want = sorted(one.id for one in self.orders_of(picture))
        if shown[-10:] != want[-10:]:
            self.diverge(requirement, what, f"orders {want}", f"orders {shown}")


_FIGURES = (
    "email", "first_name", "last_name", "status", "total_spent", "order_count", "purchase_count",
    "ltv", "aov",
)  # fmt: skip


def _differences(known: OrderPicture, row: Any) -> Iterator[Mismatch]:
    """What a row of the list says otherwise than the picture; not what is known to be wrong."""
    try:
        rows = (
            ("status", known.status, row.status),
            ("payment_status", known.payment_status, row.payment_status),
            ("total_amount", known.total, row.total_amount),
            ("total_paid", known.paid, row.total_paid),
            ("total_refund", known.refunded, row.total_refund),
        )
    except UnreadableAnswer:
        return
    yield from (one for one in rows if one[1] != one[2] and one[0] not in known.blind)
