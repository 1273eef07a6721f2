"""The judge: one exchange against the contract."""

from __future__ import annotations

from collections.abc import Iterable

from .contract import Contract
from .exchange import Exchange
from .findings import Finding, Judgement


class Judge:
    """Says which requirements an exchange meets or breaks under one contract.

    `secrets` are strings that no answer may hold (passwords, tokens); they are kept in memory
    only. Safe to share between threads: after its validators are built it has no state.
    """

    def __init__(self, contract: Contract, secrets: Iterable[str] = ()) -> None:
        self.contract = contract
        self._secrets = tuple(secret.encode() for secret in secrets if secret)

    def judge(self, exchange: Exchange) -> Judgement:
        """Judge one exchange; never raises because of what the store answered."""
        matched = self.contract.match_url(exchange.method, exchange.url)
        if matched is None:
            return Judgement(None, ())
        findings: tuple[Finding, ...] = ()
        return Judgement(matched[0].id, findings)
