"""What can be wrong with captured traffic."""

from __future__ import annotations


class TrafficError(Exception):
    """A file that cannot be judged; the sentence names the file and the line."""

    exit_code = 2
