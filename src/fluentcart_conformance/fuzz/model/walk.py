"""A failed walk on disk: in domain words, replayable by pytest and as a shell script."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from fluentcart_conformance.drivers.shop import Shop
from fluentcart_conformance.fuzz.model.explorer import FailedWalk
from fluentcart_conformance.fuzz.model.shop_steps import ShopSteps
from fluentcart_conformance.fuzz.model.world import EVERYTHING, Divergence, Step


@dataclass(frozen=True)
class SavedWalk:
    """A walk as it was saved: `cause` is what it ended in."""

    profile: str
    cause: str
    requirement: str
    steps: list[Step]
    words: str

    @classmethod
    def of(cls, walk: FailedWalk, profile: str) -> SavedWalk:
        """A failed walk, to be saved."""
        breach = walk.breach
        return cls(profile, breach.cause, breach.requirement, walk.steps, breach.message)

    @property
    def name(self) -> str:
        """A file name that is equal for one cause."""
        return f"walk-{self.requirement.lower()}-{sha256(self.cause.encode()).hexdigest()[:6]}"

    def save(self, folder: Path) -> Path:
        """Write the walk below a folder; returns the file."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self.name}.json"
        body = {
            "profile": self.profile,
            "requirement": self.requirement,
            "cause": self.cause,
            "words": self.words.splitlines(),
            "steps": [{"do": one.do, **one.given} for one in self.steps],
        }
        path.write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", "utf-8")
        return path


def load_walk(path: Path) -> SavedWalk:
    """Read a saved walk.

    Raises:
        ValueError: when the file is no saved walk.
    """
    try:
        body = json.loads(path.read_text("utf-8"))
        steps = [_step(row) for row in body["steps"]]
        words = "\n".join(body.get("words", []))
        return SavedWalk(body["profile"], body["cause"], body["requirement"], steps, words)
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise ValueError(f"{path} is no saved walk: {error}") from error


def _step(row: Mapping[str, Any]) -> Step:
    given = {name: value for name, value in row.items() if name != "do"}
    return Step(str(row["do"]), given)


def replay(walk: SavedWalk, shop: Shop) -> Divergence | None:
    """Walk again; the difference it ends in, None when the store and the picture agree now."""
    world = ShopSteps(shop)
    try:
        for step in walk.steps:
            world.walk(step)
        if not walk.steps or walk.steps[-1].do != EVERYTHING:
            world.inventory()
    except Divergence as divergence:
        return divergence
    return None
