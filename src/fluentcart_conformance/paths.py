"""Where the tool's own data lies: in a clone beside `src`, in a wheel inside the package."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    packaged = _PACKAGE / "_data" / name
    if packaged.is_dir():
        return packaged
    return _PACKAGE.parents[1] / name


def data_dir() -> Path:
    """The folder with the OpenAPI description, requirements, rulings and profiles."""
    return _folder("openapi")


def suites_dir() -> Path:
    """The folder with the scenario suites."""
    return _folder("suites")
