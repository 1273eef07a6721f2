"""Decides, with evidence, whether an HTTP API is FluentCart-compatible."""

from __future__ import annotations

__version__ = "0.1.0"
