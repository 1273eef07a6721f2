"""The store in another dress: the same rules, spelt and served as another shop would."""

from __future__ import annotations

from fluentcart_conformance.store.personality.dress import (
    NAMES,
    SWITCHES,
    PersonalityError,
    Switch,
    chosen_switches,
    dressed,
)

__all__ = ["NAMES", "SWITCHES", "PersonalityError", "Switch", "chosen_switches", "dressed"]
