"""Credentials in every form (customers-api: Authentication; the operation pages: Authorization)."""

from __future__ import annotations

import base64

import pytest

from fluentcart_conformance.plugin.context import Workbench
from fluentcart_conformance.scenarios import Customer, Shop, needs, requirement
from fluentcart_conformance.target.identities import SecretText


def _basic(pair: str) -> str:
    return "Basic " + base64.b64encode(pair.encode()).decode("ascii")


MALFORMED = {
    "another scheme": "Bearer abcdefghijklmnop",
    "digest": 'Digest username="admin", realm="shop", nonce="1", uri="/", response="x"',
    "no base64": "Basic %%%not-base64%%%",
    "no colon": _basic("admin"),
    "nothing after the scheme": "Basic",
    "no user and no password": _basic(":"),
    "bytes that are no text": "Basic //79/A==",
    "empty": "",
}


def test_basic_with_an_application_password_gives_access(shop: Shop, customer: Customer) -> None:
    answers = (shop.list_orders(), shop.list_customers(), shop.get_customer(customer.id))
    for answer in answers:
        with requirement("AUT-BASIC"):
            assert answer.status == 200, answer


@needs("manager_identity")
def test_every_known_user_is_let_in(shop: Shop) -> None:
    """Whoever has some permissions is not taken for a stranger everywhere."""
    manager = shop.as_("manager")
    statuses = [manager.list_orders().status, manager.list_customers().status]
    with requirement("AUT-BASIC"):
        assert set(statuses) != {401}, f"orders and customers answer {statuses}"


def test_the_scheme_may_be_written_in_any_case(shop: Shop, workbench: Workbench) -> None:
    header = workbench.client.identities["admin"].header or ""
    token = header.partition(" ")[2]
    for scheme in ("basic", "BASIC"):
        headers = {"Authorization": SecretText(f"{scheme} {token}")}
        answer = shop.as_("none").send("list_orders", headers=headers)
        with requirement("AUT-CASE-OF-SCHEME"):
            assert answer.accepted, f"scheme {scheme}: {answer.status}"


def test_an_unknown_user_is_refused(shop: Shop, customer: Customer) -> None:
    nobody = shop.as_("none")
    headers = {"Authorization": _basic(f"{shop.fresh('nobody')}:not a password of anybody")}
    answers = (
        nobody.send("list_orders", headers=headers),
        nobody.send("get_customer", customer.id, headers=headers),
        nobody.send("update_customer", customer.id, headers=headers, json={"first_name": "X"}),
    )
    for answer in answers:
        with requirement("AUT-UNKNOWN-USER"):
            assert answer.status in shop.refusal("auth.bad_credentials"), answer
    with requirement("AUT-NO-EFFECT"):
        assert shop.customer(customer.id).first_name == customer.first_name


@pytest.mark.parametrize("form", MALFORMED)
def test_a_malformed_header_is_refused(shop: Shop, customer: Customer, form: str) -> None:
    nobody = shop.as_("none")
    headers = {"Authorization": MALFORMED[form]}
    answers = (
        nobody.send("list_customers", headers=headers),
        nobody.send("get_customer", customer.id, headers=headers),
    )
    for answer in answers:
        with requirement("AUT-MALFORMED"):
            assert answer.status in shop.refusal("auth.bad_credentials"), f"{form}: {answer}"
        with requirement("AUT-NO-DATA"):
            text = answer.exchange.response_body.decode("utf-8", "replace")
            assert customer.email not in text, f"{form}: the answer shows the customer"
