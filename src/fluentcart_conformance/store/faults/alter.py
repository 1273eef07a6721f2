"""Ready-made parts of faults: what is done to a record, a list or the words of a refusal."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from fluentcart_conformance.store.faults.records import Json, first_of, moved, scaled

OnRecord = Callable[[Json], object]


def drop(*names: str) -> OnRecord:
    """Leave members out."""
    return lambda one: [one.pop(name, None) for name in names]


def put(name: str, value: Any) -> OnRecord:
    """Show a value, where the member is there."""
    return lambda one: one.update({name: copy.deepcopy(value)}) if name in one else None


def change(name: str, how: Callable[[Any], Any]) -> OnRecord:
    """Work a value over, where the member is there."""
    return lambda one: one.update({name: how(one[name])}) if name in one else None


def bump(*names: str, by: int = 1) -> OnRecord:
    """Move a number by so much; of several names the one that the profile uses."""

    def on(one: Json) -> None:
        name = first_of(one, names)
        if name is not None:
            one[name] = moved(one[name], by)

    return on


def times(factor: float, *names: str) -> OnRecord:
    """Multiply a number; of several names the one that the profile uses."""

    def on(one: Json) -> None:
        name = first_of(one, names)
        if name is not None:
            one[name] = scaled(one[name], factor)

    return on


def retype(name: str) -> OnRecord:
    """Show a list where anything else is documented, and a text for a list."""
    return change(name, lambda value: "text" if isinstance(value, list | dict) else [value])


def in_units(*names: str) -> OnRecord:
    """Show whole units in place of cents, what is less than one cut off."""

    def on(one: Json) -> None:
        name = first_of(one, names)
        number_there = number(one[name]) if name is not None else None
        if name is not None and number_there is not None:
            whole = int(number_there) // 100
            one[name] = str(whole) if isinstance(one[name], str) else whole

    return on


def silent(body: Any) -> None:
    """Take every sentence out of a refusal, in any profile's form."""
    if not isinstance(body, dict):
        return
    for name, value in body.items():
        if name == "message":
            body[name] = ""
        elif isinstance(value, dict) and name != "data":
            silent(value) if "message" in value else body.update({name: dict.fromkeys(value, "")})


def coded(body: Any, code: str) -> None:
    """Let a refusal carry another code, wherever the profile has it."""
    if isinstance(body, dict):
        inner = body.get("error", body)
        if isinstance(inner, dict) and "code" in inner:
            inner["code"] = code


def number(value: Any) -> float | None:
    """A number or numeric text as a number, None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except ValueError:
        return None


def twice(found: list[Any]) -> None:
    """Let the first row come once more."""
    if found:
        found.append(copy.deepcopy(found[0]))
