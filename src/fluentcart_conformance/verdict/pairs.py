"""Which answer of one store belongs to which answer of another."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import Any

from .events import ExchangeEvent
from .shapes import levelled, shape_of

Exchanges = dict[tuple[Any, ...], ExchangeEvent]
"""By scenario, identity, operation, path, body, and how often that was sent before."""
_WITHOUT_BODY = 4
_OBJECT = re.compile(r"/(orders|customers)/(\d+)(?=[/?]|$)")
_ID = re.compile(r'"(?:order_|customer_)?id"\s*:\s*"?(\d+)')
_GONE = 404
_REFUSED = 400
Own = set[tuple[str | None, str, str]]
"""Scenario, `orders` or `customers`, id."""
_ID_IN_PATH = re.compile(r"/-?\d+(?=[/?]|$)")


def twins(old: Exchanges, new: Exchanges) -> list[tuple[ExchangeEvent, ExchangeEvent]]:
    """Which answer of one store belongs to which of the other.

    The same request first. What is left (a request that sends back what the store answered) is
    paired in its order, where a scenario sent an operation equally often to both.
    """
    shared = [(one, new[key]) for key, one in old.items() if key in new]
    left, right = _alone(old, new), _alone(new, old)
    for key, ones in left.items():
        if len(ones) == len(right.get(key, ())):
            shared += zip(ones, right[key], strict=True)
    return shared


def _alone(these: Exchanges, those: Exchanges) -> dict[tuple[Any, ...], list[ExchangeEvent]]:
    """What has no twin, by scenario, identity, operation and path."""
    found: dict[tuple[Any, ...], list[ExchangeEvent]] = defaultdict(list)
    for key, one in these.items():
        if key not in those:
            found[key[:_WITHOUT_BODY]].append(one)
    return found


def comparable(event: ExchangeEvent) -> bool:
    """Generated requests are others in every run."""
    return event["scenario"] is not None and not event["scenario"].startswith("fuzz/")


def request_of(event: ExchangeEvent) -> tuple[str, str]:
    """The request without ids and what belongs to one run, to find its twin by."""
    path = event["url"].partition("/v2/")[2] or event["url"]
    sent = event["request"]["body"] or ""
    try:
        body = json.dumps(sorted(shape_of(json.loads(sent))))
    except (ValueError, RecursionError):
        body = levelled(sent)
    return levelled(_ID_IN_PATH.sub("/*", path)), body


def own_of(event: ExchangeEvent) -> Own:
    """The orders and customers that a write of a scenario is about: they are its own."""
    if event["method"] == "GET":
        return set()
    found = _OBJECT.search(event["url"])
    if found:
        return {(event["scenario"], found[1], found[2])}
    collection = event["url"].partition("?")[0].rstrip("/").rpartition("/")[2]
    ids = _ID.findall(event["response"]["body"] or "")
    return {(event["scenario"], collection, number) for number in ids}


def by_luck(one: ExchangeEvent, two: ExchangeEvent, own: tuple[Own, Own]) -> bool:
    """Whether a read found something here and nothing there because of the numbers of ids.

    A scenario that tries a customer's id on orders may hit an order in one of the stores.
    """
    statuses = {one["status"], two["status"]}
    if one["method"] != "GET" or _GONE not in statuses or min(statuses) >= _REFUSED:
        return False
    for event, known in zip((one, two), own, strict=True):
        found = _OBJECT.search(event["url"])
        if found and (event["scenario"], found[1], found[2]) not in known:
            return True
    return False
