"""A whole run, from settings to exit code."""
