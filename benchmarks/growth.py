"""The scenarios when the store already holds 50, 5,000 and 50,000 orders."""

from __future__ import annotations

import tempfile
from pathlib import Path

from .figures import Figure
from .processes import credentials, store
from .suites import SHOWN, run_scenarios

SIZES = (50, 5000, 50000)


def measure() -> list[Figure]:
    """Time on the suites' side, that is without waiting for answers, and memory."""
    own: dict[int, float] = {}
    peak: dict[int, int] = {}
    for orders in SIZES:
        with tempfile.TemporaryDirectory() as name, store(orders=orders) as announced:
            used = run_scenarios(Path(name), env=credentials(announced))
            peak[orders] = used.peak
        own[orders] = used.cpu
    found = []
    for orders in SIZES[1:]:
        found += [
            Figure(
                f"growth, {orders} orders over 50: the runner's CPU seconds",
                own[orders] / own[50],
                "x",
                1.3,
                command=SHOWN,
                note=f"{own[orders]:.1f} s to {own[50]:.1f} s",
            ),
            Figure(
                f"growth, {orders} orders over 50: the runner's memory",
                peak[orders] / peak[50],
                "x",
                1.3,
                command=SHOWN,
            ),
        ]
    return found
