"""Authentication with FastAPI: routes and their bodies. Endpoints are plain functions, so they run in threads."""

import os
from typing import Annotated

import guard
import store
import tokens
import uvicorn
from fastapi import Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.security.utils import get_authorization_scheme_param
from passwords import hashed, matches
from pydantic import BaseModel, ConfigDict, StrictStr, StringConstraints

app = FastAPI()

Email = Annotated[StrictStr, StringConstraints(max_length=254, to_lower=True, pattern=r"^[^@]+@[^@]+$")]


class Body(BaseModel):
    model_config = ConfigDict(extra="ignore")


class NewAccount(Body):
    email: Email
    password: Annotated[StrictStr, StringConstraints(min_length=10, max_length=128)]


class Credentials(Body):
    email: Email
    password: Annotated[StrictStr, StringConstraints(max_length=128)]


class RefreshToken(Body):
    refresh_token: StrictStr


class Refused(Exception):
    def __init__(self, status, code, **headers):
        self.status, self.code, self.headers = status, code, headers


@app.exception_handler(Refused)
def show_refusal(request: Request, refused: Refused):
    return JSONResponse({"error": refused.code}, refused.status, headers=refused.headers)


@app.exception_handler(RequestValidationError)
def show_invalid(request: Request, error: RequestValidationError):
    """A body that is no object is malformed, an object with wrong fields is invalid."""
    whole = any(one["type"] == "json_invalid" or tuple(one["loc"]) == ("body",) for one in error.errors())
    return JSONResponse({"error": "malformed_json" if whole else "invalid"}, 400 if whole else 422)


def signed_in(request: Request) -> dict:
    scheme, token = get_authorization_scheme_param(request.headers.get("Authorization"))
    key = tokens.subject(token) if scheme.lower() == "bearer" else None
    account = store.account_by_id(key) if key else None
    if account is None:
        raise Refused(401, "not_authenticated", **{"WWW-Authenticate": 'Bearer realm="accounts"'})
    return account


SignedIn = Annotated[dict, Depends(signed_in)]


def shown(account: dict) -> dict:
    return {"id": account["id"], "email": account["email"], "role": account["role"]}


def tokens_for(account: dict, refresh_token: str) -> dict:
    return {
        "access_token": tokens.access_token(account),
        "refresh_token": refresh_token,
        "token_type": "Bearer",
        "expires_in": tokens.LIFETIME_S,
    }


@app.post("/signup", status_code=201)
def sign_up(body: NewAccount):
    role = "admin" if body.email == os.environ["ADMIN_EMAIL"].lower() else "user"
    account = store.add_account(body.email, hashed(body.password), role)
    if account is None:
        raise Refused(409, "email_taken")
    return shown(account)


@app.post("/login")
def log_in(body: Credentials):
    wait_s = guard.count_attempt(body.email)
    if wait_s:
        raise Refused(429, "too_many_attempts", **{"Retry-After": str(wait_s)})
    account = store.account_by_email(body.email)
    if not matches(body.password, account["secret"] if account else None):
        raise Refused(401, "wrong_credentials")
    guard.forget(body.email)
    return tokens_for(account, store.begin_session(account["id"]))


@app.post("/refresh")
def refresh(body: RefreshToken):
    account, refresh_token = store.exchange(body.refresh_token)
    if account is None:
        raise Refused(401, "invalid_refresh_token")
    return tokens_for(account, refresh_token)


@app.post("/logout", status_code=204)
def log_out(body: RefreshToken):
    store.end_session(body.refresh_token)
    return Response(status_code=204)


@app.get("/me")
def me(account: SignedIn):
    return shown(account)


@app.get("/admin/accounts")
def accounts(account: SignedIn):
    if account["role"] != "admin":
        raise Refused(403, "forbidden")
    return {"items": [shown(one) for one in store.accounts()]}


if __name__ == "__main__":
    store.prepare()
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")
