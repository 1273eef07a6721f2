"""Coverage both ways: requirements without a check, and checks that cite unknown ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from fluentcart_conformance.contract.contract import load_contract
from fluentcart_conformance.contract.requirements import Requirement, load_requirements
from fluentcart_conformance.paths import suites_dir

from .citations import (
    Citation,
    by_requirement,
    contract_citations,
    judge_citations,
    suite_citations,
)

BASE_PROFILE = "documented"


@dataclass(frozen=True)
class Covered:
    """One requirement and what checks it; `reason` says why nothing does."""

    requirement: Requirement
    citations: tuple[Citation, ...]
    reason: str

    @property
    def covered(self) -> bool:
        """Whether a check can decide it: a scenario, or the judge where the judge is enough."""
        return not self.reason

    @property
    def excused(self) -> bool:
        """Uncovered with a reason of the requirement's own, not for want of a check."""
        return bool(self.reason) and self.requirement.untestable is not None


@dataclass(frozen=True)
class Coverage:
    """Every requirement with its checks, and the citations of ids that do not exist."""

    requirements: tuple[Covered, ...]
    unknown: tuple[Citation, ...]

    @property
    def gaps(self) -> tuple[Covered, ...]:
        """Testable requirements that nothing checks."""
        return tuple(one for one in self.requirements if not one.covered and not one.excused)


def all_citations(naming: str = "") -> list[Citation]:
    """Citations by the bundled suites, the judge's code and the description.

    With `naming`, files that do not hold this id are passed over.
    """
    package = Path(__file__).resolve().parents[1]
    return [
        *suite_citations(suites_dir(), naming),
        *judge_citations(package / "contract", naming),
        *judge_citations(package / "plugin", naming),
        *contract_citations(load_contract(BASE_PROFILE).document),
    ]


def measure(
    requirements: Mapping[str, Requirement] | None = None,
    citations: Iterable[Citation] | None = None,
) -> Coverage:
    """The coverage of the requirements (the bundled ones by default)."""
    known = load_requirements() if requirements is None else requirements
    found = by_requirement(all_citations() if citations is None else citations)
    return Coverage(
        requirements=tuple(_covered(one, found.get(one.id, [])) for one in known.values()),
        unknown=tuple(one for name, ones in found.items() if name not in known for one in ones),
    )


def _covered(requirement: Requirement, citations: list[Citation]) -> Covered:
    return Covered(requirement, tuple(citations), _reason(requirement, citations))


def _reason(requirement: Requirement, citations: list[Citation]) -> str:
    if requirement.untestable and not citations:
        return requirement.untestable
    if not citations:
        return "no check cites it"
    if requirement.proof == "scenario" and all(one.by == "judge" for one in citations):
        return requirement.untestable or "only the judge cites it, and it needs a scenario"
    return ""
