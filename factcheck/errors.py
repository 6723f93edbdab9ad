"""What stops a start: every reason is one sentence for the person at the terminal."""


class StartRefused(Exception):
    """Raised with one sentence that says what is wrong and what to do about it."""
