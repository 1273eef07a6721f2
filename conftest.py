"""`pytest suites --base-url URL` in a clone: the plugin, unless an installed package brought it."""

from __future__ import annotations

import sys
from importlib.metadata import entry_points
from pathlib import Path

_NAME = "fluentcart_conformance"
_INSTALLED = {one.name for one in entry_points(group="pytest11")}

if _NAME not in _INSTALLED:
    sys.path.insert(0, str(Path(__file__).parent / "src"))
    pytest_plugins = [f"{_NAME}.pytest_plugin"]
