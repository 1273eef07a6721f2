"""The addresses inside the details of a customer (customers-api, Get Customer Details)."""

from __future__ import annotations

from fluentcart_conformance.scenarios import (
    Address,
    Customer,
    Refusals,
    Shop,
    proves,
    requirement,
)

MEMBERS = ("type", "first_name", "last_name", "address_1", "city", "state", "postcode", "country")


@proves("CUS-GET-ADDRESSES-AGREE")
def test_the_details_show_the_addresses_of_the_list(
    shop: Shop, customer: Customer, chosen: dict[str, int], plain_customer: Refusals[Customer]
) -> None:
    listed = {one.id: one for one in shop.addresses(customer.id)}
    with requirement("CUS-GET-ADDRESSES-AGREE"):
        shown = [Address(row) for row in shop.customer(customer.id).rows("addresses")]
        assert set(chosen.values()) <= set(listed)
        assert sorted(one.id for one in shown) == sorted(listed)
        for one in shown:
            for name in MEMBERS:
                assert one.text(name) == listed[one.id].text(name), f"{name} of {one}"
            assert one.is_primary == listed[one.id].is_primary, f"is_primary of {one}"
    with requirement("CUS-GET-ADDRESSES-AGREE"):
        assert plain_customer.stage.rows("addresses") == [], "of somebody without any"
