"""Every area has some of each kind of fault."""

from __future__ import annotations

import pytest

from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.store.faults import AREAS, KINDS, faults

# What makes no sense, and why.
SENSELESS = {
    ("lists", "no effect"): "a list has no effect that could be missing",
    ("lists", "ownership"): "the path of a list names no owner",
    ("shipping", "ownership"): "methods and calculations belong to nobody",
    ("transactions", "ignored"): "nothing filters, sorts or pages transactions",
    ("bulk", "unit"): "no amount is sent or answered",
    ("bulk", "ownership"): "what a bulk action names belongs to nobody else",
    ("addresses", "off by one"): "an address has no amount and no count",
    ("addresses", "unit"): "an address has no amount",
    ("addresses", "ignored"): "nothing filters, sorts or pages addresses",
    ("auth", "off by one"): "credentials have no amount and no count",
    ("auth", "unit"): "credentials have no amount",
    ("auth", "ignored"): "nothing filters, sorts or pages callers",
    ("auth", "no effect"): "being let in or not has no effect of its own",
    ("auth", "half done"): "a caller is let in or not",
    ("auth", "wrong object"): "a caller is let in or not",
    ("auth", "ownership"): "who may see which order is no matter of the owner",
    ("errors", "ignored"): "nothing filters, sorts or pages refusals",
    ("errors", "403 for 401"): "who is let in belongs to the area of credentials",
}


def _cells() -> set[tuple[str, str]]:
    """A fault counts for its own area and for those of the requirements it names."""
    known = load_requirements()
    return {
        (area, fault.kind)
        for fault in faults().values()
        for area in (fault.area, *(known[one].area for one in fault.requirements))
    }


def test_every_area_has_faults_of_each_kind_that_makes_sense() -> None:
    wanted = {(area, kind) for area in AREAS for kind in KINDS}
    assert wanted - _cells() == SENSELESS.keys()


@pytest.mark.parametrize("area", [one for one in AREAS if one not in ("auth", "errors")])
def test_credentials_are_missing_on_a_method_an_operation_and_for_writes(area: str) -> None:
    ways = {"open-operation", "open-method", "open-writes", "403-for-401"}
    if area == "lists":
        ways.remove("open-writes")
    assert {f"{area}-{way}" for way in ways} <= faults().keys()
