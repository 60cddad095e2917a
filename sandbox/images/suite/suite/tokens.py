"""JSON Web Tokens: read, signed with the service's own secret, and forged."""

from __future__ import annotations

import base64
import json
from typing import Any

import jwt
from suite.expectations import Mismatch, shown


class Tokens:
    """`secret` is the JWT_SECRET that the service was started with."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def claims(self, token: object) -> dict[str, Any]:
        """What a token says; its signature must be right, its lifetime is not looked at. Raises Mismatch."""
        try:
            options: Any = {"verify_exp": False, "verify_aud": False, "verify_iat": False, "verify_nbf": False}
            return jwt.decode(str(token), self._secret, algorithms=["HS256"], options=options)
        except jwt.PyJWTError as error:
            raise Mismatch("a token signed with JWT_SECRET by HS256", f"{shown(token)} ({error})") from None

    def sign(self, claims: dict[str, Any]) -> str:
        """A token as the service itself would sign it: expired ones, other people's."""
        return jwt.encode(claims, self._secret, algorithm="HS256")

    def forge(self, claims: dict[str, Any], secret: str = "wrong-secret-wrong-secret-wrong-secret-wrong") -> str:
        """Signed with another secret."""
        return jwt.encode(claims, secret, algorithm="HS256")

    def unsigned(self, claims: dict[str, Any]) -> str:
        """Says `alg: none` and has no signature."""
        return jwt.encode(claims, None, algorithm="none")  # type: ignore[arg-type]

    def tampered(self, token: str, **changes: Any) -> str:
        """The same signature over other claims."""
        head, body, signature = token.split(".")
        claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))) | changes
        changed = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
        return f"{head}.{changed}.{signature}"
