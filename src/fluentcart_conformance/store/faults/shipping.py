"""Faults of shipping methods, charges and custom items."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.store.faults import alter, deeds, kit
from fluentcart_conformance.store.faults.kit import Call, after, record, sent, sql
from fluentcart_conformance.store.faults.model import Change, Room
from fluentcart_conformance.store.faults.records import Json, parts

room = Room("shipping")
add = room.add

METHODS, CALCULATE, CUSTOM = "get_shipping_methods", "calculate_shipping", "create_custom_item"
_LATEST = "(SELECT max(id) FROM order_items WHERE order_id = :order)"


def _whole(change: Any) -> Change:
    return kit.body(METHODS, change)


def _both_lists(whole: Json) -> None:
    whole["other_shipping_methods"] = [
        *whole["other_shipping_methods"], *whole["shipping_methods"]]  # fmt: skip


def _known_method(members: Json, call: Call) -> None:
    given = alter.number(members.get("shipping_id"))
    if given and not call.shop.db.value("SELECT 1 FROM shipping_methods WHERE id = ?", (given,)):
        members["shipping_id"] = call.shop.db.value("SELECT min(id) FROM shipping_methods")


def _known_items(members: Json, call: Call) -> None:
    asked = members.get("order_items")
    for item in asked if isinstance(asked, list) else []:
        number = alter.number(item.get("id")) if isinstance(item, dict) else None
        query = "SELECT 1 FROM product_variations WHERE id = ?"
        if number and not call.shop.db.value(query, (number,)):
            item["id"] = call.shop.db.value("SELECT min(id) FROM product_variations")


def custom(*statements: str) -> Change:
    """SQL after a custom item was added."""
    return after(CUSTOM, sql(*statements))


def _product(members: Json, call: Call) -> None:
    product = members.get("product")
    if not isinstance(product, dict):
        product = members["product"] = {}
    for name, value in (("title", "Something"), ("price", 100), ("quantity", 1)):
        number = alter.number(product.get(name))
        bad = not product.get(name) if name == "title" else number is None or number < 0
        if bad or (name == "quantity" and number is not None and number < 1):
            product[name] = value
    if call.shop.profile.is_documented:
        return
    for name, other in (("item_name", "title"), ("item_price", "price")):
        product.setdefault(name, product[other])


# fmt: off
add("methods-endpoint-202", "SHP-METHODS-ENDPOINT", "wrong status",
    "The methods are answered with 202.", deeds.status(METHODS, 200, 202))
add("methods-state-refused", "SHP-METHODS-PARAMETERS", "refused",
    "A state in the query is refused.",
    deeds.refuse(METHODS, lambda call: "state" in call.request.query))
add("methods-items-refused", ("SHP-METHODS-PARAMETERS", "SHP-METHODS-ITEMS"), "refused",
    "Lines in the query are refused.",
    deeds.refuse(METHODS, lambda call: "order_items" in call.request.query))
add("methods-without-country", "SHP-METHODS-NO-COUNTRY", "wrong value",
    "Without a country the other methods apply.",
    kit.accepted(METHODS, lambda given, call: given.body.update(
        shipping_methods=given.body["other_shipping_methods"], other_shipping_methods=[])
        if not call.request.query.get("country_code") else None))
add("methods-country-ignored", "SHP-METHODS-COUNTRY", "ignored", "country_code is passed over.",
    deeds.ignoring(METHODS, "country_code"))
add("methods-state-ignored", "SHP-METHODS-STATE", "ignored", "state is passed over.",
    deeds.ignoring(METHODS, "state"))
add("methods-in-both-lists", "SHP-METHODS-OTHERS", "side effect",
    "A method that applies is among the others as well.", _whole(_both_lists))
add("methods-others-lost", "SHP-METHODS-OTHERS", "half done",
    "The last of the other methods is lost.",
    _whole(lambda whole: whole["other_shipping_methods"] and whole["other_shipping_methods"].pop()))
add("methods-second-only-lost", ("SHP-METHODS-OTHERS", "SHP-METHODS-NO-COUNTRY"), "second only",
    "The second of the other methods is lost.",
    _whole(lambda whole: whole["other_shipping_methods"][1:]
           and whole["other_shipping_methods"].pop(1)))
add("methods-disabled-shown", "SHP-METHODS-ENABLED", "rule forgotten",
    "Methods that are not enabled are listed.",
    record("method", METHODS, alter.change("is_enabled", lambda now: type(now)(0)), slice(0, 1)))
add("methods-unknown-country-crashes", "SHP-METHODS-UNKNOWN-COUNTRY", "server error",
    "An unknown country ends in a 500.",
    kit.around(METHODS, lambda call, answer: deeds.refusal(call, 500)
               if call.request.query.get("country_code", "US") not in (
                   "", "US", "DE", "GB", "FR", "SE", "IT", "CA", "AT", "ES") else answer()))
add("methods-items-ignored", "SHP-METHODS-ITEMS", "ignored", "Lines in the query are passed over.",
    deeds.ignoring(METHODS, "order_items"))
add("methods-charge-in-units", "SHP-METHODS-ITEMS", "unit",
    "shipping_charge of a method is in whole units.",
    record("method", METHODS, alter.times(0.01, "shipping_charge")))

add("shipping-endpoint-202", "SHP-CALC-ENDPOINT", "wrong status",
    "A calculation is answered with 202.", deeds.status(CALCULATE, 200, 202))
add("shipping-body-refused", "SHP-CALC-BODY", "refused", "A calculation is refused.",
    deeds.refuse(CALCULATE, lambda _: True))
add("shipping-silent", "SHP-CALC-TEXT", "wrong value", "The answer says nothing.",
    kit.body(CALCULATE, alter.put("message", "")))
add("shipping-keys-by-place", "SHP-CALC-KEYS", "wrong value",
    "The lines are keyed by their place.",
    kit.body(CALCULATE, lambda whole: whole.update(order_items={
        str(place): line for place, line in enumerate(whole["order_items"].values())}
        if isinstance(whole["order_items"], dict) else [])))
add("shipping-line-lost", "SHP-CALC-QUANTITY", "half done", "The last line is left out.",
    kit.body(CALCULATE, lambda whole: isinstance(whole["order_items"], dict)
             and len(whole["order_items"]) > 1 and whole["order_items"].popitem()))
add("shipping-quantity-one", "SHP-CALC-QUANTITY", "wrong value",
    "The quantity of every line is 1.", record("shipped", CALCULATE, alter.put("quantity", 1)))
add("shipping-price-cent-off", "SHP-CALC-QUANTITY", "off by one",
    "unit_price of a line is a cent too high.",
    record("shipped", CALCULATE, alter.bump("unit_price")))
add("shipping-sum-cent-off", "SHP-CALC-SUM", "off by one",
    "shipping_charge is a cent more than its lines.",
    kit.body(CALCULATE, alter.bump("shipping_charge")))
add("shipping-second-line-off", "SHP-CALC-SUM", "second only",
    "The charge of the second line is a cent too high.",
    record("shipped", CALCULATE, alter.bump("shipping_charge"), slice(1, 2)))
add("shipping-in-units", ("SHP-CALC-METHOD", "SHP-METHODS-ITEMS"), "unit",
    "shipping_charge and its lines are in whole units.",
    kit.body(CALCULATE, lambda whole: [alter.times(0.01, "shipping_charge")(one) for one in (
        whole, *(whole["order_items"].values() if isinstance(whole["order_items"], dict)
                 else ()))]))
add("shipping-always-the-same", "SHP-CALC-METHOD", "ignored", "The method is passed over.",
    sent(CALCULATE, lambda one, call: one.update(shipping_id=call.shop.db.value(
        "SELECT min(id) FROM shipping_methods")) if alter.number(one.get("shipping_id"))
        and call.shop.db.value("SELECT 1 FROM shipping_methods WHERE id = ?",
                               (one["shipping_id"],)) else None))
add("shipping-charges-digital", "SHP-CALC-DIGITAL", "rule forgotten",
    "Digital lines cost shipping.",
    kit.body(CALCULATE, lambda whole: whole.update(shipping_charge=500)
             if whole["shipping_charge"] == 0 else None))
add("shipping-stores", "SHP-CALC-KEEPS", "side effect",
    "A calculation changes the newest orders.",
    after(CALCULATE, sql("UPDATE orders SET shipping_total = shipping_total + 1 WHERE id >"
                         " (SELECT max(id) - 30 FROM orders)")))
add("shipping-without-items", "SHP-CALC-NO-ITEMS", "error as success",
    "Without lines the answer is a charge of 0.",
    deeds.excuse(CALCULATE, (400, 422), {"message": "Done.", "shipping_charge": 0,
                                         "order_items": {}},
                 when=lambda call: not call.sent.get("order_items")))
add("shipping-without-method", "SHP-CALC-NO-METHOD", "rule forgotten",
    "Without a method the first one is meant.",
    deeds.filled(CALCULATE, "shipping_id",
                 lambda call: call.shop.db.value("SELECT min(id) FROM shipping_methods")))
add("shipping-unknown-method", "SHP-CALC-UNKNOWN-METHOD", "rule forgotten",
    "An unknown method stands for the first one.", sent(CALCULATE, _known_method))
add("shipping-unknown-item", "SHP-CALC-UNKNOWN-ITEM", "rule forgotten",
    "An unknown variation stands for the first one.", sent(CALCULATE, _known_items))
add("shipping-without-quantity", "SHP-CALC-NO-QUANTITY", "rule forgotten",
    "A line without a quantity counts once.",
    sent(CALCULATE, lambda one, _: [item.setdefault("quantity", 1)
                                    for item in parts(one, "order_items")]))

add("custom-endpoint-202", "SHP-CUSTOM-ENDPOINT", "wrong status",
    "A custom item is answered with 202.", deeds.status(CUSTOM, 200, 202))
add("custom-body-refused", "SHP-CUSTOM-BODY", "refused", "A custom item is refused.",
    deeds.refuse(CUSTOM, lambda _: True))
add("custom-answer-list", "SHP-CUSTOM-ANSWER", "wrong type", "The answer is a list.",
    kit.accepted(CUSTOM, lambda given, _: setattr(given, "body", [given.body])))
add("custom-without-effect", ("SHP-CUSTOM-STORED", "GEN-READ-AFTER-WRITE"), "no effect",
    "A custom item is answered as added and is not.", deeds.without_effect(CUSTOM))
add("custom-price-in-units", "SHP-CUSTOM-STORED", "unit", "The price is taken for whole units.",
    custom(f"UPDATE order_items SET unit_price = unit_price * 100 WHERE id = {_LATEST}"))
add("custom-quantity-one", "SHP-CUSTOM-STORED", "wrong value", "The quantity is always 1.",
    custom(f"UPDATE order_items SET quantity = 1 WHERE id = {_LATEST}"))
add("custom-title-lost", "SHP-CUSTOM-STORED", "wrong value", "The title is lost.",
    custom(f"UPDATE order_items SET title = 'Custom item' WHERE id = {_LATEST}"))
add("custom-unmarked", "SHP-CUSTOM-MARKED", "wrong value", "is_custom is false.",
    custom("UPDATE order_items SET is_custom = 0 WHERE order_id = :order"))
add("custom-all-marked", "SHP-CUSTOM-MARKED", "wrong object", "is_custom is true for all lines.",
    custom("UPDATE order_items SET is_custom = 1 WHERE order_id = :order"))
add("custom-totals-stay", "SHP-CUSTOM-TOTALS", "half done",
    "The totals do not grow by the custom item.",
    custom("UPDATE orders SET subtotal = subtotal - (SELECT line_total FROM order_items WHERE id ="
           f" {_LATEST}), total_amount = total_amount - (SELECT line_total FROM order_items WHERE"
           f" id = {_LATEST}) WHERE id = :order"))
add("custom-total-cent-off", "SHP-CUSTOM-TOTALS", "off by one",
    "total_amount is a cent too high.",
    custom("UPDATE orders SET total_amount = total_amount + 1 WHERE id = :order"))
add("custom-changes-lines", "SHP-CUSTOM-KEEPS", "side effect", "The other lines change.",
    custom("UPDATE order_items SET quantity = quantity + 1, title = 'x' WHERE order_id = :order"
           f" AND id < {_LATEST}"))
add("custom-on-neighbour", "SHP-CUSTOM-STORED", "wrong object",
    "The order before the one named gets the item.", deeds.elsewhere(CUSTOM, "orders"))
add("custom-invalid-422", "SHP-CUSTOM-INVALID-423", "wrong status",
    "An item that cannot be processed is refused with 409.",
    deeds.status(CUSTOM, (400, 422, 423), 409))
add("custom-invalid-mended", ("SHP-CUSTOM-INVALID-423", "SHP-CUSTOM-NO-PRODUCT"),
    "rule forgotten", "What an item lacks is made up.", sent(CUSTOM, _product))
add("custom-refused-changes", "SHP-CUSTOM-NO-PRODUCT", "side effect",
    "A refused item raises the total.",
    after(CUSTOM, sql("UPDATE orders SET total_amount = total_amount + 1 WHERE id = :order"),
          refusal=True))
add("custom-unknown-order", ("SHP-CUSTOM-UNKNOWN", "ERR-ID-UNKNOWN"), "error as success",
    "An unknown order is answered as done.", deeds.excuse(CUSTOM, 404, {"message": "Done."}))
# fmt: on
