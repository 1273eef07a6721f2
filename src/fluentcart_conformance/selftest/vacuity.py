"""Scenarios that would pass whatever the store did: they check nothing, or look at no exchange."""

from __future__ import annotations

from fluentcart_conformance.selftest.once import Seen

NO_CHECK, NO_EXCHANGE = "makes no check", "checks no exchange"


def vacuous(seen: Seen) -> dict[str, str]:
    """Scenario -> what is wrong with it; {} when every scenario of the run looks at something.

    What the profile or the target lacks is said by a check of its own and is no emptiness.
    """
    found = {one: NO_CHECK for one in seen.ran if one not in seen.checks}
    found |= {one: NO_EXCHANGE for one in seen.ran if seen.evidence.get(one) == 0}
    return found
