"""What can go wrong with a target or with its settings, in words for the operator.

Every class carries the exit code of the run it ends. The message is one line: what happened and
what to do about it. No message ever holds a credential.
"""

from __future__ import annotations

EXIT_USAGE = 2
EXIT_TARGET = 3


class TargetError(Exception):
    """Base of everything that this room raises; `exit_code` is the run's exit code."""

    exit_code = EXIT_TARGET


class ConfigError(TargetError):
    """Settings that cannot be used: unknown key, wrong value, broken file, missing permission."""

    exit_code = EXIT_USAGE


class LiveShopError(ConfigError):
    """The shop is in live mode, and the operator has not said that this is known."""


class TargetUnreachableError(TargetError):
    """Nobody answers at the address, or not in a way that HTTP understands."""


class CredentialsRefusedError(TargetError):
    """The store refuses the administrator's credentials, or they are missing."""


class NotAStoreError(TargetError):
    """Something answers at the address, but it is not a FluentCart API."""


class NoAnswerError(TargetError):
    """One request got no complete answer.

    `kind` is one of connect, tls, timeout, reset, protocol, incomplete, request (never sent).
    """

    def __init__(self, words: str, kind: str) -> None:
        super().__init__(words)
        self.kind = kind


class TargetGoneError(TargetError):
    """Several requests in a row got no answer: the circuit breaker is open."""


class RunLimitError(TargetError):
    """The run's time or its request budget is used up."""


class UnsafeRequestError(Exception):
    """The guard did not let a request out: it could touch what this run did not make."""


class ReadOnlyError(UnsafeRequestError):
    """The run may only read, and the request would write."""


# Short names under which drivers and suites know them.
TargetUnreachable = TargetUnreachableError
CredentialsRefused = CredentialsRefusedError
NotAStore = NotAStoreError
NoAnswer = NoAnswerError
TargetGone = TargetGoneError
UnsafeRequest = UnsafeRequestError
ReadOnly = ReadOnlyError
LiveShop = LiveShopError
