"""The store under test: its settings, identities, address, the paced client, preflight."""
