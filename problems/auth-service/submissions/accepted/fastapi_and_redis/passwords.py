"""scrypt from the standard library. The text that is kept says how it was made."""

import hashlib
import hmac
import secrets

N, R, P = 2**14, 8, 1
NOBODYS = f"scrypt:{N}:{R}:{P}:{'00' * 16}:{'00' * 32}"


def hashed(password):
    salt = secrets.token_bytes(16)
    return f"scrypt:{N}:{R}:{P}:{salt.hex()}:{_derive(password, salt, N, R, P).hex()}"


def matches(password, kept):
    """Nobody's password matches nothing, but takes as long."""
    _, n, r, p, salt, key = (kept or NOBODYS).split(":")
    derived = _derive(password, bytes.fromhex(salt), int(n), int(r), int(p))
    return hmac.compare_digest(derived, bytes.fromhex(key))


def _derive(password, salt, n, r, p):
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=64 << 20, dklen=32)
