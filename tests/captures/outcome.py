"""How a fetch ended, as tests ask for it."""

from annotations.captures.failures import SENTENCES


def failure_of(fetched):
    """The code, with the proof that nothing of a failed page is passed on as its body."""
    assert fetched.failure is not None
    assert fetched.body == b""
    assert SENTENCES[fetched.failure.code]
    return fetched.failure.code
