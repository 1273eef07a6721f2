"""Which shipping methods apply where, and what they charge (orders-api, Get Shipping Methods)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pytest

from fluentcart_conformance.drivers.setup import ShippingMethod
from fluentcart_conformance.scenarios import (
    Answer,
    Line,
    Prerequisite,
    Shop,
    needs,
    requirement,
    whole,
)
from fluentcart_conformance.target.preflight import TargetReport

Methods = Mapping[str, ShippingMethod]
NOWHERE: dict[str, str] = {}
ABROAD = {"country_code": "US", "state": "CA"}
AQ = {"country_code": "AQ"}
IN_STATE = {"country_code": "AQ", "state": "81"}
OTHER_STATE = {"country_code": "AQ", "state": "84"}


@dataclass(frozen=True)
class Listed:
    """One answer: ids of the methods that apply, of the others, and what each charges."""

    here: list[int]
    elsewhere: list[int]
    charges: dict[int, Any]
    rows: list[Mapping[str, Any]]

    @property
    def all(self) -> list[int]:
        """Both lists together."""
        return sorted(self.here + self.elsewhere)


@dataclass
class Looks:
    """Answers for places, each asked for once; `line` goes along where a charge is looked at."""

    shop: Shop
    line: Line
    answers: dict[str, Answer] = field(default_factory=dict)

    def at(self, query: Mapping[str, Any], *, with_line: bool = False) -> Answer:
        """The answer for a place."""
        name = f"{sorted(query.items())} {with_line}"
        if name not in self.answers:
            lines = [self.line] if with_line else []
            self.answers[name] = self.shop.shipping_methods(query, lines)
        return self.answers[name]

    def listed(self, query: Mapping[str, Any], *, with_line: bool = False) -> Listed:
        """What the store lists for a place."""
        answer = self.at(query, with_line=with_line)
        self.shop.given(answer, f"list shipping methods for {query}")
        here, elsewhere = self.shop.shipping_methods_in(answer)
        rows = [*here, *elsewhere]
        charges = {whole(row.get("id")): row.get("shipping_charge") for row in rows}
        ids = [[whole(row.get("id")) for row in part] for part in (here, elsewhere)]
        return Listed(ids[0], ids[1], charges, rows)


@pytest.fixture(scope="module")
def looks(shop: Shop, target: TargetReport, request: pytest.FixtureRequest) -> Looks:
    """Once there are the methods of this run, where the target lets them be made."""
    if target.writes and target.capabilities["shipping_methods"].present:
        with suppress(Prerequisite):  # told by the scenarios that need them
            request.getfixturevalue("methods")
    kinds = {one.fulfillment_type for one in shop.products}
    return Looks(shop, Line(shop.product("physical" if "physical" in kinds else None), 3))


def test_the_methods_are_read_with_and_without_a_place(looks: Looks) -> None:
    for query, with_line in ((NOWHERE, False), (ABROAD, True), (AQ, False)):
        answer = looks.at(query, with_line=with_line)
        with requirement("SHP-METHODS-ENDPOINT", "SHP-METHODS-PARAMETERS"):
            assert answer.status == 200, f"{query}: {answer.excerpt}"


@needs("shipping_methods")
def test_without_a_country_no_method_applies(methods: Methods, looks: Looks) -> None:
    for query in (NOWHERE, {"country_code": "", "state": "81"}):
        found = looks.listed(query)
        with requirement("SHP-METHODS-NO-COUNTRY"):
            assert found.here == [], f"{query}: these apply: {found.here}"
            missing = {methods["dear"].id, methods["cheap"].id, methods["of state"].id} - set(
                found.elsewhere
            )
            assert not missing, f"{query}: enabled methods that are not listed: {missing}"
        with requirement("SHP-METHODS-ENABLED"):
            assert methods["off"].id not in found.all, f"{query}: a method that is off is listed"


@needs("shipping_methods")
def test_country_and_state_choose_the_methods(
    methods: Methods, looks: Looks, target: TargetReport
) -> None:
    enabled = {
        *target.shipping_methods,
        methods["dear"].id,
        methods["cheap"].id,
        methods["of state"].id,
    }
    plain = {methods["dear"].id, methods["cheap"].id}
    own = {*plain, methods["of state"].id}
    wide, other = looks.listed(AQ), looks.listed(OTHER_STATE)
    there, abroad = (looks.listed(query, with_line=True) for query in (IN_STATE, ABROAD))
    with requirement("SHP-METHODS-COUNTRY"):
        assert plain <= set(wide.here), "the methods of the country apply in it"
        assert not own & set(abroad.here), "the methods of another country do not apply"
    with requirement("SHP-METHODS-STATE"):
        assert own <= set(there.here), "the methods of the country and of the state apply"
        assert plain <= set(other.here), "methods of the whole country apply in any state"
        assert methods["of state"].id in other.elsewhere, "a method of another state does not apply"
    for place in (wide, there, other, abroad):
        with requirement("SHP-METHODS-OTHERS"):
            assert not set(place.here) & set(place.elsewhere), "a method is in both lists"
            assert len(place.all) == len(set(place.all)), "a method is listed twice"
            assert not enabled - set(place.all), "enabled methods are missing"
        with requirement("SHP-METHODS-ENABLED"):
            assert methods["off"].id not in place.all, "a method that is off is listed"
            off = [row for row in place.rows if row.get("is_enabled") not in (True, 1, "1")]
            assert off == []


@needs("shipping_methods")
def test_a_country_that_does_not_exist_has_no_methods_of_others(
    shop: Shop, methods: Methods
) -> None:
    answer = shop.shipping_methods({"country_code": "ZZ9"})
    with requirement("SHP-METHODS-UNKNOWN-COUNTRY"):
        assert answer.accepted or answer.refused, answer.excerpt
        if answer.accepted:
            here, _ = shop.shipping_methods_in(answer)
            ids = {whole(row.get("id")) for row in here}
            assert not ids & {one.id for one in methods.values()}, (
                f"methods of Antarctica apply: {ids}"
            )


@needs("shipping_methods", "physical_products")
def test_the_lines_decide_what_a_method_charges(shop: Shop, methods: Methods, looks: Looks) -> None:
    found = looks.listed(IN_STATE, with_line=True)
    for one in (methods["dear"], methods["cheap"], methods["of state"]):
        with requirement("SHP-METHODS-ITEMS"):
            charge = whole(found.charges.get(one.id), "shipping_charge")
            assert charge == one.amount, f"{one.title} costs {one.amount}"
    asked = shop.given(
        shop.calculate_shipping([looks.line], methods["dear"].id), "calculate shipping"
    )
    with requirement("SHP-METHODS-ITEMS"):
        assert whole(asked.members.get("shipping_charge")) == found.charges[methods["dear"].id]
        assert methods["dear"].id in found.here, "lines do not change which methods apply"


@needs("shipping_methods", "digital_products")
def test_a_method_charges_for_what_is_downloaded_what_a_calculation_says(
    shop: Shop, methods: Methods
) -> None:
    line, dear = Line(shop.product("digital"), 2), methods["dear"].id
    found = Looks(shop, line).listed(IN_STATE, with_line=True)
    asked = shop.given(shop.calculate_shipping([line], dear), "calculate shipping")
    with requirement("SHP-CALC-DIGITAL"):
        assert whole(asked.members.get("shipping_charge")) == 0, asked.excerpt
    with requirement("SHP-METHODS-ITEMS"):
        assert found.charges.get(dear) == asked.members.get("shipping_charge")
