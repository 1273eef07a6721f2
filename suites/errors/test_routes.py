"""Addresses and methods that do not exist (orders-api and customers-api: Base URL, Errors)."""

from __future__ import annotations

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.plugin.context import Workbench
from fluentcart_conformance.scenarios import Refusals, Scene, Shop, requirement

# Methods that documented addresses do not have: some look like another documented address.
NO_METHOD = (
    ("PATCH", "/orders/{order}/statuses"), ("POST", "/orders/{order}/sync-statuses"),
    ("PUT", "/customers/do-bulk-action"), ("GET", "/orders/calculate-shipping"),
)  # fmt: skip
# Addresses that nobody documents, of the kind that a typing error makes.
NOWHERE = (
    ("GET", "/order"), ("POST", "/orders/{order}/refund/1"),
    ("GET", "/customers/{customer}/nothing"),
)  # fmt: skip


def bare(scene: Scene, method: str, template: str) -> Answer:
    """The answer to a bare request to an address with the ids of the stage."""
    stage = scene.stage
    path = template.format(
        order=stage.open.id, customer=stage.customer.id, charge=stage.open.charge.id
    )
    return Answer(scene.shop.client.call(method, path))


def test_what_nobody_documents_is_not_there(refused: Refusals[Scene]) -> None:
    groups: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
        ("ERR-WRONG-METHOD", "request.wrong_method", NO_METHOD),
        ("ERR-UNKNOWN-ROUTE", "request.unknown_route", NOWHERE),
        ("ERR-CUS-NO-DELETE", "customers.no_delete_route", (("DELETE", "/customers/{customer}"),)),
    )
    for law, key, requests in groups:
        for method, path in requests:
            refused.must_refuse(
                law,
                send=lambda scene, how=method, where=path: bare(scene, how, where),
                statuses=refused.shop.refusal(key),
                what=f"{method} {path}",
            )
    refused.nothing_changed("ERR-WRONG-METHOD", "ERR-UNKNOWN-ROUTE", "ERR-CUS-NO-DELETE")


def test_everything_lives_under_version_2(shop: Shop, workbench: Workbench) -> None:
    for what in ("orders", "customers"):
        answer = Answer(workbench.client.call("GET", f"/fluent-cart/v2/{what}"))
        with requirement("GEN-BASE-PATH"):
            assert answer.status == 200, f"{what}: {answer.excerpt}"
            assert what in str(answer.members.get("data") or answer.members)
    older = Answer(workbench.client.call("GET", "/fluent-cart/v1/orders"))
    with requirement("ERR-V1"):
        assert older.status in shop.refusal("request.unknown_route"), older.excerpt
