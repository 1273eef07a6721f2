"""Which switches there are, and a store with some of them on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fluentcart_conformance.store.personality import carriage, foreigners, spelling
from fluentcart_conformance.store.server import EmbeddedStore

REST_ROOT = "/backend/api"
FIRST_ID = 9_000_000


class PersonalityError(Exception):
    """An unknown personality or switch."""


@dataclass(frozen=True)
class Switch:
    """One way in which a store may differ and still conform.

    Attributes:
        install: What is done to a store before it serves.
        build: Arguments of the store itself.
        dress: What is switched on in the carriage.
    """

    sentence: str
    install: Callable[[EmbeddedStore], None] = lambda _: None
    build: dict[str, Any] = field(default_factory=dict)
    dress: tuple[str, ...] = ()


SWITCHES: dict[str, Switch] = {
    "reversed": Switch("Members come in the other order.", spelling.reverse),
    "extra": Switch("Every object has members nobody documented.", spelling.add_members),
    "high-ids": Switch("Ids begin at 9,000,000.", build={"first_id": FIRST_ID}),
    "numeric-text": Switch(
        "Numbers are text, and text numbers, wherever either is allowed.", spelling.swap_numbers
    ),
    "currency": Switch("The shop sells in Swiss francs.", spelling.use_currency),
    "translated": Switch("Messages are in another language.", spelling.translate),
    "nulls": Switch("What may be empty is null instead of an empty text.", spelling.nulls),
    "gzip": Switch("Answers are compressed.", dress=("gzip",)),
    "chunked": Switch("Answers come in chunks.", dress=("chunked",)),
    "lower-headers": Switch("Header names are in lower case.", dress=("lower",)),
    "delay": Switch("Every answer takes 300 ms.", carriage.delay),
    "limiter": Switch("Too many requests are answered 429 with Retry-After.", carriage.limit),
    "unavailable": Switch("One answer in a hundred is a 503.", carriage.unavailable),
    "crowd": Switch("5,000 orders of other people change meanwhile.", foreigners.move_in),
    "full-name": Switch("Customers are written with full_name.", spelling.full_names),
    "rest-root": Switch("The REST API lives elsewhere.", build={"rest_root": REST_ROOT}),
}
NAMES: dict[str, tuple[str, ...]] = {"plain": (), "stranger": tuple(SWITCHES)}


def chosen_switches(personality: str = "", switches: str = "") -> tuple[str, ...]:
    """The switches of a personality and those named with commas.

    Raises:
        PersonalityError: for an unknown name.
    """
    if personality and personality not in NAMES:
        raise PersonalityError(f"unknown personality {personality!r}; known: {', '.join(NAMES)}")
    named = [one.strip() for one in switches.split(",") if one.strip()]
    for one in named:
        if one not in SWITCHES:
            raise PersonalityError(f"unknown switch {one!r}; known: {', '.join(SWITCHES)}")
    return tuple(dict.fromkeys((*NAMES.get(personality, ()), *named)))


def dressed(
    switches: Iterable[str],
    profile: str = "documented",
    db: str | Path | None = None,
    port: int = 0,
    *,
    host: str = "127.0.0.1",
) -> EmbeddedStore:
    """Return a store with these switches on, not yet started."""
    chosen = [SWITCHES[name] for name in switches]
    build: dict[str, Any] = {}
    for switch in chosen:
        build |= switch.build
    dress = frozenset(word for switch in chosen for word in switch.dress)
    transport = carriage.DressedTransport(build.pop("rest_root", "/wp-json"), dress)
    store = EmbeddedStore(profile, db, port, host=host, transport=transport, **build)
    for switch in chosen:
        switch.install(store)
    return store
