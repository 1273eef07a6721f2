"""The facts of the seeded shop; money in cents."""

from __future__ import annotations

from typing import Any

SETTINGS = {
    "currency": "USD",
    "order_mode": "test",
    "store_name": "Harbour Street Goods",
    "next_invoice": "1",
}

WP_USERS: list[dict[str, Any]] = [
    {"user_login": "admin", "user_email": "admin@example.org", "display_name": "Ada Admin",
     "role": "administrator"},
    {"user_login": "manager", "user_email": "manager@example.org", "display_name": "Max Manager",
     "role": "editor"},
    {"user_login": "subscriber", "user_email": "subscriber@example.org",
     "display_name": "Sam Subscriber", "role": "subscriber"},
    {"user_login": "free-one", "user_email": "free-one@example.org", "display_name": "Free One",
     "role": "subscriber"},
    {"user_login": "free-two", "user_email": "free-two@example.org", "display_name": "Free Two",
     "role": "subscriber"},
    {"user_login": "free-three", "user_email": "free-three@example.org",
     "display_name": "Free Three", "role": "subscriber"},
]  # fmt: skip

Option = tuple[str, int, dict[str, Any]]

# title, post status, fulfilment, variation type, [(variation, price, more columns)]
PRODUCTS: list[tuple[str, str, str, str, list[Option]]] = [
    ("Field Guide", "publish", "digital", "simple", [("", 2500, {"sku": "GUIDE"})]),
    (
        "Photo Pack",
        "publish",
        "digital",
        "simple_variations",
        [("Personal", 1999, {"sku": "PACK-P"}), ("Studio", 7333, {"sku": "PACK-S"})],
    ),
    ("Oak Desk", "publish", "physical", "simple",
     [("", 40000, {"sku": "DESK", "item_cost": 21000})]),
    (
        "Linen Shirt",
        "publish",
        "physical",
        "simple_variations",
        [
            ("Small", 4000, {"sku": "SHIRT-S"}),
            ("Large", 4400, {"sku": "SHIRT-L"}),
            ("Large, last ones", 4400, {"sku": "SHIRT-X", "manage_stock": 1, "total_stock": 3,
                                        "available": 3}),
        ],
    ),
    (
        "Newsletter",
        "publish",
        "digital",
        "simple",
        [("", 900, {"sku": "NEWS", "payment_type": "subscription"})],
    ),
    ("Unfinished Product", "draft", "digital", "simple", [("", 1000, {"sku": "DRAFT"})]),
]  # fmt: skip

# first name, last name, country, state, city, postcode
PEOPLE: list[tuple[str, str, str, str, str, str]] = [
    ("John", "Doe", "US", "NY", "New York", "10001"),
    ("Jane", "Smith", "US", "CA", "Los Angeles", "90001"),
    ("Amara", "Okafor", "US", "TX", "Austin", "73301"),
    ("Zoë", "Ångström", "SE", "", "Uppsala", "75310"),
    ("Luca", "Rossi", "IT", "RM", "Rome", "00118"),
    ("Mei", "Chen", "US", "WA", "Seattle", "98101"),
    ("Omar", "Haddad", "GB", "", "London", "EC1A 1BB"),
    ("Sofia", "García", "ES", "M", "Madrid", "28001"),
    ("Noah", "Meyer", "DE", "DE-BE", "Berlin", "10115"),
    ("Ines", "Silva", "PT", "", "Lisbon", "1100-148"),
    ("Kofi", "Mensah", "GH", "", "Accra", ""),
    ("Hanna", "Nowak", "PL", "", "Warsaw", "00-001"),
    ("Ravi", "Patel", "IN", "MH", "Mumbai", "400001"),
    ("Emma", "Jensen", "DK", "", "Aarhus", "8000"),
    ("Yuki", "Tanaka", "JP", "JP13", "Tokyo", "100-0001"),
    ("Peter", "O'Brien", "IE", "D", "Dublin", "D02"),
    ("Lena", "Fischer", "AT", "", "Vienna", "1010"),
    ("Carlos", "Lopez", "MX", "DF", "Mexico City", "06000"),
    ("Anna", "Hansen", "NO", "", "Oslo", "0150"),
    ("Ben", "Cohen", "US", "FL", "Miami", "33101"),
    ("Julie", "Martin", "FR", "", "Lyon", "69001"),
    ("Tom", "Brown", "AU", "NSW", "Sydney", "2000"),
    ("Nadia", "Petrova", "BG", "BG-22", "Sofia", "1000"),
    ("Ali", "Khan", "CA", "ON", "Toronto", "M5H 2N2"),
    ("Grace", "Wilson", "US", "IL", "Chicago", "60601"),
    ("Mateo", "Diaz", "AR", "C", "Buenos Aires", "C1002"),
    ("Ivy", "Lee", "US", "OR", "Portland", "97201"),
]

# person (index into PEOPLE), type, primary, street
ADDRESSES: list[tuple[int, str, int, str]] = [
    (0, "billing", 1, "123 Main St"),
    (0, "shipping", 1, "456 Oak Ave"),
    (0, "shipping", 0, "9 Warehouse Rd"),
    (1, "billing", 1, "1 Sunset Blvd"),
    (1, "billing", 0, "77 Hill St"),
    (1, "shipping", 1, "1 Sunset Blvd"),
    (2, "billing", 1, "5 Congress Ave"),
    (3, "billing", 1, "Kungsgatan 4"),
    (3, "shipping", 1, "Kungsgatan 4"),
    (5, "billing", 1, "800 Pine St"),
    (8, "billing", 1, "Invalidenstr. 10"),
]

LABELS: list[dict[str, str]] = [
    {"value": "vip", "color": "#ffb300"},
    {"value": "wholesale", "color": "#1e88e5"},
    {"value": "call back", "color": "#e53935"},
]

# amount: percent for `percentage`, cents for `fixed`
COUPONS: list[dict[str, Any]] = [
    {"title": "Ten percent", "code": "TEN", "type": "percentage", "amount": 10, "max_uses": 1000,
     "max_per_customer": 100},
    {"title": "Five off", "code": "FIVEOFF", "type": "fixed", "amount": 500, "stackable": 0,
     "min_purchase_amount": 2000},
]  # fmt: skip

# zone, region, method, amount, counted per
SHIPPING: list[tuple[str, str, str, int, str]] = [
    ("United States", "US", "Standard Shipping", 500, "per_order"),
    ("Rest of the world", "all", "International Shipping", 1500, "per_item"),
]
