"""Access tokens: signed, short-lived, stored nowhere."""

import os
import time

import jwt

TTL_S = int(os.environ["TOKEN_TTL_S"])
SECRET = os.environ["JWT_SECRET"]
ALGORITHM = "HS256"
CLAIMS = ["sub", "role", "iat", "exp"]


def issue(account):
    now = int(time.time())
    claims = {"sub": str(account["id"]), "role": account["role"], "iat": now, "exp": now + TTL_S}
    return jwt.encode(claims, SECRET, algorithm=ALGORITHM)


def account_of(token):
    """The id of the account that a good token speaks of, or None. The token does not choose the algorithm."""
    try:
        claims = jwt.decode(token, SECRET, algorithms=[ALGORITHM], options={"require": CLAIMS})
        return int(claims["sub"])
    except (jwt.PyJWTError, ValueError):
        return None
