"""`report.html`: the verdict as one self-contained page without any external request."""

from __future__ import annotations

from .page import write_html

__all__ = ["write_html"]
