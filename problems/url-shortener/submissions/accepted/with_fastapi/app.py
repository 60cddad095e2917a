"""The same contract with FastAPI and SQLAlchemy: one module, one statement for each question to PostgreSQL."""

import hashlib
import hmac
import json
import os
import re
import secrets
import time
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlsplit

import redis
import uvicorn
from fastapi import Depends, FastAPI, Header, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import create_engine, text

KEEP_S = 30
CODE = re.compile(r"[A-Za-z0-9_-]{6,20}")
VISIBLE = re.compile(r"[!-~]{1,2000}")

engine = create_engine(os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+psycopg://"), pool_size=10)
cache = redis.Redis.from_url(os.environ["REDIS_URL"])
app = FastAPI()


class Refused(Exception):
    def __init__(self, status: int, words: str, field: str | None = None) -> None:
        self.status = status
        self.body = {"error": words, "field": field}


@app.exception_handler(Refused)
def tell(_: Request, error: Refused) -> JSONResponse:
    return JSONResponse(error.body, error.status)


async def wish(request: Request) -> dict[str, Any]:
    """The body, checked field by field."""
    try:
        body = json.loads(await request.body())
    except ValueError:
        raise Refused(400, "no JSON") from None
    if not isinstance(body, dict):
        raise Refused(400, "no JSON object")
    url, code, life = body.get("url"), body.get("code"), body.get("expires_in_s")
    if not isinstance(url, str) or not VISIBLE.fullmatch(url) or not is_web_address(url):
        raise Refused(422, "an http or https URL is wanted", "url")
    if code is not None and (not isinstance(code, str) or not CODE.fullmatch(code)):
        raise Refused(422, "6 to 20 of A-Z, a-z, 0-9, _ and - are wanted", "code")
    if life is not None and (type(life) is not int or not 1 <= life <= 31_536_000):
        raise Refused(422, "whole seconds, a year at most", "expires_in_s")
    return {"url": url, "code": code, "life": life}


def is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


@app.post("/links", status_code=201)
def create(wanted: Annotated[dict[str, Any], Depends(wish)]) -> dict[str, str]:
    token = secrets.token_hex(20)
    ends = datetime.now(UTC) + timedelta(seconds=wanted["life"]) if wanted["life"] else None
    while True:
        code = wanted["code"] or secrets.token_hex(5)
        row = {"code": code, "url": wanted["url"], "hash": digest(token), "ends": ends}
        with engine.begin() as db:
            made = db.execute(
                text(
                    "INSERT INTO link (code, url, hash, ends) VALUES (:code, :url, :hash, :ends) ON CONFLICT DO NOTHING"
                ),
                row,
            )
        if made.rowcount:
            return {"code": code, "url": wanted["url"], "token": token}
        if wanted["code"]:
            raise Refused(409, "taken")


@app.get("/links/{code}")
def show(code: str) -> dict[str, Any]:
    link = load(code)
    with engine.connect() as db:
        visits = db.execute(text("SELECT count(*) FROM visit WHERE code = :code"), {"code": code}).scalar_one()
    return {"code": code, "url": link["url"], "visits": visits}


@app.get("/{code}")
def visit(code: str) -> Response:
    """A visit is a row of its own, so that visitors of one link do not wait for each other."""
    link = cached(code) or load(code)
    if link["ends"] is not None and link["ends"] <= time.time():
        raise Refused(410, "gone")
    with engine.begin() as db:
        db.execute(text("INSERT INTO visit (code) VALUES (:code)"), {"code": code})
    cache.set(f"to:{code}", json.dumps(link), ex=KEEP_S, nx=True)
    return Response(status_code=302, headers={"Location": link["url"], "Cache-Control": "no-store"})


@app.delete("/links/{code}", status_code=204)
def delete(code: str, authorization: Annotated[str, Header()] = "") -> Response:
    """The cache is told last, with an end that lies behind: a slow visit cannot write over it, thanks to `nx`."""
    load(code)
    if not authorization.startswith("Bearer "):
        raise Refused(401, "no token")
    with engine.begin() as db:
        kept = db.execute(text("SELECT hash FROM link WHERE code = :code FOR UPDATE"), {"code": code}).scalar_one()
        if not hmac.compare_digest(kept, digest(authorization.removeprefix("Bearer "))):
            raise Refused(403, "another token")
        db.execute(text("UPDATE link SET gone = true WHERE code = :code"), {"code": code})
    cache.set(f"to:{code}", json.dumps({"url": "", "ends": 0.0}))
    return Response(status_code=204)


def cached(code: str) -> dict[str, Any] | None:
    found = cache.get(f"to:{code}")
    return json.loads(found) if found else None


def load(code: str) -> dict[str, Any]:
    with engine.connect() as db:
        row = db.execute(text("SELECT url, ends, gone FROM link WHERE code = :code"), {"code": code}).one_or_none()
    if row is None:
        raise Refused(404, "unknown")
    ends = row.ends.timestamp() if row.ends else None
    if row.gone or (ends is not None and ends <= time.time()):
        raise Refused(410, "gone")
    return {"url": row.url, "ends": ends}


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


with engine.begin() as start:
    start.execute(
        text(
            "CREATE TABLE IF NOT EXISTS link (code text PRIMARY KEY, url text NOT NULL, hash text NOT NULL,"
            " ends timestamptz, gone boolean NOT NULL DEFAULT false)"
        )
    )
    start.execute(
        text("CREATE TABLE IF NOT EXISTS visit (code text NOT NULL REFERENCES link, at timestamptz DEFAULT now())")
    )
    start.execute(text("CREATE INDEX IF NOT EXISTS visit_code ON visit (code)"))

if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")
