"""Look at a target before touching it: only reads, a dozen requests, and a clear message if not.

Order: is there a store; may the administrator read it; what do the other identities get; which
profile; what can be ordered; what else is there.
"""

from __future__ import annotations

import statistics
from typing import Any

from ..contract.exchange import Exchange
from . import detect
from .capabilities import capabilities_of
from .client import StoreClient
from .errors import (
    ConfigError,
    CredentialsRefusedError,
    LiveShopError,
    NoAnswerError,
)
from .identities import ADMIN, LOW, MANAGER, NONE, WRONG
from .reach import find_store
from .report import Capability, TargetReport
from .settings import Product, Settings

# About so many requests are sent by the scenarios and by each level of fuzzing; only for the
# estimate of a run's duration.
SCENARIO_REQUESTS = 2500
FUZZING_REQUESTS = {"smoke": 400, "default": 2500, "deep": 12000}
DETAILS = 3
UNAUTHORIZED = 401
FORBIDDEN = 403
OK = 200

__all__ = ["Capability", "Preflight", "TargetReport", "preflight"]


def preflight(settings: Settings) -> TargetReport:
    """Look at the target of `settings` (with a base_url) and report.

    Raises TargetUnreachableError, NotAStoreError, CredentialsRefusedError, LiveShopError,
    ConfigError; each is one line for the operator and carries the exit code.
    """
    client = StoreClient(settings)
    try:
        return Preflight(client).look()
    finally:
        client.close()


