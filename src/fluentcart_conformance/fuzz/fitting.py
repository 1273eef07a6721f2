"""Makes a generated request speak of own objects, and nothing else of it different."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from fluentcart_conformance.drivers.routes import ROUTES
from fluentcart_conformance.fuzz.attempt import Aim, Attempt, Intent
from fluentcart_conformance.fuzz.generated import Sample
from fluentcart_conformance.fuzz.members import kind_at
from fluentcart_conformance.target.detect import integer
from fluentcart_conformance.target.understood import UNSET

_EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
_PARAMETER = re.compile(r"\{([^}]+)\}")
# What the schema leaves open and no store can do without: these lists take over our own rows.
_ROWS = ("order_items",)


def fitted(sample: Sample, aim: Aim, fresh_email: Callable[[], str]) -> Attempt:
    """The sample about the aim's objects: ids that fit the schema become the aim's own.

    Every e-mail address becomes one of this run: a store may write to it.
    """
    intent = Intent.POSITIVE if sample.fits else Intent.NEGATIVE
    body = aim.body
    if sample.body is UNSET:
        # A body that may be left out was left out.
        body = aim.body if sample.fits and aim.body is not UNSET else UNSET
    elif isinstance(sample.body, bytes):
        body = sample.body
    else:
        body = _Fitting(aim.operation, fresh_email, whole=sample.fits).fit(sample.body, aim.body)
    query = {**aim.query, **sample.query} if sample.fits else dict(sample.query)
    return Attempt(aim, intent, _ids(sample, aim), body, query, sample.phase)


def _ids(sample: Sample, aim: Aim) -> tuple[Any, ...]:
    names = _PARAMETER.findall(ROUTES[aim.operation][1])
    given = [sample.path.get(name) for name in names]
    return tuple(
        mine if sample.fits or _plausible(one) else one
        for one, mine in zip(given, aim.ids, strict=False)
    )


def _plausible(value: Any) -> bool:
    """Whether a value could be an id: then it would be somebody's."""
    if isinstance(value, str):
        return (integer(value) or 0) > 0
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value > 0)


class _Fitting:
    """Walks generated and own body side by side; `whole` also fills rows of lines."""

    def __init__(self, operation: str, fresh_email: Callable[[], str], *, whole: bool) -> None:
        self._operation = operation
        self._fresh_email = fresh_email
        self._whole = whole

    def fit(self, generated: Any, mine: Any, at: tuple[str | int, ...] = ()) -> Any:
        """The generated value with our own ids in it."""
        if isinstance(generated, dict):
            return self._members(generated, mine if isinstance(mine, dict) else {}, at)
        if isinstance(generated, list):
            rows = mine if isinstance(mine, list) and mine else [None]
            return [self.fit(one, rows[0], (*at, 0)) for one in generated]
        if kind_at(self._operation, at) and _plausible(generated) and generated is not None:
            return mine if mine is not None and mine is not UNSET else generated
        if isinstance(generated, str) and _EMAIL.match(generated):
            return self._fresh_email()
        return generated

    def _members(
        self, generated: Mapping[str, Any], mine: Mapping[str, Any], at: tuple[str | int, ...]
    ) -> dict[str, Any]:
        found = {}
        for name, value in generated.items():
            here = (*at, name)
            if name not in mine and kind_at(self._operation, here) and self._names_rows(value):
                continue  # it would speak of somebody's object
            found[name] = self.fit(value, mine.get(name), here)
        if self._whole and self._is_row(at):
            found = {**mine, **found, **_products(mine)}
        return found

    def _names_rows(self, value: Any) -> bool:
        rows = value if isinstance(value, list) else [value]
        return any(_plausible(one) for one in rows) and value is not None

    def _is_row(self, at: tuple[str | int, ...]) -> bool:
        return len(at) >= 2 and at[-2] in _ROWS


def _products(row: Mapping[str, Any]) -> dict[str, Any]:
    """What a line sells: no generated number is a product."""
    names = ("post_id", "object_id", "variation_id", "id", "order_id")
    return {name: row[name] for name in names if name in row}
