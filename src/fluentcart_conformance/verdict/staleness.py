"""Deviations that fail a run: unknown requirement, expired, or no longer occurring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from fluentcart_conformance.contract.requirements import Requirement

from .deviations import BY_CHANCE, Deviation, StaleDeviation
from .states import RequirementVerdict
from .tally import Seen, Tally

_NARROWING = ("areas", "keyword", "only", "shard", "since")


def usable(
    deviations: Sequence[Deviation], requirements: Mapping[str, Requirement], today: date
) -> tuple[Deviation, ...]:
    """Those that may explain a finding: known requirement, not expired."""
    return tuple(
        one for one in deviations if one.requirement in requirements and one.expires >= today
    )


def stale(
    deviations: Sequence[Deviation],
    tally: Tally,
    verdicts: Mapping[str, RequirementVerdict],
    today: date,
) -> tuple[StaleDeviation, ...]:
    """Each deviation that fails the run, with the reason."""
    found = []
    for one in deviations:
        why = _why(one, tally, verdicts, today)
        if why:
            found.append(StaleDeviation(one, why))
    return tuple(found)


def unseen(deviations: Sequence[Deviation], tally: Tally) -> tuple[Deviation, ...]:
    """What shows by chance and did not, in a run that looked where it used to be."""
    return tuple(
        one
        for one in deviations
        if one.only in BY_CHANCE
        and _looked(one, tally)
        and not any(one.covers(seen) for seen in tally.occurrences)
    )


def _why(
    deviation: Deviation,
    tally: Tally,
    verdicts: Mapping[str, RequirementVerdict],
    today: date,
) -> str:
    if deviation.requirement not in verdicts:
        return f"names the unknown requirement {deviation.requirement}"
    if deviation.expires < today:
        return f"expired on {deviation.expires.isoformat()}"
    if any(deviation.covers(one) for one in tally.occurrences):
        return ""
    if deviation.only or not _looked(deviation, tally):
        return ""
    return "no longer occurs: remove it, or run `fluentcart-conformance deviations prune`"


def _looked(deviation: Deviation, tally: Tally) -> bool:
    """Whether the run looked where the deviation used to be.

    A run of a part, of captured traffic, or one that was stopped cannot tell: the same requirement
    may break in one scenario and hold in another.
    """
    selection = tally.header["selection"] if tally.header else None
    if selection is None:
        return tally.seen.get(deviation.requirement, Seen()).executed
    narrowed = any(selection.get(key) for key in (*_NARROWING, "traffic"))
    return not narrowed and not tally.stopped
