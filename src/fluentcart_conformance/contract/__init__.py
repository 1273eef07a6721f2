"""The contract and the judge of one exchange. Knows no HTTP client, no pytest and no store.

Names are loaded when they are first used: a command that only reads requirements need not wait
for the judge's validators.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api import exchange_of, judge_exchange, judge_response
    from .contract import Contract, load_contract
    from .errors import ContractError
    from .exchange import Exchange
    from .findings import Finding, Judgement
    from .forms import FormLedger
    from .jsonbody import Parsed, parse_json
    from .judge import Judge
    from .operations import Operation
    from .profile import Profile, Ruling, load_profile, load_rulings, profile_names
    from .requirements import Requirement, Source, load_requirements
    from .routes import relative_path

__all__ = [
    "Contract",
    "ContractError",
    "Exchange",
    "Finding",
    "FormLedger",
    "Judge",
    "Judgement",
    "Operation",
    "Parsed",
    "Profile",
    "Requirement",
    "Ruling",
    "Source",
    "exchange_of",
    "judge_exchange",
    "judge_response",
    "load_contract",
    "load_profile",
    "load_requirements",
    "load_rulings",
    "parse_json",
    "profile_names",
    "relative_path",
]

_HOMES = {
    "api": ("exchange_of", "judge_exchange", "judge_response"),
    "contract": ("Contract", "load_contract"),
    "errors": ("ContractError",),
    "exchange": ("Exchange",),
    "findings": ("Finding", "Judgement"),
    "forms": ("FormLedger",),
    "jsonbody": ("Parsed", "parse_json"),
    "judge": ("Judge",),
    "operations": ("Operation",),
    "profile": ("Profile", "Ruling", "load_profile", "load_rulings", "profile_names"),
    "requirements": ("Requirement", "Source", "load_requirements"),
    "routes": ("relative_path",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    globals()[name] = value
    return value
