"""Make products of the run's own where the target has a products API, so that nobody's stock moves.

The form is the plugin's: `POST /products`, then `POST /products/variants/{id}` with the price as a
decimal amount (25.00), which the store keeps in cents.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from ..target.client import StoreClient
from ..target.detect import DOCUMENTED, dig, integer
from ..target.errors import NoAnswerError
from ..target.report import Capability, TargetReport
from ..target.settings import Product, Settings
from .guard import Guard
from .journal import Journal
from .observe import Observer
from .search import newest_log_line

_SUCCESS = range(200, 300)
Kind = Literal["digital", "physical"]
# What scenarios order: kind and price in cents.
WANTED: tuple[tuple[Kind, int], ...] = (("digital", 2500), ("physical", 4000), ("digital", 1000))


def provided(settings: Settings, report: TargetReport, journal: Journal) -> TargetReport:
    """`provide_products` and `try_names` with a guarded client of its own.

    Before the first write it is noted where the store's activity log stands.
    """
    client = StoreClient(settings, report.root)
    client.guard = Guard(journal, settings)
    client.observer = Observer(journal)
    try:
        if report.writes and not report.embedded:
            newest = newest_log_line(client)
            if newest is not None:
                journal.log_begins(after=newest)
        return try_names(client, journal, provide_products(client, journal, report))
    finally:
        client.close()


def try_names(client: StoreClient, journal: Journal, report: TargetReport) -> TargetReport:
    """The report with the form of names that the store takes, where only trying can tell.

    A store by the documents asks for first_name or, in full-name mode, for full_name; nothing that
    can be read says which. One customer of the run's own is created with the usual form; only when
    that is refused and the other form is not, the store is in full-name mode.
    """
    guessed = report.profile == DOCUMENTED and client.settings.full_name == "auto"
    if not guessed or report.full_name_mode or not report.writes:
        return report
    for names in ({"first_name": "Ann", "last_name": "Example"}, {"full_name": "Ann Example"}):
        if _post(client, "/customers", {"email": journal.email("name"), **names}) is not None:
            full = "full_name" in names
            reason = "it takes " + " and ".join(names)
            return replace(report, full_name_mode=full, full_name_reason=reason)
    return report


def provide_products(client: StoreClient, journal: Journal, report: TargetReport) -> TargetReport:
    """The report with products made by this run, when that is possible and none are set.

    Products from the operator's settings stay; without a products API, without leave to write, or
    when a creation fails, the products seen in existing orders stay.
    """
    api = report.capabilities.get("products_api")
    if client.settings.products or not report.writes:
        return report
    if report.embedded and report.products:
        # Nobody's stock is moved there, and every run would pay for the creation.
        return report
    if api is None or not api.present:
        return report
    made: list[Product] = []
    for kind, price in WANTED:
        product = _create(client, journal, kind, price)
        if product is None:
            note = f"no {kind} product could be created; using those {report.products_source}"
            return replace(report, notes=[*report.notes, note])
        made.append(product)
    source = "made by this run"
    capabilities = {**report.capabilities, "products": Capability(True, f"{len(made)} {source}")}
    return replace(report, products=tuple(made), products_source=source, capabilities=capabilities)


def _create(client: StoreClient, journal: Journal, kind: Kind, price: int) -> Product | None:
    title = journal.title(f"{kind} product {price}")
    detail = {"fulfillment_type": kind, "variation_type": "simple"}
    body = _post(
        client, "/products", {"post_title": title, "post_status": "publish", "detail": detail}
    )
    post_id = integer(dig(body, "data", "ID"))
    if post_id is None:
        return None
    journal.created("product", post_id)
    variation = integer(dig(body, "data", "variant", "id"))
    if variation is None:
        return None
    journal.learn_part("variation", [variation])
    variant = _variant(variation, post_id, title, kind, price)
    if _post(client, f"/products/variants/{variation}", {"variants": variant}) is None:
        return None
    return Product(
        post_id=post_id, object_id=variation, unit_price=price, fulfillment_type=kind, title=title
    )


def _variant(variation: int, post_id: int, title: str, kind: Kind, price: int) -> dict[str, Any]:
    return {
        "id": variation,
        "post_id": post_id,
        "variation_title": title,
        "item_price": price / 100,
        "total_stock": 1,
        "available": 1,
        "committed": 0,
        "on_hold": 0,
        "fulfillment_type": kind,
        "stock_status": "in-stock",
        "manage_stock": 0,
        "other_info": {
            "payment_type": "onetime",
            "times": "",
            "repeat_interval": "",
            "trial_days": "",
            "billing_summary": "",
            "manage_setup_fee": "no",
            "signup_fee_name": "",
            "signup_fee": "",
            "setup_fee_per_item": "no",
        },
    }


def _post(client: StoreClient, path: str, body: dict[str, Any]) -> Any:
    """The JSON value of a successful answer; None otherwise."""
    try:
        exchange = client.call("POST", path, json=body)
    except NoAnswerError:
        return None
    return exchange.answer.value if exchange.status in _SUCCESS else None
