"""Orders of the embedded store: the rules behind the 22 order operations."""
