"""A shop whose client answers from a list, and one that stands on the embedded store's rules.

Neither opens a socket.
"""

from __future__ import annotations

import base64
import json as jsonlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlencode

from fluentcart_conformance.contract import load_contract
from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.drivers.answers import Answer
from fluentcart_conformance.drivers.shop import Product, Shop
from fluentcart_conformance.drivers.wire_plugin import wire_for
from fluentcart_conformance.store.server import EmbeddedStore

DIGITAL = Product(11, 111, 1999, "digital", "Ebook")
PHYSICAL = Product(22, 222, 4999, "physical", "Lamp")
OTHER = Product(33, 333, 50, "digital", "Song")


def exchange(status: int = 200, body: Any = None, *, raw: bytes | None = None) -> Exchange:
    return Exchange(
        method="GET",
        url="https://shop.example/wp-json/fluent-cart/v2/x",
        status=status,
        response_body=jsonlib.dumps(body).encode() if raw is None else raw,
    )


def answer(body: Any = None, status: int = 200) -> Answer:
    return Answer(exchange(status, body))


@dataclass(frozen=True)
class Sent:
    """One request as a driver sent it; `more` are the arguments beside method, path, identity."""

    method: str
    path: str
    identity: str
    more: Mapping[str, Any]


def check(sent: Sent, method: str, path: str, body: Any = None, **more: Any) -> None:
    said = {"json": body} if body is not None else {}
    assert (sent.method, sent.path, dict(sent.more)) == (method, path, {**said, **more})
    assert sent.identity == "admin"


@dataclass
class Scripted:
    """Answers with what was put in, first in first out, then with `{}`."""

    answers: list[tuple[int, Any]] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)

    def call(self, method: str, path: str, *, identity: str = "?", **more: Any) -> Exchange:
        self.sent.append(Sent(method, path, identity, more))
        status, body = self.answers.pop(0) if self.answers else (200, {})
        return exchange(status, body)

    @property
    def last(self) -> Sent:
        return self.sent[-1]


@dataclass
class Notes:
    """A journal that remembers."""

    namespace: str = "fct-t"
    made: list[tuple[Any, ...]] = field(default_factory=list)
    gone: list[tuple[str, Any]] = field(default_factory=list)

    def created(self, kind: str, id: Any, **extra: Any) -> None:
        self.made.append((kind, id, extra) if extra else (kind, id))

    def removed(self, kind: str, id: Any) -> None:
        self.gone.append((kind, id))


@dataclass(frozen=True)
class Bench:
    """A shop with its client and journal at hand."""

    shop: Shop
    client: Scripted
    notes: Notes

    def answers(self, *bodies: Any) -> None:
        """Put in answers: a body, or a pair of status and body."""
        self.client.answers += [one if isinstance(one, tuple) else (200, one) for one in bodies]

    def sent_by(self, act: Callable[[Shop], Any]) -> Sent:
        """The one request that an action makes."""
        before = len(self.client.sent)
        act(self.shop)
        assert len(self.client.sent) == before + 1
        return self.client.last


def bench(profile: str = "documented", *bodies: Any, **wire: Any) -> Bench:
    client, notes = Scripted(), Notes()
    shop = Shop(
        client=client,
        wire=wire_for(profile, **wire),
        journal=notes,
        profile=load_contract(profile).profile,
        products=(DIGITAL, PHYSICAL, OTHER),
        tag="a",
    )
    made = Bench(shop, client, notes)
    made.answers(*bodies)
    return made


@dataclass
class InProcess:
    """Hands requests to the embedded store as function calls."""

    store: EmbeddedStore
    sent: list[Sent] = field(default_factory=list)

    def call(
        self, method: str, path: str, *, identity: str = "admin", json: Any = None,
        query: Any = None, **more: Any,
    ) -> Exchange:  # fmt: skip
        self.sent.append(Sent(method, path, identity, {"json": json, "query": query, **more}))
        headers = {"content-type": "application/json"}
        one = self.store.identities.get(identity)
        if one is not None:
            pair = base64.b64encode(f"{one.user}:{one.password}".encode()).decode()
            headers["authorization"] = f"Basic {pair}"
        target = f"/wp-json{path if path.startswith('/wp/') else '/fluent-cart/v2' + path}"
        if query:
            target += "?" + urlencode(_pairs(query))
        raw = b"" if json is None else jsonlib.dumps(json).encode()
        transport = self.store.transport
        said = self.store.app.handle(transport.request(method, target, headers, raw))
        return Exchange(
            method=method, url=target, status=said.status, response_body=transport.encode(said)
        )


def _pairs(query: Any) -> list[tuple[str, Any]]:
    pairs: list[tuple[str, Any]] = []
    for name, value in query.items() if isinstance(query, Mapping) else query:
        if isinstance(value, Mapping):
            pairs += [(f"{name}[{key}]", one) for key, one in value.items()]
        elif isinstance(value, list | tuple):
            pairs += [(f"{name}[]", one) for one in value]
        else:
            pairs.append((name, value))
    return pairs


@cache
def _store(profile: str) -> EmbeddedStore:
    return EmbeddedStore(profile)


def real_shop(profile: str = "documented") -> Shop:
    """A shop on an embedded store that holds its first content and nothing else."""
    store = _store(profile)
    store.reset()
    return Shop(
        client=InProcess(store),
        wire=wire_for(profile),
        journal=Notes(),
        profile=load_contract(profile).profile,
        products=_products(store),
        tag="b",
    )


def _products(store: EmbeddedStore) -> tuple[Product, ...]:
    rows = store.database.all(
        "SELECT v.id, v.post_id, v.item_price, v.fulfillment_type, p.post_title"
        " FROM product_variations v JOIN products p ON p.id = v.post_id ORDER BY v.id"
    )
    return tuple(
        Product(row["post_id"], row["id"], row["item_price"], row["fulfillment_type"],
                row["post_title"])
        for row in rows
    )  # fmt: skip
