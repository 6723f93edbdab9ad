"""Watched pages: who watches what, whose turn it is, what each check came to."""