class Preflight:
    """One look at a target through `client`."""

    def __init__(self, client: StoreClient) -> None:
        self._client = client
        self._settings = client.settings
        self._times: list[float] = []
        self._notes: list[str] = []

    def look(self) -> TargetReport:
        """Send the probes and report."""
        settings = self._settings
        if settings.base_url is None:
            raise ConfigError("preflight needs a base_url")
        found = find_store(self._client)
        self._times.append(found.elapsed_ms)
        orders = self._admin_reads(found)
        report = TargetReport(
            settings.base_url,
            self._client.root,
            loopback=settings.loopback,
            embedded=settings.embedded,
            writes=settings.writes_allowed,
            destructive=settings.destructive_allowed,
        )
        report.identities = self._identities()
        index = self._ask("")
        routes = detect.routes_in(index)
        details = self._details(orders)
        self._profile(report, orders, details, routes)
        self._store_settings(report, orders, routes)
        self._products(report, details)
        self._rest(report, routes)
        self._check_live(report)
        report.requests = self._client.requests
        report.latency_ms = round(statistics.median(self._times), 1)
        report.expected_seconds = round(self._expected(report.latency_ms), 1)
        report.notes = self._notes
        return report

    # -- probes --------------------------------------------------------------------------------

    def _get(self, path: str, identity: str = ADMIN, **query: Any) -> Exchange | None:
        """One probe; None, with a note, when nobody answered it."""
        try:
            exchange = self._client.call("GET", path, identity=identity, query=query)
        except NoAnswerError as error:
            self._notes.append(f"GET {path or '/'}: {error}")
            return None
        self._times.append(exchange.elapsed_ms)
        return exchange

    def _ask(self, path: str, identity: str = ADMIN, **query: Any) -> Any:
        """The JSON value of a 200 answer; None for anything else."""
        exchange = self._get(path, identity, **query)
        if exchange is None or exchange.status != OK:
            return None
        answer = exchange.answer
        return answer.value if answer.ok else None

    def _admin_reads(self, exchange: Exchange) -> Any:
        """The orders list as JSON, once the administrator may see it."""
        if exchange.identity == NONE:
            raise CredentialsRefusedError(
                "there is a store, but no credentials to read it; set FLUENTCART_USER and "
                "FLUENTCART_APP_PASSWORD (a WordPress application password)"
            )
        if exchange.status == UNAUTHORIZED:
            raise CredentialsRefusedError(
                "the store refuses FLUENTCART_USER and FLUENTCART_APP_PASSWORD (401); it must be "
                "an application password, and the server must pass the Authorization header on"
            )
        if exchange.status == FORBIDDEN:
            raise CredentialsRefusedError(
                "the user of FLUENTCART_USER may not read orders (403); use an administrator"
            )
        answer = exchange.answer
        if exchange.status != OK or not answer.ok:
            said = answer.problem or f"status {exchange.status}"
            self._notes.append(f"the list of orders cannot be read ({said})")
            return None
        return answer.value

    def _identities(self) -> dict[str, str]:
        """What each identity may do, in words."""
        found = {ADMIN: "may read orders"}
        for name in (LOW, MANAGER, WRONG):
            if name not in self._client.identities:
                continue
            exchange = self._get("/orders", name, per_page=1)
            status = exchange.status if exchange else 0
            found[name] = _MAY.get(status, f"gets status {status}")
            if name == WRONG and status == OK:
                self._notes.append("a wrong password reads orders: authentication does not work")
        return found

    def _details(self, orders: Any) -> list[Any]:
        """The details of the newest order and of the newest of each kind, as answered."""
        rows = detect.orders_in(orders)
        newest: dict[str, Any] = {}
        for row in rows:
            newest.setdefault(str(row.get("fulfillment_type")), row.get("id"))
        wanted = [detect.integer(one) for one in newest.values()]
        ids = [one for one in dict.fromkeys(wanted) if one is not None]
        found: list[Any] = []
        kinds: set[str] = set()
        for number in ids[:DETAILS]:
            body = self._ask(f"/orders/{number}")
            found.append(body)
            kinds |= {one.fulfillment_type for one in detect.products_in(detect.order_in(body))}
            if {"digital", "physical"} <= kinds or self._settings.products:
                break
        return found

    # -- conclusions ---------------------------------------------------------------------------

    def _profile(
        self, report: TargetReport, orders: Any, details: list[Any], routes: frozenset[str]
    ) -> None:
        customers = self._ask("/customers", per_page=1)
        bare = isinstance(detect.dig(customers, "customers", "data"), list)
        plugins = self._ask("/wp/v2/plugins") if bare else None
        report.version = detect.version_in(plugins)
        report.software = "FluentCart" if bare else ""
        if self._settings.profile != "auto":
            report.profile, report.profile_reason = self._settings.profile, "set by the operator"
            return
        first = next((one for one in details if isinstance(one, dict)), None)
        signs = detect.Signs(customers, orders, first, routes, report.version)
        report.profile, report.profile_reason = detect.profile_of(signs)

    def _store_settings(self, report: TargetReport, orders: Any, routes: frozenset[str]) -> None:
        """Currency, mode and the form of names: from the store's settings, else from orders."""
        rows = detect.orders_in(orders)
        newest = rows[0] if rows else {}
        report.currency = detect.plain(newest.get("currency"), 8)
        report.mode = detect.plain(newest.get("mode"), 8)
        fields = None
        if _has(routes, "/settings/store"):
            store = detect.dig(self._ask("/settings/store"), "settings")
            report.currency = detect.plain(detect.dig(store, "currency"), 8) or report.currency
            report.mode = detect.plain(detect.dig(store, "order_mode"), 8) or report.mode
        if _has(routes, "/checkout-fields/get-fields") and self._settings.full_name == "auto":
            fields = self._ask("/checkout-fields/get-fields")
        report.full_name_mode, report.full_name_reason = detect.full_name_of(
            self._settings.full_name, fields, report.profile
        )

    def _products(self, report: TargetReport, details: list[Any]) -> None:
        if self._settings.products:
            report.products = tuple(self._settings.products)
            report.products_source = "from the settings"
            return
        found: dict[tuple[int, int], Product] = {}
        for body in details:
            for product in detect.products_in(detect.order_in(body)):
                found.setdefault((product.post_id, product.object_id), product)
        report.products = tuple(found.values())
        report.products_source = "seen in existing orders" if found else "seen"

    def _rest(self, report: TargetReport, routes: frozenset[str]) -> None:
        """Shipping methods, the administrator's WordPress user, and the capabilities."""
        methods = detect.shipping_methods_in(self._ask("/orders/shipping_methods"))
        report.shipping_methods = tuple(methods)
        labels = detect.dig(self._ask("/labels"), "labels")
        report.labels = len(labels) if isinstance(labels, list) else 0
        me = self._ask("/wp/v2/users/me", context="edit")
        report.admin_user_id = detect.integer(detect.dig(me, "id"))
        report.capabilities = capabilities_of(self._settings, report, routes, me)

    def _check_live(self, report: TargetReport) -> None:
        known = self._settings.i_know_this_is_live or report.embedded
        if report.mode == "live" and report.writes and not known:
            raise LiveShopError(
                f"{report.base_url} is a shop in live mode: real customers and money; use a "
                "staging site, or --i-know-this-is-live, or --read-only"
            )
        if not report.writes:
            self._notes.append("this run only reads; --allow-writes lets it create its own objects")

    def _expected(self, latency_ms: float) -> float:
        workers = max(1, self._settings.workers)
        requests = SCENARIO_REQUESTS
        if self._settings.fuzz_examples != 0 and self._settings.fuzz_requests != 0:
            requests += FUZZING_REQUESTS[self._settings.fuzz]
        seconds = requests * latency_ms / 1000 / workers
        if self._settings.rate:
            seconds = max(seconds, requests / self._settings.rate)
        return seconds


_MAY = {
    OK: "may read orders",
    UNAUTHORIZED: "is not let in (401)",
    FORBIDDEN: "is let in, but may not read orders (403)",
    0: "got no answer",
}


def _has(routes: frozenset[str], path: str) -> bool:
    return any(route.endswith(path) for route in routes)
