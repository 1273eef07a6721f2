"""Credentials in every form (customers-api: Authentication; the operation pages: Authorization)."""

from __future__ import annotations

import base64

from fluentcart_conformance.plugin.context import Workbench
from fluentcart_conformance.scenarios import Refusals, Scene, Shop, needs, requirement
from fluentcart_conformance.target.identities import SecretText


def _basic(pair: str) -> str:
    return "Basic " + base64.b64encode(pair.encode()).decode("ascii")


MALFORMED = {
    "another scheme": "Bearer abcdefghijklmnop",
    "no base64": "Basic %%%not-base64%%%",
    "no colon": _basic("admin"),
    "nothing after the scheme": "Basic",
    "no user and no password": _basic(":"),
    "bytes that are no text": "Basic //79/A==",
    "empty": "",
}


def test_basic_with_an_application_password_gives_access(shop: Shop, workbench: Workbench) -> None:
    """Whoever was served before shows it."""
    seen = list(workbench.served.values())[:1]
    with requirement("AUT-BASIC", beside=seen):
        if not seen:
            answer = shop.list_customers()
            assert answer.status == 200, answer


@needs("manager_identity")
def test_every_known_user_is_let_in(shop: Shop) -> None:
    """Whoever has some permissions may lack this one, but is no stranger."""
    with requirement("AUT-BASIC"):
        answer = shop.as_("manager").list_orders()
        assert answer.status != 401, answer


def test_the_scheme_may_be_written_in_any_case(shop: Shop, workbench: Workbench) -> None:
    header = workbench.client.identities["admin"].header or ""
    headers = {"Authorization": SecretText(f"bASIC {header.partition(' ')[2]}")}
    with requirement("AUT-CASE-OF-SCHEME"):
        answer = shop.as_("none").send("list_orders", headers=headers)
        assert answer.accepted, answer.status


def test_an_unknown_user_is_refused(shop: Shop, refused: Refusals[Scene]) -> None:
    header = _basic(f"{shop.fresh('nobody')}:not a password of anybody")
    for operation in ("get_customer", "update_order"):
        refused.must_refuse(
            "AUT-UNKNOWN-USER",
            send=lambda scene, name=operation: scene.send(
                name, identity="none", headers={"Authorization": header}
            ),
            statuses=shop.refusal("auth.bad_credentials"),
            what=operation,
            keeps=False,
        )


def test_a_malformed_header_is_refused(shop: Shop, refused: Refusals[Scene]) -> None:
    customer = refused.stage.stage.customer
    for form, header in MALFORMED.items():
        nobody = shop.as_("none")
        answer = nobody.send("get_customer", customer.id, headers={"Authorization": header})
        with requirement("AUT-MALFORMED"):
            assert answer.status in shop.refusal("auth.bad_credentials"), f"{form}: {answer}"
        with requirement("AUT-NO-DATA"):
            text = answer.exchange.response_body.decode("utf-8", "replace")
            assert customer.email not in text, f"{form}: the answer shows the customer"
