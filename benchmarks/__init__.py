"""Measured ratios of issue "fast and frugal": `tox -e bench`, or `python -m benchmarks`."""
