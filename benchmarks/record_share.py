"""Which share of a run goes into its record: making the events, writing them."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable
from functools import wraps
from time import perf_counter
from typing import Any

from .figures import Figure
from .processes import credentials, spawn, store

WORDS = ("-m", "benchmarks.record_share")
AT_HAND = 24.0


def measure() -> list[Figure]:
    """In a process of its own, with the two places timed; against both kinds of store."""
    with store(delay_ms=AT_HAND) as announced:
        return [
            _share("embedded store", {}),
            _share(f"answers of {AT_HAND:.0f} ms", credentials(announced)),
        ]


def _share(where: str, env: dict[str, str]) -> Figure:
    used = spawn(sys.executable, *WORDS, env=env)
    told = json.loads(used.output.splitlines()[-1])
    return Figure(
        f"share of the record: making and writing its events, {where}",
        100 * told["record"] / told["run"],
        "%",
        2.0,
        command=f"python {' '.join(WORDS)}",
        note=f"{told['record']:.2f} s of {told['run']:.1f} s, most of it while the store works; "
        f"writing alone {100 * told['writing'] / told['run']:.1f} %",
    )


def main() -> None:
    """Run the scenarios with the record's code timed; the last line is JSON."""
    from fluentcart_conformance.plugin.context import Workbench  # noqa: PLC0415
    from fluentcart_conformance.runner.session import run  # noqa: PLC0415
    from fluentcart_conformance.target.settings_load import load_settings  # noqa: PLC0415
    from fluentcart_conformance.verdict.record import RecordWriter  # noqa: PLC0415

    spent = {"making": 0.0, "writing": 0.0}

    def timed(name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(work)
        def measured(*given: Any, **named: Any) -> Any:
            begun = perf_counter()
            try:
                return work(*given, **named)
            finally:
                spent[name] += perf_counter() - begun

        return measured

    Workbench._content = timed("making", Workbench._content)  # type: ignore[method-assign]
    RecordWriter.append = timed("writing", RecordWriter.append)  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory() as folder:
        begun = perf_counter()
        run(load_settings({"reports": folder, "fuzz_requests": 0, "workers": 1}))
        whole = perf_counter() - begun
    record = spent["making"] + spent["writing"]
    print(json.dumps({"run": whole, "record": record, "writing": spent["writing"]}))


if __name__ == "__main__":
    main()
