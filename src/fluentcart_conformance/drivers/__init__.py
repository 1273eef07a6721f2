"""Domain actions of a shop, spelled in the wire forms of a profile. No checks live here."""
