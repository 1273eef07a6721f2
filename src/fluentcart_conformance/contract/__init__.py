"""The contract and the judge of one exchange. Knows no HTTP client, no pytest and no store."""

from __future__ import annotations

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
