"""The profiles the embedded store speaks: names and the switches that spell them."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Profile:
    """How one profile spells things; the rules of the store never depend on it.

    Attributes:
        name: `documented`, `fluentcart-1.3`, ...
        family: `documented` or `fluentcart`; picks the wire layer.
        version: Plugin version spoken, `(0, 0)` for documented.
        full_name_mode: Customers are written with `full_name` instead of `first_name`.
        refund_amount_unit: `decimal` (25.00) or `cents` (2500) in refund requests.
        customers_per_page_max: Largest `per_page` of GET /customers.
        orders_per_page_max: Largest `per_page` of GET /orders.
        new_order_status: Status of a fresh order when none is sent.
    """

    name: str
    family: str
    version: tuple[int, int]
    full_name_mode: bool
    refund_amount_unit: str
    customers_per_page_max: int
    orders_per_page_max: int
    new_order_status: str

    @property
    def is_documented(self) -> bool:
        """True for the profile to the letter of the documents."""
        return self.family == "documented"


DOCUMENTED = Profile(
    name="documented",
    family="documented",
    version=(0, 0),
    full_name_mode=False,
    refund_amount_unit="decimal",
    customers_per_page_max=100,
    orders_per_page_max=200,
    new_order_status="pending",
)
FLUENTCART_1_3 = Profile(
    name="fluentcart-1.3",
    family="fluentcart",
    version=(1, 3),
    full_name_mode=True,
    refund_amount_unit="decimal",
    customers_per_page_max=200,
    orders_per_page_max=200,
    new_order_status="on-hold",
)
FLUENTCART_1_5 = replace(FLUENTCART_1_3, name="fluentcart-1.5", version=(1, 5))

PROFILES: dict[str, Profile] = {
    profile.name: profile for profile in (DOCUMENTED, FLUENTCART_1_3, FLUENTCART_1_5)
}


def profile_named(name: str) -> Profile:
    """Return the profile of that name.

    Raises:
        KeyError: with a sentence that lists the known names.
    """
    if name not in PROFILES:
        raise KeyError(f"unknown profile {name!r}; known: {', '.join(PROFILES)}")
    return PROFILES[name]
