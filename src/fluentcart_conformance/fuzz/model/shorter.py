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
    with the first object in the place of another, and with one line and without extras.
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
        for plain in (_chosen, _plainer):
            steps = best()
            given = {name: plain(name, one) for name, one in steps[at].given.items()}
            if given != steps[at].given:
                yield [*steps[:at], replace(steps[at], given=given), *steps[at + 1 :]]


def _chosen(name: str, value: Any) -> Any:
    return 0 if name in _CHOICES else value


def _plainer(name: str, value: Any) -> Any:
    if name == "lines":
        (kind, _, price), *_ = value
        return [(kind, 1, price)]
    return _PLAIN.get(name, value)
