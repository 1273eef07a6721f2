"""The judge: one exchange against the contract."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from . import general
from .about import mismatches, other_address
from .answer import is_pushback, server_error, surface, unreadable
from .attribution import ids_of, reducers_of, requirement_of
from .contract import Contract
from .exchange import Exchange
from .findings import Finding, Judgement, finding, one_per_cause
from .jsonbody import Parsed, parse_json
from .laws import breaches
from .leaks import Secrets
from .looked_at import looked_at
from .operations import Operation
from .paging import broken_laws, out_of_order
from .plan import Plan, Planner, Walk
from .quick_forms import Tables, read_forms
from .refusal import contradiction, is_missing_route
from .schema_check import CompiledSchema
from .schema_error import SchemaError

_SERVER_ERROR = 500
_REFUSED = 400
_REDIRECT = 300
_NOT_FOUND = 404
_NO_CONTENT = 204


class _Documented:
    """One documented answer, ready to be held against real ones."""

    __slots__ = ("forms", "ids", "operation", "plan", "schema")

    def __init__(
        self, operation: str, schema: CompiledSchema, ids: tuple[str, ...], plan: Plan
    ) -> None:
        self.operation = operation
        self.schema = schema
        self.ids = ids
        self.plan = plan
        self.forms = Tables().table(plan) if plan.has_forms() else None


class Judge:
    """Says which requirements an exchange meets or breaks under one contract.

    `secrets` are strings that no answer may hold (passwords, tokens); they are kept in memory
    only. `any_root` also recognises operations below a root without the namespace. Safe to share
    between threads.
    """

    def __init__(
        self, contract: Contract, secrets: Iterable[str] = (), *, any_root: bool = False
    ) -> None:
        self.contract = contract
        self._secrets = Secrets(secrets)
        self._any_root = any_root
        self._wire = contract.profile.wire
        self._documented: dict[tuple[str, str], _Documented | None] = {}
        self._branches: dict[int, CompiledSchema] = {}
        self._components = contract.document.get("components", {}).get("schemas", {})
        self._planner = Planner(contract.document, self._quick)

    def judge(self, exchange: Exchange) -> Judgement:
        """Judge one exchange; never raises because of what the store answered."""
        matched = self.contract.match_url(exchange.method, exchange.url, any_root=self._any_root)
        if matched is None:
            return Judgement(None, (), exchange.status)
        operation, params = matched
        status = exchange.status
        if is_pushback(exchange):
            return Judgement(operation.id, (), status)
        if status >= _SERVER_ERROR:
            crash = server_error(operation, exchange, self._secrets)
            return Judgement(operation.id, (crash,), status)
        parsed = parse_json(exchange.response_body)
        if parsed.ok:
            return self._read(operation, params, exchange, parsed)
        if status == _NO_CONTENT and parsed.problem == "empty":
            found = tuple(surface(operation, exchange, parsed, self._secrets))
            return Judgement(operation.id, found, status)
        return Judgement(operation.id, (unreadable(operation, exchange, parsed),), status)

    def _read(
        self, operation: Operation, params: dict[str, str], exchange: Exchange, parsed: Parsed
    ) -> Judgement:
        """Judge an answer that is JSON."""
        status, body = exchange.status, parsed.value
        findings = list(surface(operation, exchange, parsed, self._secrets))
        if status >= _REFUSED:
            findings += _refusal(operation, params, body, status)
        elif status < _REDIRECT:
            findings += _content(operation, params, body, exchange, self._wire)
        documented = self._answer(operation, status)
        if documented is None:
            return Judgement(operation.id, tuple(findings), status)
        if not documented.schema.is_valid(body):
            findings += self._misfits(operation, documented, body, exchange)
        forms: dict[str, str] = {}
        if documented.forms is not None and not read_forms(documented.forms, body, forms):
            findings += _changes_of_form(operation, documented.plan, body, status)
        kept = one_per_cause(findings) if len(findings) > 1 else tuple(findings)
        return Judgement(
            operation.id,
            kept,
            status,
            forms,
            lambda: _worked_out(documented, params, exchange, body, findings=kept),
        )

    def _answer(self, operation: Operation, status: int) -> _Documented | None:
        answer = operation.answer(status)
        if answer is None or answer.schema is None:
            return None
        key = (operation.id, answer.status)
        if key not in self._documented:
            name = f"{operation.id}.{answer.status}"
            plan = self._planner.plan(answer.schema, name)
            ids = ids_of(answer.node) + ids_of(answer.node, "x-error-requirement")
            schema = CompiledSchema(answer.schema, self._components, name)
            self._documented[key] = _Documented(operation.id, schema, ids, plan)
        return self._documented[key]

    def _quick(self, schema: Any) -> Any:
        """A quick test of one branch, compiled when it is first needed."""
        compiled = self._branches.get(id(schema))
        if compiled is None:
            compiled = CompiledSchema(schema, self._components, "branch")
            self._branches[id(schema)] = compiled
        late = compiled

        def fits(value: Any) -> bool:
            return late.is_valid(value)

        return fits

    def _misfits(
        self, operation: Operation, documented: _Documented, body: Any, exchange: Exchange
    ) -> Iterator[Finding]:
        refused = exchange.status >= _REFUSED
        spare = general.ERROR_BODY if refused else general.RESPONSE_SHAPE
        if documented.ids:
            spare = documented.ids[-1]
        for error in documented.schema.errors(body):
            if error.keyword == "required" and _left_out(documented.schema, error, exchange):
                continue
            yield finding(
                _blamed(documented.schema, error) or spare,
                operation.id,
                error.pointer,
                expected=error.expected,
                got=error.got,
                kind="error_shape" if refused else "schema",
                status=exchange.status,
                aspect=error.keyword,
            )


def _left_out(schema: CompiledSchema, error: SchemaError, exchange: Exchange) -> bool:
    """Whether the member is missing because the recording was cut or it was not asked for."""
    if exchange.cut:
        return True
    asked = exchange.query
    return any(
        error.path[-1] not in ",".join(wanted).replace(" ", "").split(",")
        for name in reducers_of(schema.root, error.schema_path)
        if (wanted := asked.get(name, []) + asked.get(f"{name}[]", []))
    )


def _blamed(schema: CompiledSchema, error: SchemaError) -> str | None:
    member = error.path[-1] if error.path else None
    found = requirement_of(schema.root, error.schema_path, error.keyword, member)
    if found is None and error.keyword == "x-unit":
        return general.CENTS_WHOLE
    return found


def _refusal(
    operation: Operation, params: dict[str, str], body: Any, status: int
) -> Iterator[Finding]:
    if (
        status == _NOT_FOUND
        and is_missing_route(body)
        and all(value.isdigit() for value in params.values())
    ):
        yield finding(
            general.OPERATION_PRESENT,
            operation.id,
            "",
            expected=f"{operation.method} {operation.template}",
            got="the store has no such route",
            kind="status",
            status=status,
        )
    yield from _contradictions(operation, body, status)


def _contradictions(operation: Operation, body: Any, status: int) -> Iterator[Finding]:
    against = contradiction(body, status)
    if against is not None:
        pointer, expected, got = against
        yield finding(
            general.STATUS_MATCHES,
            operation.id,
            pointer,
            expected=expected,
            got=got,
            kind="status",
            status=status,
        )


def _content(
    operation: Operation,
    params: dict[str, str],
    body: Any,
    exchange: Exchange,
    wire: Mapping[str, Any],
) -> Iterator[Finding]:
    name = operation.id
    broken = [
        *((law, place, want, got) for law, (place, want, got) in mismatches(name, body, params)),
        *(
            (law, place, want, got)
            for law, (place, want, got) in other_address(name, body, exchange)
        ),
        *(
            (law.requirement, law.pointer, law.expected, law.got)
            for law in (
                *broken_laws(name, body, exchange),
                *out_of_order(name, body, exchange, wire),
            )
        ),
        *breaches(name, body),
    ]
    for requirement, pointer, expected, got in broken:
        yield finding(
            requirement,
            name,
            pointer,
            expected=expected,
            got=got,
            kind="law",
            status=exchange.status,
            aspect=requirement,
        )
    yield from _contradictions(operation, body, exchange.status)


def _changes_of_form(operation: Operation, plan: Plan, body: Any, status: int) -> Iterator[Finding]:
    walk = Walk()
    walk.go(plan, body)
    for pointer, place, first, here in walk.clashes:
        yield finding(
            walk.form_ids.get(place, general.FORM_CONSISTENT),
            operation.id,
            pointer,
            expected=f"{place} as {first}, as elsewhere in this answer",
            got=here,
            kind="form",
            status=status,
            aspect=place,
        )


def _worked_out(
    documented: _Documented,
    params: dict[str, str],
    exchange: Exchange,
    body: Any,
    *,
    findings: tuple[Finding, ...],
) -> tuple[frozenset[str], Walk]:
    walk = Walk()
    walk.go(documented.plan, body)
    met = walk.ids | set(documented.ids) | general.JUDGED_ALWAYS
    met.update(looked_at(documented.operation, params, exchange, body))
    if walk.forms and not walk.clashes:
        met.add(general.FORM_CONSISTENT)
    return frozenset(met - {one.requirement for one in findings}), walk
