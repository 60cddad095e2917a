"""The service starts while the provider is down."""

import time

from suite import expect, wait_until

PATH = "/v1/rates/"
BROKEN = {"status": 503, "json": {"detail": "try later"}}


def test_survived(api, memory, upstream, settings):
    """After a restart in an outage the last good rates are still there."""
    base, rates = memory["lasting"]
    answer = api.get(f"/rates/{base}").status_is(200).field_is("base", base).field_is("rates", rates)
    age_s, ttl_s = answer.field("age_s"), float(settings["TTL_S"])
    expect(isinstance(age_s, (int, float)) and age_s >= ttl_s, f"age_s of at least {ttl_s:g}", f"age_s: {age_s!r}")
    memory["seen_stale"] = time.monotonic()


def test_health_asks_nobody(api, memory, upstream):
    """The health check says ok while the provider is down, and does not ask it."""
    for path in ("/", "/health", "/healthz", "/v1/rates", "/v1/rates/", "/v1/rates/USD", "/v1/rates/EUR"):
        upstream.answers(path, BROKEN)
    before = len(upstream.calls())
    api.get("/healthz").status_is(200).field_is("status", "ok")
    made = len(upstream.calls()) - before
    expect(made == 0, "no call to the provider for the health check", f"{made} call(s)")


def test_well_again(api, memory, upstream):
    """When the provider is well again, so are the rates."""
    base, old = memory["lasting"]
    rates = {code: round(rate + 1, 4) for code, rate in old.items()}
    upstream.answers(PATH + base, {"status": 200, "json": {"base": base, "rates": rates}})
    wait_until(memory["seen_stale"] + 1.3)
    answer = api.get(f"/rates/{base}").status_is(200)
    answer.field_is("rates", rates).field_is("stale", False)
