"""The suites proved on themselves: each fault of the embedded store must be found by them."""
