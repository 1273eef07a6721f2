"""Fuzzing inside a run: budgets, the objects it works on, and what goes into the record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from fluentcart_conformance.fuzz.breach import Breach
from fluentcart_conformance.fuzz.budget import SHARES, SHARES_SIDE_BY_SIDE, Plan, Stopwatch
from fluentcart_conformance.fuzz.description import operations as load_operations
from fluentcart_conformance.fuzz.link import LinkOutcome
from fluentcart_conformance.fuzz.links import LinkWalker
from fluentcart_conformance.fuzz.outcome import Outcome
from fluentcart_conformance.fuzz.pool import Pool
from fluentcart_conformance.fuzz.prober import Prober
from fluentcart_conformance.fuzz.retell import history_of
from fluentcart_conformance.plugin.context import current_scenario
from fluentcart_conformance.plugin.sieve import Sieve
from fluentcart_conformance.target.errors import ReadOnlyError

if TYPE_CHECKING:
    from pathlib import Path

    from fluentcart_conformance.contract.exchange import Exchange
    from fluentcart_conformance.fuzz.model.explorer import FailedWalk
    from fluentcart_conformance.fuzz.model.walk import SavedWalk
    from fluentcart_conformance.plugin.context import Workbench


@dataclass(frozen=True)
class Result:
    """What one part found, the requirements it looked at, and what it says of itself."""

    breaches: Collection[Breach]
    looked: Collection[str]
    words: list[str]

    @classmethod
    def of(cls, outcome: Outcome | LinkOutcome) -> Result:
        """The result of single requests or of walks along links."""
        return cls(list(outcome.breaches.values()), outcome.looked, [str(outcome)])


class Fuzzer:
    """Fuzzes the target of one process; one for all scenarios of the area."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._shop = bench.shop()
        self._operations = list(bench.contract.operations)
        self.plan = Plan.of(bench.settings, len(self._operations))
        self._pool = Pool(self._shop, harmless_gateway=bench.report.embedded)
        shares = SHARES_SIDE_BY_SIDE if bench.settings.workers > 1 else SHARES
        self._left = {name: Stopwatch(share * self.plan.seconds) for name, share in shares.items()}
        self._all = Stopwatch(self.plan.seconds)
        self._waiting = len(self._operations)

    # -- the parts ---------------------------------------------------------------------------

    def requests(self, operation: str) -> None:
        """Generated requests to one operation.

        Raises:
            TargetGoneError: when the store has gone.
            ReadOnlyError: when the run may not write.
        """
        if not self._wanted(self.plan.per_operation):
            return
        # What one operation does not use is for those after it.
        share = Stopwatch(self._all.left / max(self._waiting, 1))
        self._waiting -= 1
        outcome = Outcome(operation)
        with self._part(lambda: Result.of(outcome)), share:
            prober = self._prober(outcome)
            prober.run(self.plan.per_operation, self.plan.seed, share)

    def _prober(self, outcome: Outcome) -> Prober:
        profile = self._bench.report.profile
        load_operations(profile)
        return Prober(
            self._pool,
            outcome,
            method=self._bench.contract.operation(outcome.operation).method.upper(),
            profile=profile,
            low=self._bench.settings.low_app_password is not None,
            judging=self._bench.sieve,
        )

    def links(self) -> None:
        """Walks along every link that the description declares.

        Raises:
            TargetGoneError: when the store has gone.
            ReadOnlyError: when the run may not write.
        """
        if not self._wanted(self.plan.per_operation):
            return
        walker = LinkWalker(self._pool, self._bench.report.profile, self.plan.seed)
        watch = self._left["links"]

        def told() -> Result:
            result = Result.of(walker.outcome)
            return replace(result, words=[*result.words, f"links: {walker.outcome.listed}"])

        with self._part(told), watch:
            walker.run(watch)

    def model(self) -> None:
        """Random walks through a shop of its own, each compared with a picture of it.

        Raises:
            TargetGoneError: when the store has gone.
            ReadOnlyError: when the run may not write.
        """
        from fluentcart_conformance.fuzz.model.explorer import Explorer  # noqa: PLC0415

        if not self._wanted(self.plan.walks):
            return
        watch = self._left["model"]
        explorer = Explorer(self._shop, watch, self.plan.seed)

        def told() -> Result:
            saved = [self._save(walk) for walk in explorer.found.values()]
            breaches = [walk.breach for walk in explorer.found.values()]
            return Result(breaches, explorer.looked, [str(explorer), *saved])

        with self._part(told), watch:
            explorer.run(self.plan.walks)

    def replay(self, walk: SavedWalk) -> None:
        """Do a saved walk again.

        Raises:
            ReadOnlyError: when the run may not write.
        """
        from fluentcart_conformance.fuzz.model.walk import replay  # noqa: PLC0415

        found: list[Breach] = []
        self._may_write()
        with self._part(lambda: Result(found, [walk.requirement], [])):
            divergence = replay(walk, self._shop)
            found += [] if divergence is None else [divergence.breach]

    def _save(self, walk: FailedWalk) -> str:
        from fluentcart_conformance.fuzz.model.walk import SavedWalk  # noqa: PLC0415

        saved = SavedWalk.of(walk, self._bench.report.profile)
        path = saved.save(self._bench.settings.reports / "fuzz")
        clean = self._script(walk.exchanges, walk.breach.message)
        path.with_suffix(".sh").write_text(clean, "utf-8")
        return f"saved as {path} and .sh; replay: pytest suites/fuzz/test_walks.py --walk {path}"

    # -- the guarded beginning and end -------------------------------------------------------

    def _may_write(self) -> None:
        if not self._bench.settings.writes_allowed:
            raise ReadOnlyError("fuzzing makes the objects it works on")

    def _wanted(self, amount: int) -> bool:
        self._may_write()
        if not amount:
            self._say("turned off: no requests wanted")
        return bool(amount)

    @contextmanager
    def _part(self, told: Callable[[], Result]) -> Iterator[None]:
        """Record only what shows something, and report what was found, whatever happens inside."""
        scenario = current_scenario()
        sieve = self._bench.sieve = Sieve(self._bench, scenario.id)
        try:
            with self._all:
                yield
        finally:
            result = told()
            self._report(result, sieve)
            for cause, exchange in sieve.examples().items():
                self._retold(cause, (exchange,), cause)
            self._say(*result.words, f"seed {self.plan.seed}")
            self._bench.sieve = None
            scenario.judged_wrong = scenario.judged_wrong or bool(sieve.causes)
            scenario.events[:0] = sieve.events()

    def _report(self, result: Result, sieve: Sieve) -> None:
        """Breaches become failed checks; what was looked at and held becomes passed ones."""
        scenario, clean = current_scenario(), self._bench.redactor.text
        for breach in result.breaches:
            scenario.broke(
                breach.requirement,
                expected=breach.expected,
                got=clean(breach.got),
                message=clean(f"{breach.message}{self._repeated_by(breach)}"),
                cause=clean(breach.cause),
                exchanges=sieve.keep(breach.exchanges),
            )
        held = sorted(set(result.looked) - {one.requirement for one in result.breaches})
        if held:
            scenario.check(held, "passed", exchanges=[])

    def _repeated_by(self, breach: Breach) -> str:
        path = self._retold(breach.cause, breach.exchanges, breach.message)
        return f"\nrepeat it with new objects: sh {path}" if path else ""

    def _retold(self, cause: str, shown: Sequence[Exchange], words: str) -> Path | None:
        """Write how to bring about what a request needs and send it; None where it needs none."""
        if not shown or shown[0].identity != self._shop.identity:
            return None
        history = history_of(shown[0], self._pool.before(shown[0]), self._bench.report.profile)
        if not history:
            return None
        folder = self._bench.settings.reports / "fuzz"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"request-{sha256(cause.encode()).hexdigest()[:8]}.sh"
        path.write_text(self._script([*history, *shown], words), "utf-8")
        return path

    def _script(self, exchanges: Sequence[Exchange], words: str) -> str:
        from fluentcart_conformance.fuzz.model.script import shell_script  # noqa: PLC0415

        script = shell_script(
            exchanges,
            words,
            self._shop.journal.namespace,
            profile=self._bench.report.profile,
            products=self._shop.products,
        )
        return self._bench.redactor.text(script)

    def _say(self, *words: str) -> None:
        current_scenario().notes.extend(words)
