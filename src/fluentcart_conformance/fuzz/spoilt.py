"""Objects that a request left malformed: what reads them afterwards is not to blame."""

from __future__ import annotations

from collections.abc import Iterable

from fluentcart_conformance.contract.exchange import Exchange
from fluentcart_conformance.contract.findings import Finding
from fluentcart_conformance.fuzz.attempt import Attempt, Intent, Subject
from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.judging import Judging
from fluentcart_conformance.fuzz.looks import Look

# Requests as the shop sends them: what reads wrong after them is wrongly read.
_CAREFUL = (Intent.PLAIN, Intent.UNTIMELY, Intent.TWICE, Intent.MIXED)
Looks = Iterable[tuple[Subject, Look]]


def spoilt_by(
    attempt: Attempt, exchange: Exchange, before: Looks, after: Looks, judging: Judging
) -> list[Look]:
    """Looks at objects that were in order before the attempt and are malformed after it."""
    if attempt.intent in _CAREFUL or 400 <= exchange.status < 500:
        return []
    known = {one.cause for _, look in before for one in _findings(look, judging)}
    return [
        look for _, look in after if any(one.cause not in known for one in _findings(look, judging))
    ]


def malformed(attempt: Attempt, look: Look, judging: Judging) -> Breach:
    """What the attempt did, told by the first finding about the object it left."""
    worst = _findings(look, judging)[0]
    return Breach(
        worst.requirement, attempt.operation, "leaves its object malformed",
        f"{worst.expected} at {worst.pointer} after it", worst.got, str(attempt),
        look.exchanges, "malformed",
    )  # fmt: skip


def _findings(look: Look, judging: Judging) -> list[Finding]:
    return [found for one in look.exchanges for found in judging.findings_of(one)]
