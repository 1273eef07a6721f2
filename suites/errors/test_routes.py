"""Addresses and methods that do not exist, and the answer every request gets.

orders-api and customers-api: Base URL, Error Responses, Rate Limiting.
"""

from __future__ import annotations

from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.routes import ROUTES
from fluentcart_conformance.drivers.trial import Trial
from fluentcart_conformance.plugin.context import Workbench
from fluentcart_conformance.scenarios import Customer, Shop, requirement
from fluentcart_conformance.target.errors import ReadOnly, UnsafeRequest

# Addresses that nobody documents, of the kind that a typing error makes.
NOWHERE = (
    "/order", "/orders/{order}/nothing", "/orders/{order}/refund/1", "/orders/nothing/at/all",
    "/customer", "/customers/{customer}/nothing", "/customers/{customer}/address/nothing/at/all",
    "/nothing", "/orders/{order}/transactions/{order}/nothing",
)  # fmt: skip


def answer_to(bench: Workbench, method: str, path: str) -> Answer | None:
    """The answer to a bare request; None where the guard holds it back."""
    try:
        return Answer(bench.client.call(method, path))
    except ReadOnly:
        raise
    except UnsafeRequest:
        return None


def filled(template: str, ids: tuple[object, ...]) -> str:
    """A path with its parameters filled."""
    left = iter(ids)
    parts = [str(next(left)) if part.startswith("{") else part for part in template.split("/")]
    return "/".join(parts)


def test_no_address_takes_a_method_that_it_does_not_have(
    shared: Trial, workbench: Workbench
) -> None:
    wrong = {}
    for path in {filled(ROUTES[name][1], ask.ids) for name, ask in shared.asks.items()}:
        answer = answer_to(workbench, "PATCH", path)
        if answer and answer.status not in shared.shop.refusal("request.wrong_method"):
            wrong[f"PATCH {path}"] = answer.excerpt[:100]
    order = shared.stage.open.id
    for method, path in (
        ("GET", f"/orders/{order}/refund"),
        ("GET", f"/orders/{order}/mark-as-paid"),
        ("POST", f"/orders/{order}/statuses"),
        ("POST", f"/orders/{order}/sync-statuses"),
        ("DELETE", f"/orders/{order}/transactions/{shared.stage.open.charge.id}"),
        ("GET", "/orders/calculate-shipping"),
    ):
        answer = answer_to(workbench, method, path)
        if answer and answer.status not in shared.shop.refusal("request.wrong_method"):
            wrong[f"{method} {path}"] = answer.excerpt[:100]
    with requirement("ERR-WRONG-METHOD"):
        assert wrong == {}
    with requirement("ERR-WRONG-METHOD"):
        assert shared.changes() == []


def test_addresses_that_do_not_exist_answer_404(shared: Trial, workbench: Workbench) -> None:
    wrong = {}
    for number, template in enumerate(NOWHERE):
        path = template.replace("{order}", str(shared.stage.open.id))
        path = path.replace("{customer}", str(shared.stage.customer.id))
        method = "POST" if number % 3 == 1 else "GET"
        answer = answer_to(workbench, method, path)
        if answer and answer.status not in shared.shop.refusal("request.unknown_route"):
            wrong[f"{method} {path}"] = answer.excerpt[:100]
    with requirement("ERR-UNKNOWN-ROUTE"):
        assert wrong == {}
    with requirement("ERR-UNKNOWN-ROUTE"):
        assert shared.changes() == []


def test_everything_lives_under_version_2(shop: Shop, workbench: Workbench) -> None:
    for what in ("orders", "customers"):
        answer = Answer(workbench.client.call("GET", f"/fluent-cart/v2/{what}"))
        with requirement("GEN-BASE-PATH"):
            assert answer.status == 200, f"{what}: {answer.excerpt}"
            assert what in str(answer.members.get("data") or answer.members)
        older = Answer(workbench.client.call("GET", f"/fluent-cart/v1/{what}"))
        with requirement("ERR-V1"):
            assert older.status in shop.refusal("request.unknown_route"), older.excerpt


def test_one_customer_is_not_deleted_at_their_own_address(shop: Shop) -> None:
    customer = shop.new_customer()
    before = shop.customer(customer.id)
    answer = Answer(shop.client.call("DELETE", f"/customers/{customer.id}"))
    with requirement("ERR-CUS-NO-DELETE"):
        assert answer.status in shop.refusal("customers.no_delete_route"), answer.excerpt
        assert shop.customer(customer.id).same_as(before), "the customer is still there"


def test_requests_in_quick_succession_are_each_answered(shop: Shop, customer: Customer) -> None:
    answers = [
        shop.send("get_customer", customer.id, replayable=False) for _ in range(10)
    ]  # fmt: skip
    with requirement("GEN-RATE-LIMIT"):
        assert {one.status for one in answers} <= {200, 429}, [one.status for one in answers]
    with requirement("GEN-ANSWERS"):
        read = [shop.customer_in(one).id for one in answers if one.accepted]
        assert read == [customer.id] * len(read)
