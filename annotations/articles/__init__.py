"""Articles, their immutable versions and blocks, and how text is read from a file."""
