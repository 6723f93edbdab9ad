"""The demo project: articles written for it, worked through as a good reviewer would."""
