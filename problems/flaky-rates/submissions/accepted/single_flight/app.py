"""Exchange rates for the shop, on one event loop: a task for each base that is being asked for."""

import asyncio
import math
import os
import re
import time
from contextlib import asynccontextmanager

import httpx
import redis.asyncio as redis
import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from provider import TROUBLES, Outcome, ask
from quotes import Quote, Quotes

TTL_S = float(os.environ["TTL_S"])
PAUSE_S = float(os.environ["PAUSE_S"])
MESSAGES = {
    "invalid_base": "A base is three capital letters.",
    "unknown_base": "No rates are published for this base.",
    "upstream_busy": "The rate provider limits us. Come back later.",
    "upstream_error": "The rate provider is out of order.",
    "upstream_invalid": "The rate provider sent nonsense.",
    "upstream_refused": "The rate provider did not accept our call.",
    "upstream_timeout": "The rate provider is too slow.",
}


class Rates:
    """Answers from fresh quotes, flights under way, pauses and old quotes, in this order."""

    def __init__(self, http: httpx.AsyncClient, quotes: Quotes) -> None:
        self._http = http
        self._quotes = quotes
        self._flights: dict[str, asyncio.Task[Outcome]] = {}
        self._pauses: dict[str, tuple[float, Outcome]] = {}

    async def answer(self, base: str) -> tuple[Outcome | None, Quote | None, float]:
        """What went wrong, if anything; the quote to serve, if any; the seconds that are left of a pause."""
        quote = await self._quotes.read(base)
        if quote and quote.age_s < TTL_S:
            return None, quote, 0
        outcome = await self._outcome(base)
        if outcome.code == "ok":
            return None, outcome.quote, 0
        left_s = self._pauses[base][0] - time.monotonic() if base in self._pauses else 0
        return outcome, None if outcome.code == "unknown_base" else quote, left_s

    async def _outcome(self, base: str) -> Outcome:
        until, outcome = self._pauses.get(base, (0, None))
        if outcome and time.monotonic() < until:
            return outcome
        if base not in self._flights:
            flight = self._flights[base] = asyncio.create_task(self._fly(base))
            flight.add_done_callback(lambda _: self._flights.pop(base))
        return await asyncio.shield(self._flights[base])

    async def _fly(self, base: str) -> Outcome:
        outcome = await ask(self._http, base)
        if outcome.quote:
            await self._quotes.write(base, outcome.quote)
        elif outcome.code != "unknown_base":
            pause_s = outcome.retry_after_s if outcome.code == "upstream_busy" else PAUSE_S
            self._pauses[base] = (time.monotonic() + pause_s, outcome)
        return outcome


@asynccontextmanager
async def lifespan(app: FastAPI):
    headers = {"X-Api-Key": os.environ["UPSTREAM_KEY"]}
    async with httpx.AsyncClient(base_url=os.environ["UPSTREAM_URL"], headers=headers) as http:
        store = redis.from_url(os.environ["REDIS_URL"], decode_responses=True)
        app.state.rates = Rates(http, Quotes(store))
        yield
        await store.aclose()


app = FastAPI(lifespan=lifespan)


def trouble(code: str, left_s: float = 0) -> JSONResponse:
    body = {"error": {"code": code, "message": MESSAGES[code]}}
    headers = {"Retry-After": str(max(1, math.ceil(left_s)))} if code == "upstream_busy" else {}
    return JSONResponse(body, TROUBLES[code], headers)


@app.get("/healthz")
async def health():
    return {"status": "ok"}


@app.get("/rates/{base}")
async def rates(base: str, request: Request):
    if not re.fullmatch("[A-Z]{3}", base):
        return trouble("invalid_base")
    wrong, quote, left_s = await request.app.state.rates.answer(base)
    if quote is None:
        return trouble(wrong.code, left_s)
    return {"base": base, "rates": quote.rates, "stale": wrong is not None, "age_s": quote.age_s}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning")
