"""What starting the tool costs beside importing what it stands on."""

from __future__ import annotations

import sys

from .figures import Figure
from .processes import TOOL, best

PEER = (sys.executable, "-c", "import httpx, click, rich")


def measure(rounds: int = 7) -> list[Figure]:
    """Three commands that need no store."""
    peer = best(rounds, *PEER)
    found = []
    for words in (("--help",), ("explain", "RFD-PARTIAL-TOTAL"), ("requirements",)):
        ours = best(rounds, *TOOL, *words)
        found.append(
            Figure(
                what=f"start: {words[0]}",
                measured=ours.wall / peer.wall,
                unit="x",
                target=1.5,
                peer='python -c "import httpx, click, rich"',
                command=f"fluentcart-conformance {' '.join(words)}",
                note=f"{ours.wall * 1000:.0f} ms to {peer.wall * 1000:.0f} ms",
            )
        )
    return found
