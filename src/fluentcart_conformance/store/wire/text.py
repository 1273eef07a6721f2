"""Moments, rounded figures and links as text."""

from __future__ import annotations

import hashlib


def iso_z(moment: str | None) -> str | None:
    """`2026-11-20 18:49:36` -> `2026-11-20T18:49:36Z`; None stays None."""
    return f"{moment[:10]}T{moment[11:19]}Z" if moment else None


def iso_offset(moment: str | None) -> str | None:
    """`2026-11-20 18:49:36` -> `2026-11-20T18:49:36+00:00`; None stays None."""
    return f"{moment[:10]}T{moment[11:19]}+00:00" if moment else None


def round_half_up(numerator: int, denominator: int) -> int:
    """Divide and round half up: 5/2 -> 3; 0 when there is nothing to divide by."""
    return (2 * numerator + denominator) // (2 * denominator) if denominator else 0


def decimal_text(numerator: int, denominator: int) -> str:
    """Divide and write two decimals: `928.57`; `0.00` when nothing to divide by."""
    hundredths = round_half_up(numerator * 100, denominator)
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def photo_url(email: str) -> str:
    """Return the avatar address of an e-mail."""
    digest = hashlib.sha256(email.strip().lower().encode()).hexdigest()
    return f"https://secure.gravatar.com/avatar/{digest}?s=100&d=mm&r=g"
