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

# The stage is looked at with others; the scenarios of lists, addresses and transactions read twice.
READS = (
    "list_orders", "get_order_transaction", "calculate_shipping", "list_customers",
    "get_customer_stats", "get_attachable_users",
)  # fmt: skip


def test_neither_reading_nor_asking_through_another_order_changes_anything(
    refused: Refusals[Scene],
) -> None:
    _read_in_quick_succession(refused)
    _the_parts_of_an_order_are_out_of_reach_through_another(refused)
    refused.nothing_changed()


def _read_in_quick_succession(refused: Refusals[Scene]) -> None:
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


def _is_busy(answer: Answer) -> bool:
    """Whether the store says when to come back; 429 is the documented way to say so."""
    return answer.status == 429 or (
        answer.status == 503 and "retry-after" in answer.exchange.response_headers
    )


def _the_parts_of_an_order_are_out_of_reach_through_another(refused: Refusals[Scene]) -> None:
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
    refused.must_keep(
        "GEN-OWNERSHIP",
        send=lambda _: shop.update_order(theirs, deletedItems=[one["id"] for one in seized]),
        what="deletedItems",
    )
