"""What a target has that some requirements need; the operator's word goes before what was seen."""

from __future__ import annotations

from typing import Any

from .detect import DOCUMENTED, dig
from .identities import LOW, MANAGER
from .report import Capability, TargetReport
from .settings import Settings

_UNSEEN = "cannot be seen from outside; say --capability {name} if the target has it"


def capabilities_of(
    settings: Settings, report: TargetReport, routes: frozenset[str], me: Any
) -> dict[str, Capability]:
    """Every capability by name, from the preflight's findings so far."""
    found = {
        "low_identity": _low(report),
        "manager_identity": Capability(
            MANAGER in report.identities,
            report.identities.get(MANAGER, "FLUENTCART_MANAGER_USER is not set"),
        ),
        "products": _products(report),
        "products_api": _route(routes, "/products", "products can be created over the API"),
        "shipping_methods": _shipping(report, routes),
        "wp_users": _users(settings, report, me),
        "labels": _labels(report, routes),
        "coupons": _route(routes, "/coupons", "coupons can be created over the API"),
    }
    for name in ("subscriptions", "pro_licences", "live_gateway"):
        # Optional features of a store: not having them is no missing prerequisite.
        found[name] = Capability(False, _UNSEEN.format(name=name), declared=True)
    for name, present in settings.capabilities.items():
        found[name] = Capability(present, "said by the operator", declared=True)
    return found


def _low(report: TargetReport) -> Capability:
    words = report.identities.get(LOW)
    if words is None:
        return Capability(False, "FLUENTCART_LOW_USER is not set")
    if "may read" in words:
        return Capability(False, "the user of FLUENTCART_LOW_USER has permissions in the store")
    if "401" in words and report.profile != DOCUMENTED:
        return Capability(False, "the store refuses the credentials of FLUENTCART_LOW_USER")
    return Capability(True, words)


def _products(report: TargetReport) -> Capability:
    if report.products:
        return Capability(True, f"{len(report.products)} {report.products_source}")
    return Capability(False, "none in the settings, none seen in orders")


def _route(routes: frozenset[str], path: str, words: str) -> Capability:
    if any(route.endswith(path) for route in routes):
        return Capability(True, words)
    return Capability(False, f"the API's index names no route {path}")


def _shipping(report: TargetReport, routes: frozenset[str]) -> Capability:
    if report.shipping_methods:
        return Capability(True, f"{len(report.shipping_methods)} shipping methods listed")
    return _route(routes, "/shipping/methods", "shipping methods can be created over the API")


def _labels(report: TargetReport, routes: frozenset[str]) -> Capability:
    """Only labels that are there: the plugin lets one be made, and has no way to delete it."""
    route = _route(routes, "/labels", f"{report.labels} labels listed")
    if route.present and not report.labels:
        words = "the store has no label, and the run makes none, because none can be deleted"
        return Capability(False, words, declared=True)
    return route


def _users(settings: Settings, report: TargetReport, me: Any) -> Capability:
    if settings.attachable_users:
        return Capability(True, "users to attach are in the settings")
    rights = dig(me, "capabilities")
    if isinstance(rights, dict) and rights.get("create_users") and rights.get("delete_users"):
        return Capability(True, "the administrator may create and delete WordPress users")
    if report.embedded and report.admin_user_id:
        return Capability(True, "the embedded store has WordPress users")
    return Capability(False, "WordPress users cannot be created over REST; set attachable_users")
