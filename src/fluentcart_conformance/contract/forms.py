"""Form consistency: where two forms are permitted, a store keeps to the one it chose."""

from __future__ import annotations

from . import general
from .findings import Finding, Judgement, finding


class FormLedger:
    """Remembers over a run which form the store uses, and reports the first change of each.

    One ledger serves one store under one profile. A change inside a single answer is among that
    answer's own findings and is not repeated here.
    """

    def __init__(self) -> None:
        self._chosen: dict[str, tuple[str, str]] = {}
        self._reported: set[str] = set()

    @property
    def chosen(self) -> dict[str, str]:
        """The form seen first at each place."""
        return {place: form for place, (form, _) in self._chosen.items()}

    def observe(self, judgement: Judgement) -> tuple[Finding, ...]:
        """Findings for forms that differ from those of earlier exchanges, each place once."""
        operation = judgement.operation
        if operation is None:
            return ()
        found = []
        for place, form in judgement.forms.items():
            first, seen_in = self._chosen.setdefault(place, (form, operation))
            if first != form and place not in self._reported:
                self._reported.add(place)
                found.append(
                    finding(
                        judgement.form_requirements.get(place, general.FORM_CONSISTENT),
                        operation,
                        "",
                        expected=f"{place} as {first}, as {seen_in} had it",
                        got=form,
                        kind="form",
                        status=judgement.status,
                        aspect=place,
                    )
                )
        return tuple(found)
