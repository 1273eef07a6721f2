from __future__ import annotations

import re

import pytest

from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.store import faults as room_of_faults
from fluentcart_conformance.store.faults import (
    AREAS,
    KINDS,
    FaultError,
    Room,
    faults,
    put_on,
)
from fluentcart_conformance.store.faults.kit import EVERYTHING
from fluentcart_conformance.store.server import EmbeddedStore


def test_there_are_many_and_each_is_declared_properly() -> None:
    found = faults()
    assert len(found) >= 150
    for fault in found.values():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", fault.id), fault.id
        assert fault.kind in KINDS, fault.id
        assert fault.area in AREAS, fault.id
        assert fault.sentence.endswith((".", ")")), fault.id
        assert set(fault.operations) <= set(EVERYTHING), fault.id


def test_every_requirement_that_a_fault_names_exists() -> None:
    known = load_requirements()
    unknown = {
        (fault.id, one)
        for fault in faults().values()
        for one in fault.requirements
        if one not in known
    }
    assert unknown == set()


def test_every_must_that_can_be_tested_has_a_fault() -> None:
    named = {one for fault in faults().values() for one in fault.requirements}
    missing = {
        one.id
        for one in load_requirements().values()
        if one.level == "MUST" and not one.untestable and one.id not in named
    }
    assert missing == set()


@pytest.mark.parametrize("profile", ["documented", "fluentcart-1.5"])
def test_every_fault_can_be_put_on(profile: str) -> None:
    store = EmbeddedStore(profile)
    for fault in faults().values():
        fault.change.install(store)


def test_unknown_faults_are_named_with_the_nearest_one() -> None:
    with pytest.raises(FaultError, match="did you mean refund-cent-more"):
        put_on(EmbeddedStore(), ["refund-cent-mor"])


def test_faults_that_exclude_each_other_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    two = [faults()[name] for name in ("refund-cent-more", "refund-zero")]
    room = Room("refunds")
    room.add("one", "RFD-ZERO", "unit", "One.", two[0].change, excludes=("two",))
    room.add("two", "RFD-ZERO", "unit", "Two.", two[1].change)
    known = {fault.id: fault for fault in room.faults}
    monkeypatch.setattr(room_of_faults, "faults", lambda: known)
    with pytest.raises(FaultError, match="one and two exclude each other"):
        put_on(EmbeddedStore(), ["one", "two"])
