"""Asks the provider, and says in one word how it went."""

import asyncio
import os
from dataclasses import dataclass

import httpx

from quotes import Quote

TIMEOUT_S = float(os.environ["UPSTREAM_TIMEOUT_S"])
TRIES = int(os.environ["UPSTREAM_TRIES"])
BACKOFF_S = float(os.environ["BACKOFF_S"])

TROUBLES = {
    "invalid_base": 400,
    "unknown_base": 404,
    "upstream_busy": 503,
    "upstream_error": 502,
    "upstream_invalid": 502,
    "upstream_refused": 502,
    "upstream_timeout": 504,
}
PASSING = {"upstream_error", "upstream_invalid", "upstream_timeout"}


@dataclass(frozen=True)
class Outcome:
    code: str
    quote: Quote | None = None
    retry_after_s: float = 0


async def ask(http: httpx.AsyncClient, base: str) -> Outcome:
    for number in range(TRIES):
        if number:
            await asyncio.sleep(BACKOFF_S * 2 ** (number - 1))
        outcome = await _try(http, base)
        if outcome.code not in PASSING:
            break
    return outcome


async def _try(http: httpx.AsyncClient, base: str) -> Outcome:
    try:
        async with asyncio.timeout(TIMEOUT_S):  # of the whole call: httpx bounds each wait for a byte only
            response = await http.get(f"/v1/rates/{base}", timeout=None)
    except TimeoutError:
        return Outcome("upstream_timeout")
    except httpx.TransportError:
        return Outcome("upstream_error")
    match response.status_code:
        case 200:
            quote = Quote.of(base, response.content)
            return Outcome("ok", quote) if quote else Outcome("upstream_invalid")
        case 404:
            return Outcome("unknown_base")
        case 429:
            return Outcome("upstream_busy", retry_after_s=float(response.headers["Retry-After"]))
        case status:
            return Outcome("upstream_error" if status >= 500 else "upstream_refused")
