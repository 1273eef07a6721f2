"""What a certificate says, drawn from the claim and the verdict alone."""

from __future__ import annotations

from typing import Any

from fluentcart_conformance.contract.fingerprint import suites_hash
from fluentcart_conformance.verdict.states import RequirementVerdict, State
from fluentcart_conformance.verdict.verdict import Verdict

from .claim import Claim

FORMAT = 1


def certificate_data(claim: Claim, verdict: Verdict, generated: int) -> dict[str, Any]:
    """The certificate as data; the same for the same record, claim and tool."""
    header = verdict.header
    return {
        "format": FORMAT,
        "claim": claim.model_dump(),
        "profile": header["profile"],
        "result": verdict.result.value,
        "target": {
            name: header["target"].get(name)
            for name in ("base_url", "software", "version", "embedded", "currency")
        },
        "run": header["run"],
        "started": header["started"],
        "ended": verdict.ended,
        "tool": header["tool"],
        "contract_sha256": header["contract_sha256"],
        "suites_sha256": suites_hash(),
        "seed": header["seed"],
        "identities": header["identities"],
        "capabilities": {name: one["present"] for name, one in header["capabilities"].items()},
        "summary": verdict.summary(),
        "generated_requests": generated,
        "levels": _levels(verdict),
        "not_applicable": _listed(verdict, State.NOT_APPLICABLE),
        "not_tested": _listed(verdict, State.UNTESTED),
        "warnings": [
            {"finding": one.id, "level": one.level, "requirements": list(one.requirements)}
            for one in verdict.findings
            if one.level != "MUST"
        ],
    }


def _levels(verdict: Verdict) -> dict[str, dict[str, int]]:
    """By level: how many requirements there are, and how many passed."""
    counted: dict[str, dict[str, int]] = {}
    for one in verdict.requirements.values():
        row = counted.setdefault(one.requirement.level, {"requirements": 0, "passed": 0})
        row["requirements"] += 1
        row["passed"] += one.state is State.PASSED
    return counted


def _listed(verdict: Verdict, state: State) -> list[dict[str, str]]:
    return [_row(one) for one in verdict.requirements.values() if one.state is state]


def _row(one: RequirementVerdict) -> dict[str, str]:
    known = one.requirement
    reason = known.untestable if one.state is State.UNTESTED and known.untestable else one.reason
    return {"id": known.id, "level": known.level, "text": known.text, "reason": reason}
