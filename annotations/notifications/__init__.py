"""Telling people: what they were told, and what they follow. Knows nothing of what it is about."""
