"""The addresses inside the details of a customer (customers-api, Get Customer Details)."""

from __future__ import annotations

from fluentcart_conformance.scenarios import Address, Shop, proves, requirement

MEMBERS = ("type", "first_name", "last_name", "address_1", "city", "state", "postcode", "country")


@proves("CUS-GET-ADDRESSES-AGREE")
def test_the_details_show_the_addresses_of_the_list(shop: Shop) -> None:
    mine = shop.new_customer()
    shop.new_address(mine, "billing", address_1="1 Bill Street")
    shop.new_address(mine, "shipping", address_1="2 Ship Road", city="Albany")
    listed = {one.id: one for one in shop.addresses(mine.id)}
    with requirement("CUS-GET-ADDRESSES-AGREE"):
        shown = [Address(row) for row in shop.customer(mine.id).rows("addresses")]
        assert sorted(one.id for one in shown) == sorted(listed)
        for one in shown:
            for name in MEMBERS:
                assert one.text(name) == listed[one.id].text(name), f"{name} of {one}"
            assert one.is_primary == listed[one.id].is_primary, f"is_primary of {one}"
    nobody = shop.new_customer()
    with requirement("CUS-GET-ADDRESSES-AGREE"):
        assert shop.customer(nobody.id).rows("addresses") == []
