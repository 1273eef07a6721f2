"""Where a schema names requirements and where it permits two forms, laid out for a quick walk."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .attribution import KEY, ids_of
from .operations import resolve
from .words import pointer_of

FORM = "x-form"


class Plan:
    """One schema node: what visiting it proves, which form it allows, and what lies below.

    `site` names the node for readers and stays the same for every use of a member:
    `Order.total_paid`. `branches` are the alternatives of oneOf and anyOf with their quick test.
    `described` are the names that `rest` does not speak of, also those not worth a plan. A `leaf`
    has nothing below it.
    """

    __slots__ = (
        "branches",
        "described",
        "form",
        "form_id",
        "ids",
        "items",
        "leaf",
        "members",
        "parts",
        "rest",
        "site",
        "worth",
    )

    def __init__(self, site: str) -> None:
        self.site = site
        self.leaf = False
        self.ids: tuple[str, ...] = ()
        self.form: str | None = None
        self.form_id: str | None = None
        self.members: dict[str, Plan] = {}
        self.described: frozenset[str] = frozenset()
        self.rest: Plan | None = None
        self.items: Plan | None = None
        self.parts: list[Plan] = []
        self.branches: list[tuple[Callable[[Any], bool], Plan]] = []
        self.worth = True

    def children(self) -> list[Plan]:
        """Every plan directly below."""
        below = [*self.members.values(), *self.parts, *(plan for _, plan in self.branches)]
        below.extend(plan for plan in (self.rest, self.items) if plan is not None)
        return below

    def has_forms(self) -> bool:
        """Whether this node or any below it permits two forms."""
        return any(plan.form is not None for plan in _all(self))


class Planner:
    """Builds the plans of one contract; a component used twice is laid out once."""

    def __init__(
        self, root: Mapping[str, Any], quick: Callable[[Any], Callable[[Any], bool]]
    ) -> None:
        self._root = root
        self._quick = quick
        self._known: dict[tuple[int, str], Plan] = {}

    def plan(self, schema: Any, site: str) -> Plan:
        """The plan of a schema, cut down to what is worth walking."""
        plan = self._build(schema, site)
        _prune(plan)
        return plan

    def _build(self, schema: Any, site: str) -> Plan:
        if not isinstance(schema, Mapping):
            return Plan(site)
        target = resolve(self._root, schema) if "$ref" in schema else schema
        if target is schema or FORM in schema or ids_of(schema) or len(schema) > 1:
            return self._node(schema, site)
        name = str(schema["$ref"]).rpartition("/")[2]
        # A shared scalar is another member wherever it is used; a shared record is the same one.
        return self._node(target, name if _is_record(target) else site)

    def _node(self, schema: Mapping[str, Any], site: str) -> Plan:
        key = (id(schema), site)
        if key in self._known:
            return self._known[key]
        plan = self._known[key] = Plan(site)
        plan.ids = ids_of(schema)
        plan.form = schema.get(FORM)
        named = schema.get(KEY)
        plan.form_id = named.get(FORM) if isinstance(named, Mapping) else None
        if "$ref" in schema:
            plan.parts.append(self._build({"$ref": schema["$ref"]}, site))
        for name, member in schema.get("properties", {}).items():
            plan.members[name] = self._build(member, f"{site}.{name}")
        plan.described = frozenset(schema.get("properties", ()))
        if isinstance(schema.get("additionalProperties"), Mapping):
            plan.rest = self._build(schema["additionalProperties"], f"{site}.*")
        if isinstance(schema.get("items"), Mapping):
            plan.items = self._build(schema["items"], f"{site}[]")
        plan.parts.extend(self._build(part, site) for part in schema.get("allOf", ()))
        for keyword in ("oneOf", "anyOf"):
            branches = schema.get(keyword, ())
            for branch, test in zip(branches, self._tests(branches), strict=True):
                plan.branches.append((test, self._build(branch, site)))
        return plan

    def _tests(self, branches: Sequence[Any]) -> list[Callable[[Any], bool]]:
        """A test for each branch; where only one can be an object, being one is enough."""
        nodes = [resolve(self._root, branch) for branch in branches]
        objects = [number for number, node in enumerate(nodes) if _may_be_object(node)]
        tests = [self._quick(branch) for branch in branches]
        if len(objects) == 1:
            tests[objects[0]] = _is_object
        return tests


def _is_record(schema: Any) -> bool:
    return (
        isinstance(schema, Mapping)
        and any(key in schema for key in ("properties", "allOf", "oneOf", "anyOf", "items"))
        and FORM not in schema
    )


def _is_object(value: Any) -> bool:
    return value.__class__ is dict


def _may_be_object(schema: Any) -> bool:
    if not isinstance(schema, Mapping) or "const" in schema or "enum" in schema:
        return not isinstance(schema, Mapping)
    types = schema.get("type", "object")
    return "object" in types if isinstance(types, list) else bool(types == "object")


def _prune(top: Plan) -> None:
    """Drop what neither names a requirement nor permits a form, however deep."""
    plans = _all(top)
    for plan in plans:
        plan.worth = bool(plan.ids or plan.form)
    changed = True
    while changed:
        changed = False
        for plan in plans:
            if not plan.worth and any(child.worth for child in plan.children()):
                plan.worth = changed = True
    for plan in plans:
        plan.members = {name: child for name, child in plan.members.items() if child.worth}
        plan.parts = [child for child in plan.parts if child.worth]
        if not any(child.worth for _, child in plan.branches) and plan.form is None:
            plan.branches = []
        plan.rest = plan.rest if plan.rest is not None and plan.rest.worth else None
        plan.items = plan.items if plan.items is not None and plan.items.worth else None
        plan.leaf = not plan.children()


def _all(top: Plan) -> list[Plan]:
    seen: dict[int, Plan] = {}
    waiting = [top]
    while waiting:
        plan = waiting.pop()
        if id(plan) not in seen:
            seen[id(plan)] = plan
            waiting.extend(plan.children())
    return list(seen.values())


class Walk:
    """One walk of a plan along a value.

    `ids` are the requirements met on the way, `forms` the first form seen at each site, `clashes`
    the places where a later one differs: (pointer, site, first form, form here).
    """

    def __init__(self) -> None:
        self.ids: set[str] = set()
        self.forms: dict[str, str] = {}
        self.form_ids: dict[str, str] = {}
        self.clashes: list[tuple[str, str, str, str]] = []

    def go(self, plan: Plan, value: Any, path: tuple[str | int, ...] = ()) -> None:
        """Visit `value` and everything below it that the plan speaks of."""
        self.ids.update(plan.ids)
        if plan.form is not None:
            self._note_form(plan, value, path)
        for part in plan.parts:
            self.go(part, value, path)
        for fits, branch in plan.branches:
            if fits(value):
                self.go(branch, value, path)
                break
        if isinstance(value, dict):
            self._members(plan, value, path)
        elif isinstance(value, list) and plan.items is not None:
            for number, entry in enumerate(value):
                self.go(plan.items, entry, (*path, number))

    def _members(self, plan: Plan, value: dict[str, Any], path: tuple[str | int, ...]) -> None:
        for name, child in plan.members.items():
            if name not in value:
                continue
            if not child.leaf:
                self.go(child, value[name], (*path, name))
                continue
            self.ids.update(child.ids)
            if child.form is not None:
                self._note_form(child, value[name], (*path, name))
        if plan.rest is not None:
            for name, entry in value.items():
                if name not in plan.described:
                    self.go(plan.rest, entry, (*path, name))

    def _note_form(self, plan: Plan, value: Any, path: tuple[str | int, ...]) -> None:
        form = form_of(plan, value)
        if form is None:
            return
        first = self.forms.setdefault(plan.site, form)
        if plan.form_id is not None:
            self.form_ids[plan.site] = plan.form_id
        if first != form:
            self.clashes.append((pointer_of(path), plan.site, first, form))


def form_of(plan: Plan, value: Any) -> str | None:
    """The word for the form a value has; None when the value shows none (null, empty)."""
    if value is None or value == "" or (plan.form != "envelope" and isinstance(value, dict | list)):
        return None
    if isinstance(value, str):
        return _date_form(value) if plan.form == "date" else "string"
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return "number"
    for number, (fits, branch) in enumerate(plan.branches, 1):
        if fits(value):
            return (
                f"form {number} ({branch.site})" if branch.site != plan.site else f"form {number}"
            )
    return "array" if isinstance(value, list) else "object"


_TIME_AT = 10


def _date_form(text: str) -> str | None:
    return {"T": "ISO 8601 date", " ": "date with a space"}.get(text[_TIME_AT : _TIME_AT + 1])
