"""Spans of text: selectors, grapheme clusters and highlights."""
