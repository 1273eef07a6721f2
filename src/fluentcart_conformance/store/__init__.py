"""The embedded store: a FluentCart-compatible shop of its own over real HTTP.

State in SQLite, every documented operation, any profile. It shares nothing with the rest of
the project but the names of the profiles.
"""
