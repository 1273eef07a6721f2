"""Two ways to read one thing tell the same, and reading changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.records import Order, Record
from fluentcart_conformance.drivers.values import UnreadableAnswer, whole
from fluentcart_conformance.fuzz.attempt import Subject
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.looks import RESTLESS, Look, look_at
from fluentcart_conformance.fuzz.meant import short, told
from fluentcart_conformance.fuzz.model.kept import FIGURES
from fluentcart_conformance.fuzz.pages import pages
from fluentcart_conformance.fuzz.pool import Pool

Raw = Mapping[str, Any]
_ROWS = 50
# What a row may lack or spell in its own way: clocks, and what hangs on the record.
_LOOSE = (RESTLESS - FIGURES) | {"addresses", "labels", "customer", "config", "formatted_address"}


@dataclass(frozen=True)
class _Shown:
    """What an answer shows of an own object, beside what its details say."""

    requirement: str
    what: str
    shown: Raw
    details: Raw
    exchanges: tuple[Exchange, ...]


class Views:
    """Compares what one reading operation shows with the details of own objects."""

    def __init__(self, pool: Pool, operation: str) -> None:
        self._pool = pool
        self._shop = pool.shop
        self._operation = operation
        self.looked: set[str] = set()

    def breaches(self) -> Iterator[Breach]:
        """What disagrees; a dozen requests at most, none where the operation shows no own object.

        Raises:
            Prerequisite: when there is nothing to look at.
        """
        yield from pages(self._pool, self._operation)
        rule = _RULES.get(self._operation)
        if rule is None:
            return
        orders = self._pool.orders_of_all_sorts()
        subjects = [Subject("customer", self._pool.me.customer.id)]
        subjects += [Subject("order", one.id) for one in orders]
        before = [look_at(self._shop, one) for one in subjects]
        yield from self._agreements(rule, before)
        after = [look_at(self._shop, one) for one in subjects]
        self.looked.add("GEN-READ-KEEPS")
        for was, now in zip(before, after, strict=True):
            changed = was.differences(now)
            if changed:
                yield Breach(
                    "GEN-READ-KEEPS", self._operation, "reading changes",
                    "nothing to change by reading", f"a change at {', '.join(changed[:4])}",
                    f"{self._operation}, and its own objects before and after", now.exchanges,
                )  # fmt: skip
                return

    def _agreements(self, rule: Rule, looks: Sequence[Look]) -> Iterator[Breach]:
        try:
            found = list(rule(self._pool, looks))
        except UnreadableAnswer:  # the judge's
            return
        for one in found:
            self.looked.add(one.requirement)
            name = _disagreement(one.shown, one.details)
            if name:
                yield Breach(
                    one.requirement, self._operation, f"another {name} than the details",
                    f"{name} {short(one.details.get(name))}, as in the details of {one.what}",
                    short(one.shown.get(name)), f"{self._operation}, then the details",
                    one.exchanges,
                )  # fmt: skip
                return


Rule = Callable[[Pool, Sequence[Look]], Iterator[_Shown]]


def _disagreement(shown: Raw, details: Raw) -> str:
    """The first member of both that differs; figures of a customer count, clocks do not."""
    for name in sorted(shown.keys() & details.keys() - _LOOSE):
        one, two = shown[name], details[name]
        if isinstance(one, dict | list) or isinstance(two, dict | list):
            continue
        if not name.endswith(("_at", "_date")) and told(one) != told(two):
            return name
    return ""


def _by_id(rows: Sequence[Raw], look: Look) -> Raw | None:
    """The row about the object of a look; None where it is not among them."""
    wanted = str(look.record.raw.get("id")) if look.record is not None else ""
    return next((row for row in rows if str(row.get("id")) == wanted), None)


def _rows_agree(
    requirements: tuple[str, str], rows: Sequence[Raw], looks: Sequence[Look], answer: Answer
) -> Iterator[_Shown]:
    """`requirements` are broken by a row that differs, and by one that is not there."""
    agrees, complete = requirements
    for look in looks:
        if look.record is None or look.gone:
            continue
        proof = (answer.exchange, *look.exchanges)
        what = f"{look.record.kind} {look.record.raw.get('id')}"
        row = _by_id(rows, look)
        if row is None:
            yield _Shown(complete, what, {"id": "nothing"}, look.record.raw, proof)
        else:
            yield _Shown(agrees, what, row, look.record.raw, proof)


def _orders_of(pool: Pool, looks: Sequence[Look]) -> Iterator[_Shown]:
    shop, number = pool.shop, pool.me.customer.id
    answer = shop.customer_orders(number, shop.wire.customer_orders_query)
    rows = shop.wire.customer_orders(answer.body) if answer.accepted else []
    wanted = [_mine(look, number) for look in looks[1:]]
    yield from _rows_agree(("CUS-ORDERS-AGREE", "CUS-ORDERS-ALL"), rows, wanted, answer)


def _mine(look: Look, number: int) -> Look:
    """The look, if the order still belongs to this customer."""
    mine = look.record is not None and str(look.record.raw.get("customer_id")) == str(number)
    return look if mine else Look(None, ())


def _list_of_orders(pool: Pool, looks: Sequence[Look]) -> Iterator[_Shown]:
    query = {"search": pool.me.customer.email, "per_page": _ROWS}
    answer = pool.shop.list_orders(query)
    rows = [one.raw for one in pool.shop.orders_in(answer).rows] if answer.accepted else []
    wanted = [_mine(look, pool.me.customer.id) for look in looks[1:]]
    yield from _rows_agree(("ORD-DETAILS-LIST-AGREE", "LST-SEARCH-EMAIL"), rows, wanted, answer)


def _list_of_customers(pool: Pool, looks: Sequence[Look]) -> Iterator[_Shown]:
    answer = pool.shop.list_customers({"search": pool.me.customer.email})
    rows = [one.raw for one in pool.shop.customers_in(answer).rows] if answer.accepted else []
    yield from _rows_agree(("CUS-LIST-AGREES", "CUS-LIST-SEARCH-EMAIL"), rows, looks[:1], answer)


def _customer(pool: Pool, looks: Sequence[Look]) -> Iterator[_Shown]:
    """Addresses inside the details are those of the list."""
    answer = pool.shop.get_customer(pool.me.customer.id)
    shown = pool.shop.customer_in(answer).raw.get("addresses") if answer.accepted else None
    listed = looks[0].record.raw.get("addresses") if looks[0].record is not None else None
    if isinstance(shown, list) and isinstance(listed, list):
        ids = [", ".join(sorted(str(row.get("id")) for row in rows)) for rows in (shown, listed)]
        proof = (answer.exchange, *looks[0].exchanges)
        one, two = {"addresses by id": ids[0]}, {"addresses by id": ids[1]}
        yield _Shown("CUS-GET-ADDRESSES-AGREE", "the customer", one, two, proof)


def _through_transactions(pool: Pool, looks: Sequence[Look]) -> Iterator[_Shown]:
    yield from _same_order("TRX-LIST-DETAILS", pool.shop.transactions_of, pool, looks)


def _through_a_transaction(pool: Pool, looks: Sequence[Look]) -> Iterator[_Shown]:
    def ask(order_id: int) -> Answer:
        look = next(one for one in looks if _id(one) == str(order_id))
        charge = Order({} if look.record is None else look.record.raw).charge
        return pool.shop.transaction_of(order_id, charge.id)

    yield from _same_order("TRX-ONE-DETAILS", ask, pool, looks)


def _id(look: Look) -> str:
    return "" if look.record is None else str(look.record.raw.get("id"))


def _same_order(
    requirement: str, ask: Callable[[int], Answer], pool: Pool, looks: Sequence[Look]
) -> Iterator[_Shown]:
    """The whole order, its lines and transactions too, whichever way it is read."""
    for look in looks[1:]:
        if look.record is None or look.gone:
            continue
        answer = ask(Order(look.record.raw).id)
        if not answer.accepted:
            continue
        order = pool.shop.order_in(answer)
        places = Record(dict(order.raw)).differences(look.record, RESTLESS)
        proof = (answer.exchange, *look.exchanges)
        what = f"order {look.record.raw.get('id')}"
        one = dict.fromkeys(places[:1], "another")
        yield _Shown(requirement, what, one, dict.fromkeys(one, "this"), proof)


def _charges(pool: Pool, _: Sequence[Look]) -> Iterator[_Shown]:
    """The charge is the sum of the lines' charges, and the one that the list of methods names."""
    lines, method = pool.lines(), pool.shipping_method
    answer = pool.shop.calculate_shipping(lines, method)
    rows = answer.members.get("order_items") if answer.accepted else None
    if not isinstance(rows, dict) or not all(isinstance(row, dict) for row in rows.values()):
        return
    proof: tuple[Exchange, ...] = (answer.exchange,)
    sent = ", ".join(sorted(f"{one.product.object_id} x {one.quantity}" for one in lines))
    shown = ", ".join(sorted(f"{name} x {row.get('quantity')}" for name, row in rows.items()))
    yield _Shown("SHP-CALC-QUANTITY", "the request", {"lines": shown}, {"lines": sent}, proof)
    charge = answer.members.get("shipping_charge")
    parts = sum(whole(row.get("shipping_charge")) for row in rows.values())
    one = {"shipping_charge": charge}
    yield _Shown("SHP-CALC-SUM", "the lines", one, {"shipping_charge": parts}, proof)
    listed = pool.shop.shipping_methods({"country_code": "US"}, lines)
    every = [row for part in pool.shop.shipping_methods_in(listed) for row in part]
    named = next((row for row in every if str(row.get("id")) == str(method)), None)
    if named is not None:
        two = {"shipping_charge": named.get("shipping_charge")}
        proof = (answer.exchange, listed.exchange)
        yield _Shown("SHP-CALC-METHOD", "the list of methods", one, two, proof)


def _nothing(_pool: Pool, _looks: Sequence[Look]) -> Iterator[_Shown]:
    return iter(())


_RULES: dict[str, Rule] = {
    "list_orders": _list_of_orders,
    "list_customers": _list_of_customers,
    "get_customer": _customer,
    "get_customer_orders": _orders_of,
    "get_customer_stats": _nothing,
    "get_customer_addresses": _nothing,
    "get_order": _nothing,
    "get_order_transactions": _through_transactions,
    "get_order_transaction": _through_a_transaction,
    "calculate_shipping": _charges,
    "get_shipping_methods": _nothing,
    "get_attachable_users": _nothing,
}
