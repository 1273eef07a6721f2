"""Read the forms of an answer in one quick pass, before anything is said in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .plan import Plan, form_of

_TIME_AT = slice(10, 11)
_DATE = {"T": "ISO 8601 date", " ": "date with a space"}


class Table:
    """The members of one record that permit two forms, and the records below it.

    `scalars` and `dates` are (member, site); `below` are (member, table of its value), `rest` are
    (described names, table of every other member). `self_form` is set where the record itself is a
    form (an envelope).
    """

    __slots__ = ("below", "choices", "dates", "items", "rest", "scalars", "self_form")

    def __init__(self) -> None:
        self.scalars: list[tuple[str, str]] = []
        self.dates: list[tuple[str, str]] = []
        self.below: list[tuple[str, Table]] = []
        self.items: list[Table] = []
        self.rest: list[tuple[frozenset[str], Table]] = []
        self.choices: list[tuple[Callable[[Any], bool], Table]] = []
        self.self_form: Plan | None = None


class Tables:
    """Lays out plans as tables, each once."""

    def __init__(self) -> None:
        self._known: dict[int, Table] = {}

    def table(self, plan: Plan) -> Table:
        """The table of a plan."""
        known = self._known.get(id(plan))
        if known is None:
            known = self._known[id(plan)] = Table()
            self._fill(known, plan)
        return known

    def _fill(self, table: Table, plan: Plan) -> None:
        if plan.form is not None:
            table.self_form = plan
        for name, child in plan.members.items():
            self._member(table, name, child)
        if plan.items is not None and plan.items.has_forms():
            table.items.append(self.table(plan.items))
        if plan.rest is not None and plan.rest.has_forms():
            table.rest.append((plan.described, self.table(plan.rest)))
        for part in plan.parts:
            if part.has_forms():
                self._merge(table, part)
        table.choices += [
            (fits, self.table(branch)) for fits, branch in plan.branches if branch.has_forms()
        ]

    def _member(self, table: Table, name: str, child: Plan) -> None:
        if child.form == "date":
            table.dates.append((name, child.site))
        elif child.form is not None and child.form != "envelope":
            table.scalars.append((name, child.site))
        elif child.has_forms():
            table.below.append((name, self.table(child)))

    def _merge(self, table: Table, part: Plan) -> None:
        self._fill(table, part)


def read_forms(table: Table, value: Any, forms: dict[str, str]) -> bool:
    """Note the form seen at each site in `forms`; False when one site shows two.

    The value has been found valid or not; whatever it is, nothing is raised.
    """
    uniform = True
    if table.self_form is not None:
        form = form_of(table.self_form, value)
        if form is not None and forms.setdefault(table.self_form.site, form) != form:
            uniform = False
    kind = value.__class__
    if kind is list:
        for below in table.items:
            for entry in value:
                uniform = read_forms(below, entry, forms) and uniform
    elif kind is dict:
        uniform = _read_members(table, value, forms) and uniform
    for fits, branch in table.choices:
        if fits(value):
            return read_forms(branch, value, forms) and uniform
    return uniform


def _read_members(table: Table, value: dict[str, Any], forms: dict[str, str]) -> bool:
    uniform = True
    for name, site in table.scalars:
        kind = value.get(name).__class__
        if kind is int or kind is float:
            form = "number"
        elif kind is str:
            if not value[name]:
                continue
            form = "string"
        else:
            continue
        if forms.setdefault(site, form) != form:
            uniform = False
    for name, site in table.dates:
        text = value.get(name)
        if text.__class__ is str:
            found = _DATE.get(text[_TIME_AT])
            if found is not None and forms.setdefault(site, found) != found:
                uniform = False
    for name, below in table.below:
        entry = value.get(name)
        if entry:
            uniform = read_forms(below, entry, forms) and uniform
    return _read_rest(table, value, forms) and uniform if table.rest else uniform


def _read_rest(table: Table, value: dict[str, Any], forms: dict[str, str]) -> bool:
    uniform = True
    for described, below in table.rest:
        for name, entry in value.items():
            if name not in described:
                uniform = read_forms(below, entry, forms) and uniform
    return uniform
