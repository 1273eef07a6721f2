"""What callers send about customers and addresses: types, lengths, required members."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from fluentcart_conformance.store.geo import COUNTRIES, US_STATES
from fluentcart_conformance.store.http import FieldErrors, Refusal

MAX_TEXT = 255
MAX_NOTES = 65535
MAX_LABEL = 15
CUSTOMER_STATUSES = ("active", "inactive")
ADDRESS_TYPES = ("billing", "shipping")
CUSTOMER_TEXTS = (
    "email",
    "first_name",
    "last_name",
    "full_name",
    "phone",
    "status",
    "notes",
    "country",
    "city",
    "state",
    "postcode",
)
ADDRESS_TEXTS = (
    "type",
    "label",
    "name",
    "first_name",
    "last_name",
    "email",
    "phone",
    "company_name",
    "address_1",
    "address_2",
    "city",
    "state",
    "postcode",
    "country",
)
_LONGEST = {"notes": MAX_NOTES, "label": MAX_LABEL}
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
)


class FieldCheck:
    """Collects what is wrong with the fields of one body."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        self.body = body
        self.errors: FieldErrors = {}

    def add(self, name: str, rule: str, message: str) -> None:
        """Note one broken rule of a field."""
        self.errors.setdefault(name, {})[rule] = message

    def texts(self, names: tuple[str, ...]) -> dict[str, str]:
        """Return the text members sent; null and absent members are left out."""
        found: dict[str, str] = {}
        for name in names:
            value = self.body.get(name)
            if value is None:
                continue
            if not isinstance(value, str):
                self.add(name, "string", f"The {name} must be a string.")
                continue
            limit = _LONGEST.get(name, MAX_TEXT)
            if len(value) > limit:
                message = f"The {name} must not be greater than {limit} characters."
                self.add(name, "maxLength", message)
            found[name] = value
        return found

    def require(self, texts: Mapping[str, str], name: str, title: str) -> None:
        """Note an absent or blank field."""
        if not texts.get(name, "").strip() and name not in self.errors:
            self.add(name, "required", f"{title} is required.")

    def refuse(self) -> None:
        """Raise the refusal of everything noted, if anything was.

        Raises:
            Refusal: 422; `invalid_email` when the e-mail's form is what is wrong.
        """
        if not self.errors:
            return
        first = next(iter(self.errors.values()))
        only_email = set(self.errors) == {"email"} and "email" in self.errors["email"]
        code = "invalid_email" if only_email else "validation_error"
        raise Refusal(422, code, next(iter(first.values())), self.errors)


def is_email(text: str) -> bool:
    """Tell whether a text is an e-mail address WordPress would take."""
    return len(text) <= MAX_TEXT and _EMAIL.fullmatch(text) is not None


def customer_fields(
    body: Mapping[str, Any], *, full_name_mode: bool, partial: bool
) -> dict[str, str]:
    """Read a customer: the text members sent, with first_name and last_name settled.

    Args:
        body: Members as sent.
        full_name_mode: The name is written as `full_name`; otherwise as `first_name`.
        partial: Nothing is required, only what is sent is checked.

    Raises:
        Refusal: 422 with every broken field.
    """
    check = FieldCheck(body)
    texts = check.texts(CUSTOMER_TEXTS)
    name, title = ("full_name", "Full Name") if full_name_mode else ("first_name", "First Name")
    if not partial:
        check.require(texts, name, title)
        check.require(texts, "email", "Email")
    else:
        for sent in {name, "email"} & texts.keys():
            check.require(texts, sent, title if sent == name else "Email")
    email = texts.get("email", "")
    if email and "email" not in check.errors and not is_email(email):
        check.add("email", "email", "Email must be a valid email address.")
    status = texts.get("status")
    if status == "":
        del texts["status"]
    elif status is not None and status not in CUSTOMER_STATUSES:
        check.add("status", "in", "Provided customer status is not valid.")
    check.refuse()
    full_name = texts.pop("full_name", None)
    if full_name is not None and (full_name_mode or "first_name" not in texts):
        texts["first_name"], texts["last_name"] = split_name(full_name)
    return texts


def split_name(full_name: str) -> tuple[str, str]:
    """Split a full name: the last word is the last name, `("Jane", "")` for one word."""
    first, _, last = full_name.strip().rpartition(" ")
    return (first.strip(), last) if first else (last, "")


def address_fields(
    body: Mapping[str, Any], required: Mapping[str, str], *, partial: bool
) -> dict[str, str]:
    """Read an address: the text members sent.

    Args:
        body: Members as sent.
        required: Field -> title for people; all must be there unless `partial`, and must not be
            blank when sent.
        partial: Only what is sent is checked.

    Raises:
        Refusal: 422 with every broken field.
    """
    check = FieldCheck(body)
    texts = check.texts(ADDRESS_TEXTS)
    for name, title in required.items():
        if not partial or name in texts:
            check.require(texts, name, title)
    if texts.get("type") and texts["type"] not in ADDRESS_TYPES:
        check.add("type", "in", "The type must be billing or shipping.")
    if texts.get("email") and not is_email(texts["email"]):
        check.add("email", "email", "Email must be a valid email address.")
    country = texts.get("country")
    if country and country not in COUNTRIES:
        check.add("country", "1", "Invalid country code.")
    if country == "US" and (texts.get("state") or not partial):
        if not texts.get("state"):
            check.add("state", "required", "State is required.")
        elif texts["state"] not in US_STATES:
            check.add("state", "invalid", "Invalid state code.")
    check.refuse()
    if "name" in texts and not texts.get("first_name"):
        texts["first_name"], texts["last_name"] = split_name(texts["name"])
    elif "name" not in texts and ("first_name" in texts or "last_name" in texts) and not partial:
        names = (texts.get("first_name", ""), texts.get("last_name", ""))
        texts["name"] = " ".join(part for part in names if part)
    return texts
