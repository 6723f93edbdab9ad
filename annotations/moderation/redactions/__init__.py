"""Overwriting words everywhere, and pseudonymising people: the one exception to append-only."""
