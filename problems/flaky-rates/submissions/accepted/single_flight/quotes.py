"""Rates of one moment, and where the last good ones of each base are kept."""

from __future__ import annotations

import time

import redis.asyncio as redis
from pydantic import BaseModel, Field, PositiveFloat, ValidationError


class FromProvider(BaseModel):
    base: str
    rates: dict[str, PositiveFloat] = Field(min_length=1)


class Quote(BaseModel):
    rates: dict[str, PositiveFloat]
    at: float

    @classmethod
    def of(cls, base: str, content: bytes) -> Quote | None:
        """What the provider sent, if these are rates of this base."""
        try:
            told = FromProvider.model_validate_json(content, strict=True)
        except ValidationError:
            return None
        return cls(rates=told.rates, at=time.time()) if told.base == base else None

    @property
    def age_s(self) -> float:
        return max(0.0, time.time() - self.at)


class Quotes:
    """In Redis, without an expiry: an old quote is worth more than none."""

    def __init__(self, store: redis.Redis) -> None:
        self._store = store

    async def read(self, base: str) -> Quote | None:
        kept = await self._store.get(f"quote:{base}")
        return Quote.model_validate_json(kept) if kept else None

    async def write(self, base: str, quote: Quote) -> None:
        await self._store.set(f"quote:{base}", quote.model_dump_json())
