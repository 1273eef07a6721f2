"""Fuzzing inside a run: budgets, the objects it works on, and what goes into the record."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.budget import SHARES, Plan, Stopwatch
from fluentcart_conformance.fuzz.description import operations as load_operations
from fluentcart_conformance.fuzz.links import LinkWalker
from fluentcart_conformance.fuzz.pool import Pool
from fluentcart_conformance.fuzz.prober import Prober
from fluentcart_conformance.plugin.context import current_scenario
from fluentcart_conformance.plugin.sieve import Sieve
from fluentcart_conformance.target.errors import ReadOnlyError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fluentcart_conformance.fuzz.model.explorer import FailedWalk
    from fluentcart_conformance.fuzz.model.walk import SavedWalk
    from fluentcart_conformance.plugin.context import Workbench


class Fuzzer:
    """Fuzzes the target of one process; one for all scenarios of the area."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._shop = bench.shop()
        self._operations = list(bench.contract.operations)
        self.plan = Plan.of(bench.settings, len(self._operations))
        self._pool = Pool(self._shop, harmless_gateway=bench.report.embedded)
        self._left = {name: Stopwatch(share * self.plan.seconds) for name, share in SHARES.items()}
        self._waiting = len(self._operations)

    def _may_write(self) -> None:
        if not self._bench.settings.writes_allowed:
            raise ReadOnlyError("fuzzing makes the objects it works on")

    # -- single requests ---------------------------------------------------------------------

    def requests(self, operation: str) -> None:
        """Generated requests to one operation.

        Raises:
            TargetGoneError: when the store has gone.
            ReadOnlyError: when the run may not write.
        """
        self._may_write()
        if not self.plan.per_operation:
            self._say("turned off: no requests wanted")
            return
        method = self._bench.contract.operation(operation).method.upper()
        profile = self._bench.report.profile
        load_operations(profile)
        low = self._bench.settings.low_app_password is not None
        prober = Prober(self._pool, operation, method=method, profile=profile, low=low)
        total = self._left["requests"]
        # What one operation does not use is for those after it.
        share = Stopwatch(total.left / max(self._waiting, 1))
        self._waiting -= 1
        with self._sifted(), total, share:
            try:
                prober.run(self.plan.per_operation, self.plan.seed, share)
            finally:
                outcome = prober.outcome
                self._report(outcome.breaches.values(), outcome.looked)
                self._say(f"{outcome}; seed {self.plan.seed}")

    # -- links -------------------------------------------------------------------------------

    def links(self) -> None:
        """Walks along every link that the description declares.

        Raises:
            TargetGoneError: when the store has gone.
            ReadOnlyError: when the run may not write.
        """
        self._may_write()
        if not self.plan.per_operation:
            self._say("turned off: no requests wanted")
            return
        walker = LinkWalker(self._pool, self._bench.report.profile, self.plan.seed)
        watch = self._left["links"]
        with self._sifted(), watch:
            try:
                walker.run(watch)
            finally:
                outcome = walker.outcome
                self._report(outcome.breaches.values(), outcome.looked)
                self._say(f"{outcome}; seed {self.plan.seed}")
                self._say(f"links: {outcome.listed}")

    # -- the model ---------------------------------------------------------------------------

    def model(self) -> None:
        """Random walks through a shop of its own, each compared with a picture of it.

        Raises:
            TargetGoneError: when the store has gone.
            ReadOnlyError: when the run may not write.
        """
        from fluentcart_conformance.fuzz.model.explorer import Explorer  # noqa: PLC0415

        self._may_write()
        if not self.plan.walks:
            self._say("turned off: no requests wanted")
            return
        watch = self._left["model"]
        explorer = Explorer(self._shop, watch, self.plan.seed)
        with self._sifted(), watch:
            try:
                explorer.run(self.plan.walks)
            finally:
                for walk in explorer.found.values():
                    self._save(walk)
                breaches = [walk.breach for walk in explorer.found.values()]
                self._report(breaches, explorer.looked)
                words = f"{explorer.walks} walks, {explorer.steps} steps; seed {self.plan.seed}"
                self._say("; ".join(filter(None, (words, explorer.left_out, explorer.unreadable))))

    def _save(self, walk: FailedWalk) -> None:
        from fluentcart_conformance.fuzz.model.script import shell_script  # noqa: PLC0415
        from fluentcart_conformance.fuzz.model.walk import SavedWalk  # noqa: PLC0415

        saved = SavedWalk.of(walk, self._bench.report.profile)
        path = saved.save(self._bench.settings.reports / "fuzz")
        script = shell_script(walk.exchanges, walk.breach.message, self._shop.journal.namespace)
        clean = self._bench.redactor.text(script)
        path.with_suffix(".sh").write_text(clean, "utf-8")
        self._say(
            f"saved as {path} and .sh; replay: pytest suites/fuzz/test_walks.py --walk {path}"
        )

    def replay(self, walk: SavedWalk) -> None:
        """Do a saved walk again.

        Raises:
            ReadOnlyError: when the run may not write.
        """
        from fluentcart_conformance.fuzz.model.walk import replay  # noqa: PLC0415

        self._may_write()
        with self._sifted():
            divergence = replay(walk, self._shop)
            breaches = [] if divergence is None else [divergence.breach]
            self._report(breaches, [walk.requirement])

    # -- the record --------------------------------------------------------------------------

    @contextmanager
    def _sifted(self) -> Iterator[Sieve]:
        """Record only what shows something, whatever happens inside."""
        scenario = current_scenario()
        sieve = Sieve(self._bench, scenario.id)
        self._bench.sieve = sieve
        try:
            yield sieve
        finally:
            self._bench.sieve = None
            scenario.judged_wrong = scenario.judged_wrong or bool(sieve.causes)
            scenario.events[:0] = sieve.events()

    def _report(self, breaches: Iterable[Breach], looked: Iterable[str]) -> None:
        """Breaches become failed checks; what was looked at and held becomes passed ones."""
        scenario, sieve = current_scenario(), self._bench.sieve
        broken = set()
        for breach in breaches:
            broken.add(breach.requirement)
            evidence = sieve.keep(breach.exchanges) if sieve is not None else []
            clean = self._bench.redactor.text
            scenario.broke(
                breach.requirement,
                expected=breach.expected,
                got=clean(breach.got),
                message=clean(breach.message),
                cause=clean(breach.cause),
                exchanges=evidence,
            )
        held = sorted(set(looked) - broken)
        if held:
            scenario.check(held, "passed", exchanges=[])

    def _say(self, words: str) -> None:
        current_scenario().notes.append(words)
