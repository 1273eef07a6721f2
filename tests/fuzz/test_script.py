"""A script sends what was sent, with the ids of the objects that it made itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.fuzz import counting
from fluentcart_conformance.fuzz.counting import Counting
from fluentcart_conformance.fuzz.model.script import shell_script
from fluentcart_conformance.fuzz.retell import history_of, named

ROOT = "https://shop.test/wp-json/fluent-cart/v2"
# A curl that writes down what it is to send, and answers with other ids than the recorded ones.
CURL = """#!/bin/sh
for word; do :; done
while [ $# -gt 0 ]; do
  case $1 in --data-raw) printf '%s\\n' "$2" >> sent ;; esac
  shift
done
printf '%s\\n' "$word" >> sent
printf '%s' '{"data": {"id": 77}, "order_id": 78, "order": {"id": 78, "customer_id": 79}}'
"""


def exchange(method: str, path: str, body: Any, answer: Any) -> Exchange:
    sent = None if body is None else json.dumps(body).encode()
    return Exchange(method, ROOT + path, 200, json.dumps(answer).encode(), request_body=sent)


def sent_by(script: str, folder: Path) -> list[str]:
    """The bodies and addresses that a script sends."""
    folder.joinpath("curl").write_text(CURL, "utf-8")
    folder.joinpath("curl").chmod(0o755)
    ran = subprocess.run(
        ["/bin/sh"], input=script, cwd=folder, capture_output=True, text=True, check=False,
        env={"PATH": f"{folder}:{os.environ['PATH']}", "STORE": "S",
             "FLUENTCART_USER": "u", "FLUENTCART_APP_PASSWORD": "p"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return folder.joinpath("sent").read_text("utf-8").splitlines()


@pytest.mark.skipif(not shutil.which("jq"), reason="the script needs jq")
def test_ids_stay_the_numbers_or_texts_they_were(tmp_path: Path) -> None:
    customer = {"email": "ann@example.com", "full_name": "Ann O'Hara"}
    order = {"customer_id": "31", "note": 'it\'s "new"'}
    script = shell_script(
        [
            exchange("POST", "/customers", customer, {"data": {"id": 31}}),
            exchange("POST", "/orders", order, {"order_id": 40}),
            exchange("POST", "/orders/40/change-customer", {"customer_id": 31}, {}),
        ],
        "words", "fcc-1", profile="fluentcart-1.5",
    )  # fmt: skip
    bodies = [json.loads(line) for line in sent_by(script, tmp_path) if line.startswith("{")]
    assert bodies == [customer, {**order, "customer_id": "77"}, {"customer_id": 77}]


@pytest.mark.skipif(not shutil.which("jq"), reason="the script needs jq")
def test_a_customer_whom_only_an_order_names_is_known_from_there(tmp_path: Path) -> None:
    shown = {"order": {"id": 40, "customer_id": 52}}
    new = {"email": "ann@example.com", "full_name": "Ann"}
    script = shell_script(
        [
            exchange("POST", "/orders/40/create-and-change-customer", new, {"message": "done"}),
            exchange("GET", "/orders/40", None, shown),
            exchange("GET", "/customers/52", None, {"customer": {"id": 52}}),
        ],
        "words", "fcc-1", profile="fluentcart-1.5",
    )  # fmt: skip
    assert sent_by(script, tmp_path)[-1] == "S/customers/79"


def test_what_made_something_is_remembered_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "_REMEMBERED", 3)

    class Shop:
        def call(self, method: str, path: str, **_: Any) -> Exchange:
            return exchange(method, path, None, {})

    client: Any = Counting(Shop())
    client.call("POST", "/customers")
    for number in range(9):
        client.call("GET", f"/orders/{number}")
    paths = [one.url.removeprefix(ROOT) for one in client.history]
    assert paths == ["/customers", "/orders/6", "/orders/7", "/orders/8"]


@pytest.mark.parametrize("odd", ["¹", "٣", "9" * 5000, "-1", True, 1.0, None])
def test_what_only_looks_like_an_id_names_nothing(odd: object) -> None:
    asked = exchange("POST", "/orders/40/change-customer", {"customer_id": odd}, {"id": odd})
    assert list(named(asked, "fluentcart-1.5")) == [("order", 40)]
    assert "customer_id" in shell_script([asked], "words", "fcc-1", profile="fluentcart-1.5")


def test_an_address_is_deleted_beside_the_one_that_came_first() -> None:
    before = [
        exchange("POST", "/customers", {}, {"data": {"id": 31}}),
        exchange("POST", "/customers/31/address", {"city": "Troy"}, {"data": {"id": 70}}),
        exchange("POST", "/customers/31/address", {"city": "Salem"}, {"data": {"id": 71}}),
        exchange("POST", "/customers/99/address", {"city": "Rome"}, {"data": {"id": 72}}),
    ]
    last = exchange("DELETE", "/customers/40/address", {"address": {"id": 71}}, {})
    assert history_of(last, before, "fluentcart-1.5") == before[:3]
