"""Access tokens by PyJWT."""

import os
from datetime import UTC, datetime, timedelta

import jwt

LIFETIME_S = int(os.environ["TOKEN_TTL_S"])


def access_token(account):
    now = datetime.now(UTC).replace(microsecond=0)
    claims = {
        "sub": account["id"],
        "role": account["role"],
        "iat": now,
        "exp": now + timedelta(seconds=LIFETIME_S),
        "typ": "access",
    }
    return jwt.encode(claims, os.environ["JWT_SECRET"], algorithm="HS256")


def subject(token):
    try:
        return jwt.decode(token, os.environ["JWT_SECRET"], algorithms=["HS256"], leeway=2)["sub"]
    except (jwt.PyJWTError, KeyError):
        return None
