"""Changing a customer: what is sent, nothing else, and nobody else.

Source: customers-api (Update Customer, Update Customer Additional Info); update-customer-page
gives the other form of the answer.
"""

from __future__ import annotations

from fluentcart_conformance.drivers.crowd import Pair, jon_and_eva
from fluentcart_conformance.scenarios import (
    Customer,
    Shop,
    late,
    moment,
    needs,
    proves,
    requirement,
    whole,
)

QUIET = {"updated_at"}
LABELS = QUIET | {"labels", "selected_labels"}
# Members that two operations may write in different ways, or show in different company.
SPELLED_APART = {
    "addresses", "labels", "selected_labels", "user_id", "created_at", "updated_at",
    "purchase_value", "purchase_count", "ltv", "aov",
}  # fmt: skip
# Dates have no more than seconds, so a change can be told by them after one second only.
A_SECOND = 1.1


def agreeing(answered: Customer, read: Customer) -> list[str]:
    """Members that the answer of an update and a later reading both have, and that differ."""
    both = (answered.raw.keys() & read.raw.keys()) - SPELLED_APART
    left, right = ({name: one.raw[name] for name in both} for one in (answered, read))
    found = Customer(left).differences(Customer(right))
    if "user_id" in answered.raw and answered.user_id != read.user_id:
        found.append("/user_id")
    for name in ("created_at", "updated_at"):
        if name in answered.raw and moment(answered.raw[name]) != moment(read.member(name)):
            found.append(f"/{name}")
    return found


@proves("CUS-INFO-COMPANY", "CUS-INFO-NOTES", "CUS-INFO-CUSTOM", "CUS-INFO-PARTIAL")
def test_a_customer_is_changed_again_and_again(shop: Shop, pair: Pair) -> None:
    """Each change begins with the customer as read after the one before; the other one stays."""
    pair.now()
    _one_name_changes_and_the_rest_stays(pair)
    _the_path_decides_who_is_changed(pair)
    if shop.profile.wire["customer_additional_info"] == "free":
        _additional_fields_are_kept_one_by_one(pair)
    else:
        _the_path_decides_whose_fields_are_changed(pair)
    shop.keep("a customer to change", pair)


def _one_name_changes_and_the_rest_stays(pair: Pair) -> None:
    shop, before = pair.shop, pair.mine
    answer = shop.update_customer_alone(before, first_name="John")
    with requirement("CUS-UPDATE-PARTIAL", "CUS-REQUEST-JSON"):
        assert answer.accepted, answer.excerpt
    after = pair.now()
    with requirement("CUS-UPDATE-UNTOUCHED"):
        for name in ("email", "last_name", "phone", "status", "created_at", "user_id", "uuid"):
            assert after.text(name) == before.text(name), name
        assert shop.wire.record_figures(after) == shop.wire.record_figures(before)
    with requirement("CUS-UPDATE-FIRST-NAME", "CUS-UPDATE-READ-BACK"):
        assert after.first_name == "John"
        shown = shop.customer_in(shop.given(answer, "update a customer"))
        assert shown.first_name == "John"
        assert agreeing(shown, after) == []
    with requirement("CUS-UPDATE-PATH"):
        assert shop.customer_in(answer).id == after.id == before.id
    with requirement("CUS-UPDATE-OTHERS"):
        assert pair.other_moved() == []


def _the_path_decides_who_is_changed(pair: Pair) -> None:
    """The id of the body does not."""
    shop, before, other = pair.shop, pair.mine, pair.other
    body = shop.wire.least_changed_customer(before, {"first_name": "Stray"})
    astray = shop.send("update_customer", before.id, json={**body, "id": other.id})
    after, moved = pair.now(), pair.other_moved()
    with requirement("CUS-UPDATE-BODY-ID"):
        assert moved == [], "the customer of the body"
        assert not astray.accepted or after.first_name == "Stray"
        assert (after.id, after.email) == (before.id, before.email)


def _the_path_decides_whose_fields_are_changed(pair: Pair) -> None:
    """A store without free fields must at least know whom the path means."""
    shop, before = pair.shop, pair.mine
    answer = shop.update_additional_info(before.id, company="Here Inc")
    after, moved = pair.now(), pair.other_moved()
    with requirement("CUS-INFO-PATH", "CUS-REQUEST-JSON"):
        assert answer.status not in shop.refusal("customer.not_found"), answer.excerpt
        assert moved == []
    with requirement("CUS-INFO-CUSTOMER-UNTOUCHED"):
        assert after.differences(before, QUIET | {"additional_info"}) == []


