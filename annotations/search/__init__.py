"""Finding things: what was typed, where it occurs, and how lists are filtered, sorted and paged."""
