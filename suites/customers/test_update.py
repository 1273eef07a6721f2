"""Changing a customer: what is sent, nothing else, and nobody else.

Source: customers-api (Update Customer, Update Customer Additional Info); update-customer-page
gives the other form of the answer.
"""

from __future__ import annotations

from dataclasses import dataclass

from fluentcart_conformance.scenarios import Customer, Shop, late, moment, proves, requirement

QUIET = {"updated_at"}
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


@dataclass
class Pair:
    """A customer who is changed and one whom no change may touch, as last read."""

    shop: Shop
    mine: Customer
    other: Customer

    def now(self) -> Customer:
        """The one who is changed, read now and remembered."""
        self.mine = self.shop.customer(self.mine.id)
        return self.mine

    def other_moved(self) -> list[str]:
        """What changed about the other one since the last look."""
        before, self.other = self.other, self.shop.customer(self.other.id)
        return self.other.differences(before)


def jon_and_eva(shop: Shop) -> Pair:
    """Two customers, read back."""
    made = [
        shop.new_customer(first_name=first, last_name="Dow", phone=phone, status="active").id
        for first, phone in (("Jon", "+1000"), ("Eva", "+2000"))
    ]
    return Pair(shop, *(shop.customer(one) for one in made))


@proves(
    "CUS-UPDATE-OTHERS", "CUS-INFO-COMPANY", "CUS-INFO-NOTES", "CUS-INFO-CUSTOM",
    "CUS-INFO-PARTIAL",
)  # fmt: skip
def test_a_customer_is_changed_again_and_again(shop: Shop) -> None:
    """Each change begins with the customer as read after the one before; the other one stays."""
    pair = jon_and_eva(shop)
    _one_name_changes_and_the_rest_stays(pair)
    _an_empty_change_changes_nothing(pair)
    with requirement("CUS-UPDATE-OTHERS"):
        assert pair.other_moved() == []
    _the_path_decides_who_is_changed(pair)
    _additional_fields_are_those_of_the_customer_in_the_path(pair)
    if shop.profile.wire["customer_additional_info"] == "free":
        _additional_fields_are_kept_one_by_one(pair)
    if pair.mine.email != pair.other.email:  # with one address twice, no change is let in
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


def _an_empty_change_changes_nothing(pair: Pair) -> None:
    before = pair.mine
    answer = pair.shop.send("update_customer", before.id, json={})
    after = pair.now()
    with requirement("CUS-UPDATE-EMPTY"):
        assert answer.accepted or answer.refused, answer.excerpt
        assert after.differences(before, QUIET) == []


def _the_path_decides_who_is_changed(pair: Pair) -> None:
    shop, before, other = pair.shop, pair.mine, pair.other
    body = shop.wire.least_changed_customer(before, {"first_name": "Stray"})
    astray = shop.send("update_customer", before.id, json={**body, "id": other.id})
    after, moved = pair.now(), pair.other_moved()
    with requirement("CUS-UPDATE-BODY-ID"):
        assert moved == [], "the customer of the body"
        assert not astray.accepted or after.first_name == "Stray"
        assert (after.id, after.email) == (before.id, before.email)
    taken = {**body, "id": other.id, "email": other.email}
    answer = shop.send("update_customer", before.id, json=taken)
    after, moved = pair.now(), pair.other_moved()
    with requirement("CUS-UPDATE-BODY-ID"):
        assert after.email == before.email, f"one address twice: {answer}"
        assert moved == []


def _additional_fields_are_those_of_the_customer_in_the_path(pair: Pair) -> None:
    """A store without free fields must at least know whom the path means."""
    shop, before = pair.shop, pair.mine
    answer = shop.update_additional_info(before.id, company="Here Inc")
    after, moved = pair.now(), pair.other_moved()
    with requirement("CUS-INFO-PATH", "CUS-REQUEST-JSON"):
        if shop.profile.wire["customer_additional_info"] == "free":
            assert answer.accepted, answer.excerpt
            assert shop.customer_in(answer).id == before.id
        else:
            assert answer.status not in shop.refusal("customer.not_found"), answer.excerpt
        assert moved == []
    with requirement("CUS-INFO-CUSTOMER-UNTOUCHED"):
        assert after.differences(before, QUIET | {"additional_info"}) == []


def _additional_fields_are_kept_one_by_one(pair: Pair) -> None:
    shop, one, two = pair.shop, pair.mine, pair.other
    first = {"company": "Old Corp", "notes": "Updated VIP customer", "custom_field_1": "Custom"}
    shop.update_additional_info(two.id, company="Elsewhere")
    info = shop.customer_in(shop.update_additional_info(one.id, **first)).member("additional_info")
    with requirement("CUS-INFO-COMPANY"):
        assert info.get("company") == "Old Corp"
    with requirement("CUS-INFO-NOTES"):
        assert info.get("notes") == "Updated VIP customer"
    with requirement("CUS-INFO-CUSTOM"):
        assert info.get("custom_field_1") == "Custom"
    later = shop.customer_in(shop.update_additional_info(one.id, company="Updated Corp"))
    with requirement("CUS-INFO-PARTIAL", "CUS-INFO-COMPANY"):
        info = later.member("additional_info")
        assert {name: info.get(name) for name in first} == {**first, "company": "Updated Corp"}
    stranger = shop.customer_in(shop.update_additional_info(two.id, custom_field_1="x"))
    with requirement("CUS-INFO-PARTIAL"):
        assert stranger.member("additional_info").get("company") == "Elsewhere", "another customer"


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
    last = pair.now()
    with requirement("CUS-UPDATE-STATUS"):
        assert back.accepted, back.excerpt
        assert shop.customer_in(back).status == "active"
        assert last.status == "active"
