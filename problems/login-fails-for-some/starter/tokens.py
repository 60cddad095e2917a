"""Signed tokens that say who is asking."""

import os
import time

import jwt

from errors import ApiError

LIFETIME_S = 3600
SECRET = os.environ["JWT_SECRET"]


def issue(subject):
    """A token for this subject, good for LIFETIME_S seconds."""
    now = int(time.time())
    return jwt.encode({"sub": subject, "iat": now, "exp": now + LIFETIME_S}, SECRET, algorithm="HS256")


def read(token):
    """What a token says. Raises ApiError where it is forged or has run out."""
    try:
        return jwt.decode(token, SECRET, algorithms=["HS256"], options={"require": ["sub", "exp"]})
    except jwt.ExpiredSignatureError:
        raise ApiError(401, "token_expired") from None
    except jwt.PyJWTError:
        raise ApiError(401, "token_invalid") from None
