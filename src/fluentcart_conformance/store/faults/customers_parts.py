"""What the faults of making and changing customers are made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fluentcart_conformance.store.faults import alter
from fluentcart_conformance.store.faults.kit import Call, after, sql
from fluentcart_conformance.store.faults.model import Change
from fluentcart_conformance.store.faults.records import Json

CREATE, UPDATE, GET = "create_customer", "update_customer", "get_customer"
INFO, ATTACH, DETACH = "update_customer_additional_info", "attach_user", "detach_user"
USERS = "get_attachable_users"
NAMES = ("first_name", "full_name", "last_name")
_BOTH = (CREATE, UPDATE)


def made(*statements: str) -> Change:
    """SQL after a customer was created."""
    return after(CREATE, sql(*statements))


def edited(*statements: str) -> Change:
    """SQL after a customer was updated."""
    return after(UPDATE, sql(*statements))


def fresh_email(members: Json, call: Call) -> None:
    """Bend a taken e-mail to a free one."""
    email = members.get("email")
    if not isinstance(email, str):
        return
    holder = call.shop.db.value("SELECT id FROM customers WHERE email = ?", (email,))
    if holder and holder != call.params.get("customerId"):
        members["email"] = f"again-{email}"


def plain_email(members: Json, call: Call) -> None:
    """Take another letter case for another e-mail."""
    email = members.get("email")
    query = "SELECT email FROM customers WHERE email = ?"
    holder = call.shop.db.value(query, (email,)) if isinstance(email, str) else None
    if holder and holder != email:
        members["email"] = f"upper-{email}"


def mended_email(members: Json, _: Call) -> None:
    """Bend a malformed e-mail to a good one."""
    email = members.get("email")
    if isinstance(email, str) and email and (email.count("@") != 1 or "." not in email
                                             or " " in email or email[-1] in ".@"):  # fmt: skip
        mended = "".join(one for one in email if one.isalnum() and one.isascii())
        members["email"] = f"m{mended}{id(email)}@example.com"


def cut_texts(*names: str) -> Callable[[Json, Call], None]:
    """Cut texts that are too long."""

    def on(members: Json, _: Call) -> None:
        for name in names:
            if isinstance(members.get(name), str) and len(members[name]) > 255:
                members[name] = members[name][-255:].strip(".")

    return on


def any_type_of_email(members: Json, call: Call) -> None:
    """Put an e-mail in the place of what is no text."""
    if "email" in members and not isinstance(members["email"], str):
        newest = call.shop.db.value("SELECT max(id) FROM customers")
        members["email"] = f"typed-{newest}@example.com"


def made_all_the_same(call: Call) -> None:
    """Leave a customer behind who was refused."""
    email = str(call.sent.get("email"))
    number = call.shop.db.value("SELECT max(id) FROM customers")
    free = not call.shop.db.value("SELECT 1 FROM customers WHERE email = ?", (email,))
    row = {
        "email": email if "@" in email and free else f"left-{number}@example.com",
        "first_name": str(call.sent.get("first_name") or call.sent.get("full_name") or "Left"),
        "last_name": str(call.sent.get("last_name") or "Behind"),
        "uuid": f"left-{number}",
    }
    call.shop.db.insert("customers", row)


def named_by_body(call: Call, answer: Callable[[], Any]) -> Any:
    """The id of the body goes before the one of the path."""
    other = alter.number(call.sent.get("id", call.sent.get("customer_id")))
    if other and other != call.params["customerId"]:
        call.request.path = f"/fluent-cart/v2/customers/{int(other)}"
    return answer()


def free_user(members: Json, call: Call) -> None:
    """An unknown user becomes a free one."""
    given = alter.number(members.get("user_id"))
    if given is None or not call.shop.db.value("SELECT 1 FROM wp_users WHERE id = ?", (given,)):
        free = call.shop.users.attachable()
        members["user_id"] = _spelt(free[0]["id"] if free else 1, call)


def _spelt(user_id: int, call: Call) -> Any:
    return user_id if call.shop.profile.is_documented else str(user_id)


def positive_user(members: Json, call: Call) -> None:
    """A negative number loses its sign."""
    given = alter.number(members.get("user_id"))
    if given is not None and given < 0:
        members["user_id"] = _spelt(int(-given), call)


def taken_away(call: Call) -> None:
    """The user goes to whom it was asked for, whoever had it."""
    given = alter.number(call.sent.get("user_id"))
    if given and given > 0:
        call.shop.db.run("UPDATE customers SET user_id = NULL WHERE user_id = ?", (given,))


def keeping(call: Call, answer: Callable[[], Any], name: str) -> Any:
    """Put one column back after an update."""
    customer = call.params["customerId"]
    query = f"SELECT {name} FROM customers WHERE id = ?"
    before = call.shop.db.value(query, (customer,))
    given = answer()
    if before is not None and given.status < 400:
        call.shop.db.update("customers", customer, {name: before})
    return given
