"""What one scenario saw refused shows another requirement in the next: nothing is sent again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.plugin.context import running
from fluentcart_conformance.plugin.looking import assert_refused, told_before
from fluentcart_conformance.plugin.scenario import Scenario

from ..drivers.fake import answer, real_shop

KEY, OPERATION = "customer.not_found", "get_customer"
REFUSED = {"success": False, "error": {"code": "customer_not_found", "message": "Nobody."}}


@pytest.fixture
def shop() -> Shop:
    return real_shop("documented")


@pytest.fixture
def scenario() -> Iterator[Scenario]:
    one = Scenario("customers/test_x.py::test_x", [])
    one.saw({"type": "exchange", "id": "w0-7", "findings": []})
    with running(one):
        yield one


def test_a_right_refusal_is_evidence_for_another_law(shop: Shop, scenario: Scenario) -> None:
    given = answer(REFUSED, 404)
    assert_refused(shop, given, KEY, OPERATION)
    later = Scenario("errors/test_x.py::test_x", [])
    with running(later):
        assert told_before(shop, "ERR-CUS-NOT-FOUND", key=KEY, operation=OPERATION) is given
    assert later.checked == {"ERR-CUS-NOT-FOUND": "passed"}
    assert [one["exchanges"] for one in later.events] == [["w0-7"]]


def test_a_wrong_refusal_is_none(shop: Shop, scenario: Scenario) -> None:
    for status, body in ((200, {}), (410, REFUSED), (404, {"error": {"code": "gone"}})):
        with pytest.raises(AssertionError):
            assert_refused(shop, answer(body, status), KEY, OPERATION)
    assert told_before(shop, "ERR-CUS-NOT-FOUND", key=KEY, operation=OPERATION) is None
    assert scenario.checked == {}


def test_the_first_one_counts_and_only_for_its_operation(shop: Shop, scenario: Scenario) -> None:
    first = answer(REFUSED, 404)
    for given in (first, answer(REFUSED, 404)):
        assert_refused(shop, given, KEY, OPERATION)
    assert told_before(shop, key=KEY, operation=OPERATION) is first
    assert told_before(shop, key=KEY, operation="get_customer_orders") is None
    assert told_before(shop, key="address.not_found", operation=OPERATION) is None
