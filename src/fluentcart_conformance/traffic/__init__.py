"""Judging traffic that others captured: HAR files, recordings, records, and single responses."""

from __future__ import annotations

from .library import NotConformingError, assert_conforms, judge_response

__all__ = ["NotConformingError", "assert_conforms", "judge_response"]
