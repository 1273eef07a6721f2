"""Shorter and simpler forms of a walk, the boldest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from fluentcart_conformance.fuzz.model.step import Step

# Members of a step that only choose among what is there, or a name for it.
_CHOICES = frozenset({"order", "customer", "first", "second", "address", "line", "name", "city"})
_PLAIN = {"quantity": 1, "discount": 0, "shipping": 0, "share": 50}


def ways_to_shorten(best: Callable[[], list[Step]]) -> Iterator[list[Step]]:
    """Walks to try, each made of the best so far, which `best` tells anew after every try.

    The step that showed the difference is the last and stays. First half of the steps before it
    are left out together, then a quarter and so on to single ones; then single steps are told
    with fewer lines, without extras, and with the first object in the place of another.
    """
    size = (len(best()) - 1) // 2
    while size:
        at = max(len(best()) - 1 - size, 0)
        while True:
            steps = best()
            if at + size < len(steps):
                yield [*steps[:at], *steps[at + size :]]
            if not at:
                break
            at = max(at - size, 0)
        size //= 2
    for at in reversed(range(len(best()))):
        steps = best()
        plainer = _plainer(steps[at])
        if plainer != steps[at]:
            yield [*steps[:at], plainer, *steps[at + 1 :]]


def _plainer(step: Step) -> Step:
    return replace(step, given={name: _value(name, one) for name, one in step.given.items()})


def _value(name: str, value: Any) -> Any:
    if name in _CHOICES:
        return 0
    if name == "lines":
        (kind, _, price), *_ = value
        return [(kind, 1, price)]
    return _PLAIN.get(name, value)
