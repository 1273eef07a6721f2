"""Runs in parts, again, and rehearsed."""
