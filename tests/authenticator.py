"""What an authenticator app on a phone does: a code from a shared key and the time (RFC 6238)."""

import base64
import hmac
import struct
import time

STEP_SECONDS = 30


def totp_code(secret: str) -> str:
    """Return the six digits the app shows now for a key in base 32."""
    counter = struct.pack(">Q", int(time.time()) // STEP_SECONDS)
    digest = hmac.new(base64.b32decode(secret), counter, "sha1").digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
