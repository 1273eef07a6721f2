"""New addresses and the list of them (customers-api: Create and Get Customer Addresses)."""

from __future__ import annotations

from fluentcart_conformance.drivers.address_book import STREET, AddressBook, Begun
from fluentcart_conformance.scenarios import Shop, requirement

SHOWN = ("type", "first_name", "last_name", "name", *STREET)


def test_a_new_address_is_in_the_list_of_its_customer(shop: Shop, begun: Begun) -> None:
    with requirement("ADR-LIST-EMPTY"):
        assert begun.empty.accepted, begun.empty.excerpt
        assert shop.wire.addresses(begun.empty.body) == []
    with requirement("ADR-CREATE-SHIPPING", "ADR-CREATE-PATH", "CUS-REQUEST-JSON"):
        assert begun.shipping.accepted, begun.shipping.excerpt
    first, second, third = (
        shop.address_in(shop.given(answer, "create an address"))
        for answer in (begun.shipping, begun.billing, begun.theirs)
    )
    with requirement("ADR-CREATE-NEW-ID"):
        assert len({one.id for one in (first, second, third)}) == 3
    rows, theirs = (
        shop.wire.addresses(shop.given(answer, "list a customer's addresses").body)
        for answer in (begun.listed, begun.listed_theirs)
    )
    listed = {one.id: one for one in rows}
    with requirement("ADR-LIST-ALL", "ADR-LIST-PATH", "ADR-CREATE-PATH"):
        assert sorted(one.id for one in rows) == sorted((first.id, second.id)), "each once"
    with requirement("ADR-LIST-OWN", "ADR-LIST-PATH"):
        assert [one.id for one in theirs] == [third.id]
    with requirement("ADR-CREATE-SHIPPING"):
        assert first.type == listed[first.id].type == "shipping"
    with requirement("ADR-CREATE-BILLING"):
        assert second.type == listed[second.id].type == "billing"
    with requirement("ADR-CREATE-NAMES"):
        assert first.person == listed[first.id].person == "John Doe"
    with requirement("ADR-CREATE-STREET"):
        for name, value in STREET.items():
            assert first.text(name) == listed[first.id].text(name) == value, name
    for one in (first, second):
        with requirement("ADR-CREATE-READ-BACK"):
            for name in SHOWN:
                assert listed[one.id].text(name) == one.text(name), f"{name} of {one}"


def test_further_addresses_leave_the_others_and_the_primary_alone(
    shop: Shop, own: AddressBook, other: AddressBook
) -> None:
    """One of them in letters of several scripts."""
    before = {kind: own.primary(kind) for kind in ("billing", "shipping")}
    members = {"address_1": "Übergang 7 «β» 東京", "city": "Łódź"}
    lettered = shop.create_address(own.owner, first_name="Zoë", last_name="Пётр", **members)
    made = [shop.new_address(own.owner, kind, address_1=f"9 New {kind} St") for kind in before]
    made += [shop.address_in(lettered)] if lettered.accepted else []
    with requirement("ADR-CREATE-OTHERS"):
        assert own.moved(apart_from=[one.id for one in made]) == []
        assert other.moved() == []
    with requirement("ADR-CREATE-UNICODE"):
        assert lettered.accepted, lettered.excerpt
        for one in (made[-1], own.known[made[-1].id]):
            assert one.person == "Zoë Пётр"
            for name, value in members.items():
                assert one.text(name) == value, name
    for one in made:
        with requirement("ADR-CREATE-PRIMARY-KEPT"):
            assert own.primary(one.type) == before[one.type], one.type
            assert not own.known[one.id].is_primary, f"the new {one.type} address"
    with requirement("ADR-LIST-REPEATABLE"):
        assert own.moved() == []
