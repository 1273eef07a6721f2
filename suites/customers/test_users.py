"""WordPress users of customers (customers-api: attachable users, attach, detach).

Only users that the run made itself are ever attached.
"""

from __future__ import annotations

from fluentcart_conformance.drivers.crowd import Pair
from fluentcart_conformance.scenarios import (
    ABSENT_ID,
    Customer,
    Refusals,
    Shop,
    assert_refused,
    needs,
    not_testable,
    requirement,
)

QUIET = {"updated_at"}
USER = QUIET | {"user_id", "user_link"}


@needs("wp_users")
def test_a_user_belongs_to_one_customer_until_it_is_detached(
    shop: Shop, pair: Pair, plain_customer: Refusals[Customer]
) -> None:
    one, two = shop.new_user(), shop.new_user()
    _a_user_is_attached(shop, pair, one, two)
    _a_user_of_somebody_else_is_not_moved(shop, pair, one, two)
    _a_user_is_detached(shop, pair, one, two)
    # A negative number is never taken for its positive.
    _nonsense_is_not_attached(shop, plain_customer, -one)
    plain_customer.nothing_changed("CUS-ATTACH-NONSENSE-USER")


def _a_user_is_attached(shop: Shop, pair: Pair, one: int, two: int) -> None:
    mine = pair.now()
    pair.other_moved()
    answer = shop.attach_user(mine.id, one)
    after, moved = pair.now(), pair.other_moved()
    with requirement("CUS-ATTACH-USER-ID", "CUS-ATTACH-PATH", "CUS-REQUEST-JSON"):
        assert answer.accepted, answer.excerpt
        assert after.user_id == one
    with requirement("CUS-ATTACH-EFFECT"):
        assert after.user_id == one
        assert moved == []
    with requirement("CUS-ATTACH-UNTOUCHED"):
        assert after.differences(mine, USER) == []
    nobody = shop.attach_user(ABSENT_ID, two)
    with requirement("CUS-ATTACH-UNKNOWN-CUSTOMER"):
        assert_refused(shop, nobody, "customer.not_found", "attach_user")
    free = shop.attachable_ids()
    with requirement("CUS-USERS-FREE", "CUS-ATTACH-UNKNOWN-CUSTOMER"):
        assert (one in free, two in free) == (False, True), "new users belong to nobody"


def _a_user_of_somebody_else_is_not_moved(shop: Shop, pair: Pair, one: int, two: int) -> None:
    other = pair.other
    again = shop.attach_user(other.id, one)
    nothing = shop.detach_user(other.id)
    pair.other_moved()
    untouched = pair.other
    with requirement("CUS-ATTACH-TAKEN"):
        assert_refused(shop, again, "user.taken")
        assert untouched.differences(other, QUIET) == []
    with requirement("CUS-DETACH-NOBODY", "CUS-DETACH-PATH"):
        assert nothing.accepted or nothing.refused, nothing.excerpt
        assert nothing.status not in shop.refusal("customer.not_found"), nothing.excerpt
        assert untouched.user_id is None
    with requirement("CUS-DETACH-UNTOUCHED", "CUS-DETACH-NOBODY"):
        assert untouched.differences(other, USER) == []
    two_attached = shop.attach_user(other.id, two)
    pair.other_moved()
    with requirement("CUS-DETACH-NOBODY"):
        assert pair.now().user_id == one, "detaching where nobody was attached took another's user"
    with requirement("CUS-ATTACH-EFFECT"):
        assert two_attached.accepted, two_attached.excerpt
        assert (pair.mine.user_id, pair.other.user_id) == (one, two)


def _a_user_is_detached(shop: Shop, pair: Pair, one: int, two: int) -> None:
    mine = pair.mine
    answer = shop.detach_user(mine.id)
    last = pair.now()
    pair.other_moved()
    with requirement("CUS-DETACH-EFFECT", "CUS-DETACH-PATH", "CUS-REQUEST-JSON"):
        assert answer.accepted, answer.excerpt
        assert last.user_id is None
        assert pair.other.user_id == two, "another customer lost its user"
    with requirement("CUS-DETACH-UNTOUCHED"):
        assert last.differences(mine, USER) == []
    with requirement("CUS-USERS-BACK"):
        free = shop.attachable_ids()
        assert (one in free, two in free) == (True, False)


def test_a_user_that_does_not_exist_is_not_attached(
    shop: Shop, plain_customer: Refusals[Customer]
) -> None:
    plain_customer.must_refuse(
        "CUS-ATTACH-MISSING",
        send=lambda one: shop.send("attach_user", one.id, json={}),
        key="user.missing",
    )
    plain_customer.must_refuse(
        "CUS-ATTACH-UNKNOWN-USER",
        send=lambda one: shop.attach_user(one.id, ABSENT_ID),
        key="user.not_found",
        operation="attach_user",
    )
    for value in (0, "abc", -ABSENT_ID):
        _nonsense_is_not_attached(shop, plain_customer, value)
    plain_customer.nothing_changed("CUS-ATTACH-UNKNOWN-USER")


def _nonsense_is_not_attached(shop: Shop, group: Refusals[Customer], value: object) -> None:
    answer = group.must_refuse(
        "CUS-ATTACH-NONSENSE-USER",
        send=lambda one: shop.attach_user(one.id, value),
        key="user.invalid",
        what=f"user {value}",
    )
    if answer is None:
        not_testable(f"user {value} may be somebody's", "CUS-ATTACH-NONSENSE-USER")


def test_nobody_is_detached_from_a_customer_that_does_not_exist(shop: Shop) -> None:
    answer = shop.detach_user(ABSENT_ID)
    with requirement("CUS-DETACH-UNKNOWN-CUSTOMER"):
        assert_refused(shop, answer, "customer.not_found", "detach_user")
