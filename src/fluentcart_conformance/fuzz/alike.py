"""Which of the judge's findings about generated requests have one root cause.

The judge tells causes apart by place, status and text, which is right for a scenario. Thousands of
generated requests meet one mistake at every place where it shows.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.contract.findings import Finding
from fluentcart_conformance.drivers.answers import Answer

_MEANT = "a refusal meant as"
# Codes of an error that nobody meant as a refusal.
_CRASHES = ("exception", "internal", "critical", "fatal", "server_error")
# Keywords by which a value of the right type is wrong.
_OF_VALUE = ("pattern", "format", "enum", "const", "anyOf", "minimum", "maximum", "minLength",
             "maxLength")  # fmt: skip
# What is one mistake in every refusal of an operation, whatever the status.
_OF_ANY_STATUS = ("error_shape", "content_type", "leak", "html", "json")


def alike(finding: Finding, exchange: Exchange) -> Hashable:
    """Equal for findings of one root cause in one operation."""
    aspect = finding.cause.rpartition("|")[2]
    if finding.kind == "server_error":
        return (finding.operation, "5xx", "refusal" if _refuses(finding, exchange) else aspect)
    if finding.kind in _OF_ANY_STATUS:
        return (finding.operation, finding.kind, finding.pointer, aspect)
    how = "value" if aspect in _OF_VALUE else aspect
    return (finding.operation, finding.kind, finding.requirement, how)


def named(finding: Finding, exchange: Exchange) -> str:
    """The name of a cause; of refusals sent as 5xx the words do not matter.

    Those with a status in the body have that name from the judge, so that scenarios share it.
    """
    if _MEANT in finding.got:
        return finding.cause
    if finding.kind == "server_error" and _refuses(finding, exchange):
        return f"{finding.operation}|{finding.kind}||5xx|a refusal"
    return finding.cause


def _refuses(finding: Finding, exchange: Exchange) -> bool:
    """Whether a 5xx is a refusal with the wrong status: one mistake, whatever was refused."""
    if _MEANT in finding.got:
        return True
    body = Answer(exchange).body
    inner = body.get("error") if isinstance(body, Mapping) else None
    code = _code(inner) or _code(body)
    return bool(code) and not any(word in code.lower() for word in _CRASHES)


def _code(body: Any) -> str:
    code = body.get("code") if isinstance(body, Mapping) else None
    return code if isinstance(code, str) else ""
