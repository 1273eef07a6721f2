"""WordPress users of customers (customers-api: attachable users, attach, detach).

Only users that the run made itself are ever attached.
"""

from __future__ import annotations

import pytest

from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Customer,
    Shop,
    assert_refused,
    needs,
    not_testable,
    requirement,
)
from fluentcart_conformance.target.errors import UnsafeRequest

QUIET = {"updated_at"}
USER = QUIET | {"user_id", "user_link"}


@pytest.fixture(scope="module")
def mine(shop: Shop) -> Customer:
    """A customer without a user, read back."""
    return shop.customer(shop.new_customer(first_name="Una", last_name="User").id)


@needs("wp_users")
def test_a_user_belongs_to_one_customer_until_it_is_detached(shop: Shop, mine: Customer) -> None:
    one, two = shop.new_user(), shop.new_user()
    other = shop.customer(shop.new_customer().id)
    with requirement("CUS-USERS-FREE"):
        assert {one, two} <= set(shop.attachable_ids()), "new users belong to nobody"
    answer = shop.attach_user(mine.id, one)
    after = shop.customer(mine.id)
    with requirement("CUS-ATTACH-USER-ID", "CUS-ATTACH-PATH", "CUS-REQUEST-JSON"):
        assert answer.accepted, answer.excerpt
        assert after.user_id == one
    with requirement("CUS-ATTACH-EFFECT"):
        assert after.user_id == one
        assert shop.customer(other.id).differences(other) == []
    with requirement("CUS-ATTACH-UNTOUCHED"):
        assert after.differences(mine, USER) == []
    nobody = shop.attach_user(ABSENT_ID, two)
    with requirement("CUS-ATTACH-UNKNOWN-CUSTOMER"):
        assert_refused(shop, nobody, "customer.not_found", "attach_user")
    free = shop.attachable_ids()
    with requirement("CUS-USERS-FREE", "CUS-ATTACH-UNKNOWN-CUSTOMER"):
        assert (one in free, two in free) == (False, True)
    again = shop.attach_user(other.id, one)
    with requirement("CUS-ATTACH-TAKEN"):
        assert_refused(shop, again, "user.taken")
        assert shop.customer(other.id).differences(other, QUIET) == []
    with requirement("CUS-ATTACH-EFFECT"):
        assert shop.attach_user(other.id, two).accepted
        assert (shop.customer(mine.id).user_id, shop.customer(other.id).user_id) == (one, two)
    answer = shop.detach_user(mine.id)
    last = shop.customer(mine.id)
    with requirement("CUS-DETACH-EFFECT", "CUS-DETACH-PATH", "CUS-REQUEST-JSON"):
        assert answer.accepted, answer.excerpt
        assert last.user_id is None
        assert shop.customer(other.id).user_id == two, "another customer lost its user"
    with requirement("CUS-DETACH-UNTOUCHED"):
        assert last.differences(mine, USER) == []
    with requirement("CUS-USERS-BACK"):
        free = shop.attachable_ids()
        assert (one in free, two in free) == (True, False)


def test_a_user_that_does_not_exist_is_not_attached(shop: Shop) -> None:
    before = shop.customer(shop.new_customer().id)
    missing = shop.send("attach_user", before.id, json={})
    with requirement("CUS-ATTACH-MISSING"):
        assert_refused(shop, missing, "user.missing")
    unknown = shop.attach_user(before.id, ABSENT_ID)
    with requirement("CUS-ATTACH-UNKNOWN-USER"):
        assert_refused(shop, unknown, "user.not_found")
        assert shop.customer(before.id).differences(before, QUIET) == []
    for value in (0, "abc", -ABSENT_ID):
        try:
            answer = shop.attach_user(before.id, value)
        except UnsafeRequest as error:
            not_testable(f"{error}", "CUS-ATTACH-NONSENSE-USER")
            continue
        with requirement("CUS-ATTACH-NONSENSE-USER"):
            assert_refused(shop, answer, "user.invalid", what=f"user {value}")
            assert shop.customer(before.id).differences(before, QUIET) == []


@needs("wp_users")
def test_a_negative_number_is_never_taken_for_its_positive(shop: Shop) -> None:
    user, before = shop.new_user(), shop.customer(shop.new_customer().id)
    try:
        answer = shop.attach_user(before.id, -user)
    except UnsafeRequest as error:
        not_testable(f"{error}", "CUS-ATTACH-NONSENSE-USER")
        return
    with requirement("CUS-ATTACH-NONSENSE-USER"):
        assert_refused(shop, answer, "user.invalid", what=f"user -{user}")
        assert shop.customer(before.id).user_id is None


def test_nobody_is_detached_from_a_customer_that_does_not_exist(shop: Shop) -> None:
    answer = shop.detach_user(ABSENT_ID)
    with requirement("CUS-DETACH-UNKNOWN-CUSTOMER"):
        assert_refused(shop, answer, "customer.not_found", "detach_user")


def test_detaching_where_nobody_is_attached_changes_nothing(shop: Shop) -> None:
    before = shop.customer(shop.new_customer().id)
    other = shop.customer(shop.new_customer().id)
    answer = shop.detach_user(before.id)
    after = shop.customer(before.id)
    with requirement("CUS-DETACH-NOBODY", "CUS-DETACH-PATH"):
        assert answer.accepted or answer.refused, answer.excerpt
        assert answer.status not in shop.refusal("customer.not_found"), answer.excerpt
        assert after.user_id is None
    with requirement("CUS-DETACH-UNTOUCHED", "CUS-DETACH-NOBODY"):
        assert after.differences(before, USER) == []
        assert shop.customer(other.id).differences(other) == []