def _additional_fields_are_kept_one_by_one(pair: Pair) -> None:
    """Answers show the fields that a customer has; those of the other one stay its own."""
    shop, one, two = pair.shop, pair.mine, pair.other
    first = {"company": "Old Corp", "notes": "Updated VIP customer", "custom_field_1": "Custom"}
    shop.update_additional_info(two.id, company="Elsewhere")
    answer = shop.update_additional_info(one.id, **first)
    with requirement("CUS-INFO-PATH", "CUS-REQUEST-JSON"):
        assert answer.accepted, answer.excerpt
        assert shop.customer_in(answer).id == one.id
    info = shop.customer_in(answer).member("additional_info")
    with requirement("CUS-INFO-COMPANY"):
        assert info.get("company") == "Old Corp"
    with requirement("CUS-INFO-NOTES"):
        assert info.get("notes") == "Updated VIP customer"
    with requirement("CUS-INFO-CUSTOM"):
        assert info.get("custom_field_1") == "Custom"
    after = pair.now()
    with requirement("CUS-INFO-CUSTOMER-UNTOUCHED"):
        assert after.differences(one, QUIET | {"additional_info"}) == []
    later = shop.customer_in(shop.update_additional_info(one.id, company="Updated Corp"))
    with requirement("CUS-INFO-PARTIAL", "CUS-INFO-COMPANY"):
        info = later.member("additional_info")
        assert {name: info.get(name) for name in first} == {**first, "company": "Updated Corp"}
    stranger = shop.customer_in(shop.update_additional_info(two.id, custom_field_1="x"))
    with requirement("CUS-INFO-PARTIAL", "CUS-INFO-PATH"):
        assert stranger.member("additional_info").get("company") == "Elsewhere", "another customer"


@needs("labels")
def test_labels_show_on_the_customer_they_were_given_to(shop: Shop, pair: Pair) -> None:
    labels = sorted(shop.label_ids()[:2])
    before = pair.now()
    pair.other_moved()
    answer = shop.update_additional_info(before.id, labels=labels)
    after = pair.now()
    with requirement("CUS-INFO-LABELS"):
        kept = after.raw.get("selected_labels", labels)
        if answer.accepted:
            assert isinstance(kept, list), "selected_labels is no list"
            assert sorted(map(whole, kept)) == labels
    with requirement("CUS-INFO-PATH"):
        assert answer.accepted, answer.excerpt
        assert pair.other_moved() == []
    with requirement("CUS-INFO-CUSTOMER-UNTOUCHED"):
        assert after.differences(before, LABELS | {"additional_info"}) == []
    # A customer who is deleted may leave what says so behind.
    shop.update_additional_info(before.id, labels=[])


@late
def test_every_member_can_be_changed(shop: Shop) -> None:
    pair = shop.aged("a customer to change", A_SECOND, lambda: jon_and_eva(shop))
    before = pair.mine
    answer = shop.update_customer(before, last_name="Doe", phone="+1234567890", status="inactive")
    shown, after = shop.customer_in(shop.given(answer, "update a customer")), pair.now()
    with requirement("CUS-UPDATE-LAST-NAME"):
        assert shown.last_name == after.last_name == "Doe"
    with requirement("CUS-UPDATE-FIRST-NAME", "CUS-UPDATE-UNTOUCHED"):
        assert (after.first_name, after.email) == (before.first_name, before.email)
    with requirement("CUS-UPDATE-STATUS"):
        assert shown.status == after.status == "inactive"
    with requirement("CUS-UPDATE-PHONE"):
        phones = {one.text("phone") for one in (shown, after) if "phone" in one.raw}
        assert phones == {"+1234567890"}
    with requirement("CUS-UPDATE-READ-BACK"):
        assert agreeing(shown, after) == []
    with requirement("CUS-UPDATE-UPDATED-AT"):
        assert moment(after.raw["updated_at"]) > moment(before.raw["updated_at"])
        assert moment(after.raw["created_at"]) == moment(before.raw["created_at"])
    back = shop.update_customer(after, status="active")
    with requirement("CUS-UPDATE-STATUS"):
        assert back.accepted, back.excerpt
        assert shop.customer_in(back).status == "active"
