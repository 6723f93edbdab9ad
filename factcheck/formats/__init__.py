"""Dates and times where Django's own formats would mislead: one package for each language."""
