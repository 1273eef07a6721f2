"""Read the settings and turn every mistake in them into one line for the operator."""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import SecretStr, ValidationError
from pydantic_settings import SettingsError

from .errors import ConfigError
from .settings import SECRET_KEYS, Settings

DEFAULT_FILE = "fluentcart.toml"
ENV_PREFIX = "FLUENTCART_"
_ONE_STORE = frozenset(
    {
        *SECRET_KEYS,
        "base_url",
        "user",
        "low_user",
        "manager_user",
        "products",
        "attachable_users",
        "capabilities",
        "client_cert",
        "client_key",
        "config",
        "profile",
        "full_name",
    }
)
# Variables of the tool that are no settings.
OTHER = "FLUENTCART_OTHER_"
"""Begins the variables of the second store where two are compared."""
OWN_VARIABLES = frozenset(
    {"FLUENTCART_CONFIG", "FLUENTCART_SIGNING_PASSWORD", "FLUENTCART_TRACEBACK"}
)
# A cache, a shell completion: nothing of them changes what a run does.
OWN_PREFIX = "FLUENTCART_CONFORMANCE_"


def load_settings(
    flags: Mapping[str, Any] | None = None,
    *,
    config: Path | None = None,
    secrets: Mapping[str, str] | None = None,
    second: bool = False,
) -> Settings:
    """The settings of a run.

    `flags` come from the command line (None values mean "not given") and must hold no secret;
    `secrets` come from a prompt. `config` is the TOML file; without it, `FLUENTCART_CONFIG` or
    `fluentcart.toml` in the working directory, if there. Of a file that was not named, a `second`
    store takes nothing that belongs to the first. Raises ConfigError.
    """
    given = {key: value for key, value in (flags or {}).items() if value is not None}
    leaked = sorted(SECRET_KEYS & set(given))
    if leaked:
        raise ConfigError(
            f"{leaked[0]} must not come from the command line, where every user of the machine "
            f"can read it; use {ENV_PREFIX}{leaked[0].upper()} or the file {DEFAULT_FILE}"
        )
    _check_environment()
    file = _file(config)
    stored = read_toml(file) if file else {}
    _check_keys(stored, file)
    if second and config is None:
        stored = {key: value for key, value in stored.items() if key not in _ONE_STORE}
    prompted = {key: SecretStr(value) for key, value in (secrets or {}).items()}
    merged = {key: value for key, value in stored.items() if key not in _from_environment()}
    try:
        return Settings(**{**merged, **given, **prompted})
    except ValidationError as error:
        raise ConfigError(_words(error, file, stored, given)) from None
    except SettingsError as error:
        raise ConfigError(f"an environment variable cannot be read: {error}") from None


def _file(config: Path | None) -> Path | None:
    named = config or (Path(value) if (value := os.environ.get("FLUENTCART_CONFIG")) else None)
    if named is not None:
        if not named.is_file():
            raise ConfigError(f"the settings file {named} does not exist")
        return named
    usual = Path(DEFAULT_FILE)
    return usual if usual.is_file() else None


def read_toml(file: Path) -> dict[str, Any]:
    """The table in `file`. Raises ConfigError with the file and the line."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{file} is not UTF-8 text") from None
    except tomllib.TOMLDecodeError as error:
        # The parser's own words may quote the line, and the line may hold a password.
        raise ConfigError(f"{file} is not valid TOML{_place(str(error))}") from None


def _place(words: str) -> str:
    """`Unclosed array (at line 3, column 7)` -> ` at line 3, column 7`."""
    start = words.rfind("(at ")
    return f" {words[start + 1 : -1]}" if start >= 0 and words.endswith(")") else ""


def _from_environment() -> set[str]:
    """The keys that the environment sets."""
    known = Settings.model_fields
    names = (name.upper() for name in os.environ)
    keys = {n.removeprefix(ENV_PREFIX).lower() for n in names if n.startswith(ENV_PREFIX)}
    return keys & set(known)


def suggestion(key: str, known: list[str]) -> str:
    """` (did you mean X?)`, or nothing when no known key is close."""
    close = difflib.get_close_matches(key, known, n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def _check_keys(stored: Mapping[str, Any], file: Path | None) -> None:
    known = sorted(Settings.model_fields)
    for key in stored:
        if key not in known:
            line = _line_of(key, file)
            raise ConfigError(f"{file}{line}: unknown key {key}{suggestion(key, known)}")


def _check_environment() -> None:
    """A misspelt variable would be ignored silently."""
    known = sorted(Settings.model_fields)
    for name in sorted(os.environ):
        if not name.startswith(ENV_PREFIX) or name in OWN_VARIABLES or name.startswith(OWN_PREFIX):
            continue
        key = name.removeprefix(OTHER).removeprefix(ENV_PREFIX).lower()
        if key not in known:
            close = difflib.get_close_matches(key, known, n=1)
            meant = f" (did you mean {ENV_PREFIX}{close[0].upper()}?)" if close else ""
            raise ConfigError(f"unknown environment variable {name}{meant}")


def of_one_store(variable: str) -> bool:
    """Whether an environment variable says where one store is and how to get in."""
    key = variable.removeprefix(ENV_PREFIX).lower()
    return variable.startswith(ENV_PREFIX) and key in _ONE_STORE


def _line_of(key: str, file: Path | None) -> str:
    """`, line N` of the first line of `file` that sets `key` or opens its table."""
    if file is None:
        return ""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        bare = line.strip().lstrip("[").strip()
        if bare.startswith((key, f'"{key}"')):
            return f", line {number}"
    return ""


def _words(
    error: ValidationError,
    file: Path | None,
    stored: Mapping[str, Any],
    given: Mapping[str, Any],
) -> str:
    """The first mistake in one line, with where it was written."""
    first = error.errors(include_url=False, include_input=False)[0]
    place = [str(part) for part in first["loc"]]
    said = str(first["msg"]).removeprefix("Value error, ")
    said = said[:1].lower() + said[1:]
    if not place:
        return said
    key = place[0]
    dotted = ".".join(place)
    if first["type"] == "extra_forbidden":
        from_product = sorted(("post_id", "object_id", "unit_price", "fulfillment_type", "title"))
        said = "unknown key" + suggestion(place[-1], from_product)
    if key in given:
        flag = "-k" if key == "keyword" else f"--{key.replace('_', '-')}"
        return f"{flag}: {said}"
    if key in _from_environment():
        return f"{ENV_PREFIX}{key.upper()}: {said}"
    if key in stored:
        return f"{file}{_line_of(key, file)}: {dotted}: {said}"
    return f"{dotted}: {said}"
