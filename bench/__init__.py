"""Measurements: rows by the thousand, made in SQL, and what working on them costs."""
