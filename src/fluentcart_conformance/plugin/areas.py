"""Which scenarios belong to the areas that a run was told to look at."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pytest

from fluentcart_conformance.contract.requirements import load_requirements
from fluentcart_conformance.plugin.items import area_of, promised_by, scenario_id


def of_areas(items: Iterable[pytest.Item], areas: Collection[str]) -> set[str]:
    """The ids of the scenarios in the folders of these areas; all of them when no area is named.

    Some requirements of an area are checked where their objects are at hand, in a scenario of
    another area. Such a scenario comes along when no other promises the requirement: else the
    area had no verdict.
    """
    if not areas:
        return {scenario_id(item) for item in items}
    rows = [(scenario_id(item), area_of(item), promised_by(item)) for item in items]
    kept = {name for name, area, _ in rows if area in areas}
    looked_at = {one for name, _, promised in rows if name in kept for one in promised}
    missing = {one.id for one in load_requirements().values() if one.area in areas} - looked_at
    for name, _, promised in rows:
        if name not in kept and not missing.isdisjoint(promised):
            kept.add(name)
            missing.difference_update(promised)
    return kept
