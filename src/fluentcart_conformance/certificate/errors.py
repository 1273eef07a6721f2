"""How a certificate can fail to be made or to be believed."""

from __future__ import annotations


class ClaimError(Exception):
    """The claim file cannot be used; the sentence names file and key."""

    exit_code = 2


class KeyTroubleError(Exception):
    """A key that cannot be read or is of another kind."""

    exit_code = 2


class UnreadableBundleError(Exception):
    """No bundle, one of a newer tool, or of another contract: nothing can be said of it."""

    exit_code = 2


class RefusedError(Exception):
    """The bundle was tampered with, or its verdict does not follow from what it holds."""

    exit_code = 1
