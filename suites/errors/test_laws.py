"""What holds for every operation: reading changes nothing, and what is another's stays so."""

from __future__ import annotations

from collections.abc import Callable

from fluentcart_conformance.scenarios import (
    SIDE_EFFECTS,
    Answer,
    Line,
    Refusals,
    Scene,
    requirement,
)

# The others are what the stage is looked at with.
READS = (
    "list_orders", "get_order_transactions", "get_order_transaction", "get_shipping_methods",
    "calculate_shipping", "list_customers", "get_customer_stats", "get_customer_addresses",
    "get_attachable_users",
)  # fmt: skip


def test_reads_in_quick_succession_change_nothing(refused: Refusals[Scene]) -> None:
    firsts: dict[str, Answer] = {}

    def ask(scene: Scene, operation: str) -> Answer:
        firsts[operation] = scene.send(operation, replayable=False)
        return scene.send(operation) if _is_busy(firsts[operation]) else firsts[operation]

    for operation in READS:
        refused.must_keep(
            "GEN-READ-KEEPS", send=lambda scene, one=operation: ask(scene, one), what=operation
        )
    with requirement("GEN-RATE-LIMIT"):
        # Calculating needs a method that the target may not have.
        odd = {name for name, one in firsts.items() if one.status != 200 and not _is_busy(one)}
        assert odd <= {"calculate_shipping"}, {name: firsts[name].status for name in odd}
    refused.nothing_changed("GEN-READ-KEEPS")


def _is_busy(answer: Answer) -> bool:
    """Whether the store says when to come back; 429 is the documented way to say so."""
    return answer.status == 429 or (
        answer.status == 503 and "retry-after" in answer.exchange.response_headers
    )


def test_the_parts_of_an_order_are_out_of_reach_through_another(refused: Refusals[Scene]) -> None:
    shop = refused.shop
    mine, other = refused.stage.stage.open, refused.stage.stage.other
    home = shop.new_address(other, address_1="3 Elsewhere")
    theirs = shop.new_order(
        other, [Line(shop.product(), 1, 1777), Line(shop.product(), 2, 555)],
        billing_address_id=home.id,
    )  # fmt: skip
    copy, charge = theirs.address("billing"), theirs.charge
    attempts: dict[str, Callable[[Scene], Answer]] = {
        "get_order_transaction": lambda scene: shop.transaction_of(scene.stage.open.id, charge.id),
        "update_transaction_status": lambda scene: shop.set_transaction_status(
            scene.stage.open.id, charge.id, "failed"
        ),
        "refund_order": lambda scene: shop.refund(scene.stage.paid, 1, transaction=charge),
        "update_order_address_id": lambda scene: shop.use_address(scene.stage.open.id, home.id),
    }
    if copy:
        attempts["update_order_address"] = lambda scene: shop.update_order_address(
            scene.stage.open.id, copy.id, city="Seized"
        )
    for operation, attempt in attempts.items():
        refused.must_refuse("GEN-OWNERSHIP", send=attempt, what=operation)
    with requirement("GEN-OWNERSHIP"):
        assert shop.order(theirs.id).differences(theirs, apart_from=SIDE_EFFECTS) == []
    # An update of one's own order that names lines of another may be refused or carried out.
    seized = [{**one, "order_id": theirs.id} for one in shop.lines_again(mine)]
    for what, changes in (
        ("deletedItems", {"deletedItems": [one["id"] for one in seized]}),
        ("order_items", {"order_items": [{**one, "quantity": 7} for one in seized]}),
    ):
        refused.must_keep(
            "GEN-OWNERSHIP", send=lambda _, new=changes: shop.update_order(theirs, **new), what=what
        )
    refused.nothing_changed("GEN-OWNERSHIP")
