"""Where mentions stand in later versions of their article."""
