"""What every action stands on: fresh names, products, what a profile allows, prerequisites."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from fluentcart_conformance.contract import load_requirements
from fluentcart_conformance.contract.profile import Profile
from fluentcart_conformance.drivers.core import Prerequisite
from fluentcart_conformance.drivers.shop import Coupon, Product, ShippingMethod

from .fake import DIGITAL, OTHER, PHYSICAL, answer, bench

REFUSALS = {
    "order.unknown": {
        "status": [404, "400"],
        "code": ["gone"],
        "by_operation": {"create_and_change_customer": {"status": [422]}},
    },
    "plain": {"status": [423]},
}


def with_refusals() -> Any:
    return replace(bench().shop, profile=Profile(name="documented", refusals=REFUSALS))


def test_a_fresh_text_is_of_the_run_and_new() -> None:
    shop = bench().shop
    first, second = shop.fresh("crowd"), shop.fresh()

    assert re.fullmatch(r"fct-t-acrowd\d+", first)
    assert re.fullmatch(r"fct-t-ax\d+", second)
    assert len({shop.fresh() for _ in range(20)}) == 20
    assert int(second[8:]) == int(first[12:]) + 1
    assert re.fullmatch(r"fct-t-ac\d+@example\.com", shop.fresh_email())
    assert re.fullmatch(r"fct-t-anew\d+@example\.com", shop.fresh_email("new"))


def test_a_product_is_chosen_by_kind_and_place() -> None:
    shop = bench().shop

    assert shop.product() is DIGITAL
    assert shop.product(index=1) is PHYSICAL
    assert shop.product(index=3) is DIGITAL
    assert shop.product("digital", 1) is OTHER
    assert shop.product("physical", 5) is PHYSICAL
    with pytest.raises(Prerequisite) as caught:
        shop.product("frozen")
    assert str(caught.value) == "the target offers no frozen product that can be ordered"
    with pytest.raises(Prerequisite, match="offers no any kind of product"):
        replace(shop, products=()).product()


def test_what_a_profile_allows_as_a_refusal() -> None:
    shop = with_refusals()

    assert shop.refusal("order.unknown") == (404, 400)
    assert shop.refusal("order.unknown", "get_order") == (404, 400)
    assert shop.refusal("order.unknown", "create_and_change_customer") == (422,)
    assert shop.refusal("plain", "get_order") == (423,)
    assert shop.refusal_codes("order.unknown") == ("gone",)
    assert shop.refusal_codes("order.unknown", "get_order") == ("gone",)
    assert shop.refusal_codes("order.unknown", "create_and_change_customer") == ()
    assert shop.refusal_codes("plain", "get_order") == ()
    with pytest.raises(KeyError):
        shop.refusal("nothing")


def test_what_a_profile_has_no_form_for() -> None:
    absent = bench("fluentcart-1.3").shop.absent

    assert absent
    known = load_requirements()
    assert all("fluentcart-1.3" in known[one].absent for one in absent)
    assert bench().shop.absent == {one.id for one in known.values() if "documented" in one.absent}


def test_what_was_not_done_ends_the_scenario() -> None:
    shop = bench().shop
    fine = answer({"a": 1})

    assert shop.given(fine, "do it") is fine
    with pytest.raises(Prerequisite, match=r"^could not do it: GET https://.* -> 500 "):
        shop.given(answer({}, 500), "do it")


def test_a_coupon_is_made_and_noted() -> None:
    made = bench("documented", {"data": {"id": "4"}})

    coupon = made.shop.new_coupon(25)

    sent = made.client.last
    body = sent.more["json"]
    assert (sent.method, sent.path, sent.identity) == ("POST", "/coupons", "admin")
    assert re.fullmatch(r"FCT-T-ACOUPON\d+", coupon.code)
    assert coupon == Coupon(4, body["code"], 25)
    assert body == {
        "title": coupon.code,
        "code": coupon.code,
        "type": "percentage",
        "amount": 25,
        "status": "active",
        "stackable": "no",
        "show_on_checkout": "no",
        "notes": "",
        "priority": 1,
        "conditions": {},
        "start_date": None,
        "end_date": None,
    }
    assert made.notes.made == [("coupon", 4)]
    assert coupon.applied(150) == {
        "coupon_id": 4,
        "code": coupon.code,
        "discounted_amount": 150,
        "stackable": 0,
    }


def test_a_coupon_takes_a_tenth_unless_told_otherwise() -> None:
    assert bench("documented", {"data": {"id": 4}}).shop.new_coupon().percent == 10


METHODS = [
    ShippingMethod("Slow", 1005),
    ShippingMethod("Fast", 50, ("NY", "NJ"), enabled=False, per_item=True),
]


def test_a_shipping_zone_is_made_with_its_methods_and_noted() -> None:
    rows = [{"id": 91, "title": "Fast"}, {"id": "90", "title": "Slow"}]
    zone = {"shipping_zone": {"id": "9"}}
    made = bench("documented", zone, {}, {}, {"shipping_zone": {"id": 9, "methods": rows}})

    found = made.shop.new_shipping("US", METHODS)

    assert found == [replace(METHODS[0], id=90), replace(METHODS[1], id=91)]
    first, slow, fast, read = made.client.sent
    assert (first.method, first.path) == ("POST", "/shipping/zones")
    name = first.more["json"]["name"]
    assert re.fullmatch(r"fct-t-azone\d+", name)
    assert first.more == {"json": {"name": name, "region": "US"}}
    assert (slow.method, slow.path) == ("POST", "/shipping/methods")
    assert slow.more["json"] == {
        "zone_id": 9,
        "title": "Slow",
        "type": "flat_rate",
        "amount": "10.05",
        "is_enabled": 1,
        "settings": {"configure_rate": "per_order"},
        "states": [],
    }
    assert fast.more["json"] == {
        "zone_id": 9,
        "title": "Fast",
        "type": "flat_rate",
        "amount": "0.50",
        "is_enabled": 0,
        "settings": {"configure_rate": "per_item"},
        "states": ["NY", "NJ"],
    }
    assert (read.method, read.path, read.more) == ("GET", "/shipping/zones/9", {})
    assert {one.identity for one in made.client.sent} == {"admin"}
    assert made.notes.made == [
        ("shipping_zone", 9), ("shipping_method", 91), ("shipping_method", 90)
    ]  # fmt: skip


def test_a_user_is_made_with_a_secret_and_noted() -> None:
    made = bench("documented", {"id": "12"}, {"id": 13})

    assert [made.shop.new_user(), made.shop.new_user()] == [12, 13]
    one, two = made.client.sent
    assert (one.method, one.path, one.identity) == ("POST", "/wp/v2/users", "admin")
    name = one.more["json"]["username"]
    assert re.fullmatch(r"fct-t-auser\d+", name)
    assert set(one.more["json"]) == {"username", "email", "password"}
    assert one.more["json"]["email"] == f"{name}@example.com"
    assert len(one.more["json"]["password"]) == 32
    assert one.more["json"]["password"] != two.more["json"]["password"]
    assert made.notes.made == [("user", 12), ("user", 13)]


def test_labels_are_listed() -> None:
    made = bench("documented", {"labels": [{"id": "1"}, {"id": 2}]})

    assert made.shop.label_ids() == [1, 2]
    sent = made.client.last
    assert (sent.method, sent.path, sent.more) == ("GET", "/labels", {})


def test_an_order_is_given_labels() -> None:
    made = bench("fluentcart-1.3", {"message": "Labels Updated Successfully"})

    made.shop.label_order(5, [1, 2])
    sent = made.client.last
    assert (sent.method, sent.path) == ("POST", "/labels/update-label-selections")
    body = {"bind_to_type": "Order", "bind_to_id": 5, "selectedLabels": [1, 2]}
    assert sent.more["json"] == body


ZONE = {"shipping_zone": {"id": 9}}
NO: Any = (403, {})
REFUSED = [
    ([NO], lambda s: s.new_coupon(), "create a coupon"),
    ([NO], lambda s: s.new_user(), "create a WordPress user"),
    ([NO], lambda s: s.label_ids(), "list the labels"),
    ([NO], lambda s: s.label_order(5, [1]), "label an order"),
    ([NO], lambda s: s.new_shipping("US", METHODS), "create a shipping zone"),
    ([ZONE, NO], lambda s: s.new_shipping("US", METHODS), "create a shipping method"),
    ([ZONE, {}, {}, NO], lambda s: s.new_shipping("US", METHODS), "read the shipping zone"),
]


@pytest.mark.parametrize(("answers", "act", "words"), REFUSED)
def test_what_cannot_be_set_up_ends_the_scenario(answers: Any, act: Any, words: str) -> None:
    with pytest.raises(Prerequisite, match=f"^could not {words}: "):
        act(bench("documented", *answers).shop)


def shown(**zone: Any) -> list[Any]:
    return [ZONE, {}, {}, {"shipping_zone": zone}]


UNREADABLE = [
    ([{}], lambda s: s.new_coupon(), "coupon answer: 'data'"),
    ([{"data": {}}], lambda s: s.new_coupon(), "coupon.id is None"),
    ([{}], lambda s: s.new_user(), "user.id is None"),
    ([{}], lambda s: s.label_ids(), "labels: 'labels'"),
    ([{"labels": [{}]}], lambda s: s.label_ids(), "label.id is None"),
    ([{}], lambda s: s.new_shipping("US", []), "shipping zone answer: 'shipping_zone'"),
    ([{"shipping_zone": {}}], lambda s: s.new_shipping("US", []), "shipping_zone.id is None"),
    ([ZONE, {}], lambda s: s.new_shipping("US", []), "shipping zone answer: 'shipping_zone'"),
    (shown(), lambda s: s.new_shipping("US", METHODS), "shipping zone answer: 'methods'"),
    (
        shown(methods=[{"title": "Slow"}]), lambda s: s.new_shipping("US", METHODS),
        "shipping_method.id is None",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("answers", "act", "words"), UNREADABLE)
def test_a_bad_answer_to_a_setup_is_named(answers: Any, act: Any, words: str) -> None:
    with pytest.raises(AssertionError, match=f"^{re.escape(words)}"):
        act(bench("documented", *answers).shop)


def test_a_product_has_a_price_and_a_kind() -> None:
    assert Product(1, 2, 3) == Product(1, 2, 3, "digital", "Product")
