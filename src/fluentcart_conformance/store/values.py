"""Read the values that callers send."""

from __future__ import annotations

import re
from typing import Any

from fluentcart_conformance.store.http import TOO_LARGE_ID


def integer(value: Any) -> int | None:
    """Read an integer member: an int or a string of digits (with sign); anything else is None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if abs(value) < TOO_LARGE_ID else None
    if isinstance(value, str) and re.fullmatch(r"\s*[+-]?\d{1,18}\s*", value):
        return int(value)
    return None
