"""The full customer record of the update-customer page: figures as text.

The plugin uses it everywhere; the documented profile inside order trees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fluentcart_conformance.store.db import Row
from fluentcart_conformance.store.geo import country_name, state_name
from fluentcart_conformance.store.wire.text import decimal_text, iso_offset, photo_url

Json = dict[str, Any]
Moment = Callable[[str | None], str | None]


@dataclass(frozen=True)
class FullRecordForm:
    """How a profile spells the full record.

    Attributes:
        moment: Form of created_at and updated_at.
        purchase_moment: Form of the dates of first and last purchase.
        no_user: What user_id is without a user.
        purchase_value: What purchase_value is.
        absent: What an empty text member is.
    """

    moment: Moment = iso_offset
    purchase_moment: Moment = lambda moment: moment
    no_user: str | None = None
    purchase_value: Callable[[Row], Any] = lambda _: []
    absent: str | None = ""


def label_relation(label: Row, of: str) -> dict[str, Any]:
    """What the plugin shows in the place of a label: that it was given to a customer or order."""
    return {
        "id": label["relation_id"],
        "label_id": label["label_id"],
        "labelable_id": str(label["labelable_id"]),
        "labelable_type": of,
        "created_at": iso_offset(label["created_at"]),
        "updated_at": iso_offset(label["updated_at"]),
    }


def full_customer(
    row: Row, form: FullRecordForm, labels: list[Row] | None = None, site: str = ""
) -> Json:
    """Return the full record; `selected_labels` and `labels` only when labels are given."""
    names = {"first_name": row["first_name"], "last_name": row["last_name"]}
    full_name = f"{row['first_name']} {row['last_name']}".strip()
    place = {name: row[name] or form.absent for name in ("state", "city", "postcode")}
    user_id = row["user_id"]
    record: Json = {
        "id": row["id"],
        "user_id": str(user_id) if user_id else form.no_user,
        "contact_id": str(row["contact_id"]),
        "email": row["email"],
        **names,
        "status": row["status"],
        "purchase_value": form.purchase_value(row),
        "purchase_count": str(row["purchase_count"]),
        "ltv": str(row["total_spent"]),
        "first_purchase_date": form.purchase_moment(row["first_purchase_at"]),
        "last_purchase_date": form.purchase_moment(row["last_purchase_at"]),
        "aov": decimal_text(row["total_spent"], row["purchase_count"]),
        "notes": row["notes"],
        "uuid": row["uuid"],
        "country": row["country"] or form.absent,
        "city": place["city"],
        "state": place["state"],
        "postcode": place["postcode"],
        "created_at": form.moment(row["created_at"]),
        "updated_at": form.moment(row["updated_at"]),
    }
    if labels is not None:
        record["selected_labels"] = [label["label_id"] for label in labels]
    record |= {
        "full_name": full_name,
        "photo": photo_url(row["email"]),
        "country_name": country_name(row["country"]),
        "formatted_address": {
            "country": country_name(row["country"]),
            "state": state_name(row["country"], row["state"]) or form.absent,
            "city": place["city"],
            "postcode": place["postcode"],
            **names,
            "full_name": full_name,
        },
        "user_link": f"{site}/wp-admin/user-edit.php?user_id={user_id}" if user_id else "",
    }
    return record


def full_address_text(row: Row) -> str:
    """Return street, city, state and country in one line."""
    parts = (
        row["address_1"],
        row["address_2"],
        row["city"],
        state_name(row["country"], row["state"]),
        country_name(row["country"]) if row["country"] else "",
    )
    return ", ".join(part for part in parts if part)
