"""Each step asks for bases of its own, so that no step sees another one's copies or pauses."""

import time

from suite import expect, in_time, quick, sample, wait_until

PATH = "/v1/rates/"
GIVEN_UP_S = 4.0


# Words for what the provider does


def new_base(draw, memory):
    """Three capital letters that no other step uses."""
    used = memory.setdefault("bases", [])
    while True:
        base = "".join(draw.choice(*"ABCDEFGHIJKLMNOPQRSTUVWXYZ") for _ in range(3))
        if base not in used:
            memory["bases"] = [*used, base]
            return base


def new_rates(draw):
    return {code: draw.number(1, 90_000) / 10_000 for code in ("EUR", "JPY", "KES", "BRL")}


def well(base, rates, delay_s=0):
    return {"status": 200, "json": {"base": base, "rates": rates}, "delay_s": delay_s}


BROKEN = {"status": 503, "json": {"detail": "try later"}}
HANGS = {"status": 200, "json": {}, "delay_s": 18}  # longer than an answer may take
DROPS = {"drop": True}


def calls(upstream, base):
    return upstream.calls(PATH + base)


def calls_are(upstream, base, *wanted):
    count = len(calls(upstream, base))
    words = " or ".join(map(str, wanted))
    expect(count in wanted, f"{words} call(s) for {base} to the provider so far", f"{count} call(s)")


def left_in_peace(upstream, base, after, for_s):
    """By the provider's own clock: no call follows this one too early. A tenth is left to rounding."""
    at = [call["at"] for call in calls(upstream, base)]
    early = [moment for moment in at[after:] if moment - at[after - 1] < 0.9 * for_s]
    expect(not early, f"no call for {base} in the {for_s:g} s after call {after}", f"{len(early)} call(s)")


def is_fresh(answer, base, rates):
    answer.status_is(200).field_is("base", base).field_is("rates", rates).field_is("stale", False)


def is_stale(answer, base, rates, least_s):
    answer.status_is(200).field_is("base", base).field_is("rates", rates).field_is("stale", True)
    age_s = answer.field("age_s")
    expect(isinstance(age_s, (int, float)) and age_s >= least_s, f"age_s of at least {least_s:g}", f"age_s: {age_s!r}")


def is_error(answer, status, code):
    answer.status_is(status).type_is("application/json").field_is("error.code", code)
    answer.field("error.message", str)


# What every student sees


@sample
def test_fresh(api, draw, memory, upstream, settings):
    """Rates come from the provider, which is asked with the key."""
    base, rates = new_base(draw, memory), new_rates(draw)
    upstream.answers(PATH + base, well(base, rates))
    began = time.monotonic()
    answer = api.get(f"/rates/{base}")
    took_s = time.monotonic() - began
    is_fresh(answer, base, rates)
    age_s = answer.field("age_s")
    is_new = isinstance(age_s, (int, float)) and 0 <= age_s <= took_s + 1
    expect(is_new, "age_s: a number close to 0", f"age_s: {age_s!r}")
    calls_are(upstream, base, 1)
    key = calls(upstream, base)[0]["headers"].get("x-api-key")
    expect(key == settings["UPSTREAM_KEY"], "a call with UPSTREAM_KEY as X-Api-Key", f"X-Api-Key: {key}")


@sample
def test_cached(api, draw, memory, upstream, settings):
    """A second question for the same base costs no second call."""

    def ask_twice():
        quotes = []
        for _ in range(2):
            base, rates = new_base(draw, memory), new_rates(draw)
            upstream.answers(PATH + base, well(base, rates), BROKEN)
            quotes.append((base, rates))
        for base, rates in quotes * 2:
            is_fresh(api.get(f"/rates/{base}"), base, rates)
        for base, _ in quotes:
            calls_are(upstream, base, 1)

    in_time(float(settings["TTL_S"]), ask_twice)


@sample
def test_retry(api, draw, memory, upstream):
    """A 503 from the provider is tried again; clients see the good answer only."""
    base, rates = new_base(draw, memory), new_rates(draw)
    upstream.answers(PATH + base, BROKEN, well(base, rates))
    is_fresh(api.get(f"/rates/{base}"), base, rates)
    calls_are(upstream, base, 2)


@sample
def test_broken(api, draw, memory, upstream):
    """A provider that stays broken becomes a 502 with our own error body."""
    base = new_base(draw, memory)
    upstream.answers(PATH + base, BROKEN)
    is_error(api.get(f"/rates/{base}"), 502, "upstream_error")
    memory["broken"] = [base, time.monotonic()]


# Hidden: tries


def test_waits_grow(api, draw, memory, upstream, settings):
    """After a dropped connection and a 500 comes a third try, and the waits grow."""
    base, rates = new_base(draw, memory), new_rates(draw)
    upstream.answers(PATH + base, DROPS, {"status": 500, "text": "oops"}, well(base, rates))
    is_fresh(api.get(f"/rates/{base}"), base, rates)
    calls_are(upstream, base, 3)
    at = [call["at"] for call in calls(upstream, base)]
    backoff_s = float(settings["BACKOFF_S"])
    for number, least_s in ((1, backoff_s), (2, 2 * backoff_s)):
        waited_s = at[number] - at[number - 1]
        expect(
            waited_s >= 0.9 * least_s,
            f"at least {least_s:g} s between call {number} and call {number + 1}",
            f"{waited_s:.2f} s",
        )


def test_tries_are_bounded(api, draw, memory, upstream):
    """No question makes more than three calls."""
    base = new_base(draw, memory)
    upstream.answers(PATH + base, BROKEN, BROKEN, BROKEN, well(base, new_rates(draw)))
    is_error(api.get(f"/rates/{base}"), 502, "upstream_error")
    calls_are(upstream, base, 3)


def test_pause(api, draw, memory, upstream, settings):
    """After a failure the provider is left in peace; who asks gets the same error."""
    base = new_base(draw, memory)
    upstream.answers(PATH + base, BROKEN)
    is_error(api.get(f"/rates/{base}"), 502, "upstream_error")
    for _ in range(3):
        is_error(api.get(f"/rates/{base}"), 502, "upstream_error")
    left_in_peace(upstream, base, 3, float(settings["PAUSE_S"]))


def test_busy(api, draw, memory, upstream):
    """A 429 is not tried again; the client gets a 503 with Retry-After."""
    base, rates = new_base(draw, memory), new_rates(draw)
    busy = {"status": 429, "headers": {"Retry-After": "4"}, "json": {"detail": "slow down"}}
    upstream.answers(PATH + base, busy, well(base, rates))
    began = time.monotonic()
    answer = api.get(f"/rates/{base}")
    is_error(answer, 503, "upstream_busy")
    answer.header_is("Retry-After", "1", "2", "3", "4")
    calls_are(upstream, base, 1)
    memory["busy"] = [base, rates, began, time.monotonic()]


def test_hangs_once(api, draw, memory, upstream):
    """A call that hangs is given up in time, and the next try succeeds."""

    def ask():
        base, rates = new_base(draw, memory), new_rates(draw)
        upstream.answers(PATH + base, HANGS, well(base, rates))
        answer = api.get(f"/rates/{base}")
        is_fresh(answer, base, rates)
        return answer

    quick(GIVEN_UP_S, ask)


def test_retry_after_is_respected(api, memory, upstream):
    """Until Retry-After is over, the provider is not asked again."""
    base, _, began, told = memory["busy"]
    wait_until(told + 1.3)
    answer = api.get(f"/rates/{base}")
    left_in_peace(upstream, base, 1, 4)
    if time.monotonic() < began + 3.9:  # else the machine is very slow, and the time is over
        is_error(answer, 503, "upstream_busy")
        left = answer.header("Retry-After")
        expect(left in ("1", "2", "3"), "Retry-After: the seconds that are left, at most 3", f"Retry-After: {left}")


def test_hangs_for_good(api, draw, memory, upstream):
    """A provider that hangs for good becomes a 504, within 4 s."""

    def ask():
        base = new_base(draw, memory)
        upstream.answers(PATH + base, BROKEN, HANGS)
        answer = api.get(f"/rates/{base}")
        is_error(answer, 504, "upstream_timeout")
        calls_are(upstream, base, 3)
        return answer

    quick(GIVEN_UP_S, ask)


# Hidden: what is no rates, and what is no use to try again


def test_no_rates(api, draw, memory, upstream):
    """A 200 without rates in it is a failure like any other, and is never kept."""
    base, rates = new_base(draw, memory), new_rates(draw)
    page, told = {"status": 200, "text": "<html>Maintenance</html>"}, {"status": 200, "json": {"error": "quota"}}
    upstream.answers(PATH + base, page, told, well(base, rates))
    is_fresh(api.get(f"/rates/{base}"), base, rates)
    cut = new_base(draw, memory)
    upstream.answers(PATH + cut, {"status": 200, "text": f'{{"base": "{cut}", "rates": {{"EUR": 0.9'})
    is_error(api.get(f"/rates/{cut}"), 502, "upstream_invalid")
    calls_are(upstream, cut, 3)


def test_unknown(api, draw, memory, upstream):
    """A base that the provider does not know is a 404, after one call."""
    base = new_base(draw, memory)
    upstream.answers(PATH + base, {"status": 404, "json": {"detail": "no such base"}})
    is_error(api.get(f"/rates/{base}"), 404, "unknown_base")
    calls_are(upstream, base, 1)


def test_refused(api, draw, memory, upstream):
    """When the provider refuses our key, it is our 502, and is not tried again."""
    for status in (401, 403):
        base = new_base(draw, memory)
        upstream.answers(PATH + base, {"status": status, "json": {"detail": "key expired"}})
        is_error(api.get(f"/rates/{base}"), 502, "upstream_refused")
        calls_are(upstream, base, 1)


def test_own_words(api, draw, memory, upstream):
    """Nothing that the provider says in an error reaches our clients."""
    for status in (500, 400):
        base, secret = new_base(draw, memory), draw.word()
        upstream.answers(PATH + base, {"status": status, "text": f"Traceback: db-{secret}.internal"})
        answer = api.get(f"/rates/{base}")
        is_error(answer, 502, "upstream_error" if status == 500 else "upstream_refused")
        answer.lacks(secret, "the provider's own words")


def test_malformed(api, draw, memory, upstream):
    """A malformed base is a 400, and the provider is not asked."""
    base, rates = new_base(draw, memory), new_rates(draw)
    upstream.answers(PATH + base, well(base, rates))
    is_fresh(api.get(f"/rates/{base}"), base, rates)
    before = len(upstream.calls())
    for wrong in (base.lower(), base[:2], base + base[0], f"{base[:2]}{draw.number(0, 9)}"):
        is_error(api.get(f"/rates/{wrong}"), 400, "invalid_base")
    made = len(upstream.calls()) - before
    expect(made == 0, "no call to the provider for a malformed base", f"{made} call(s)")


# Hidden: many at once


def test_burst(burst, draw, memory, upstream):
    """Ten questions for one base at the same moment make one call."""
    base, rates = new_base(draw, memory), new_rates(draw)
    upstream.answers(PATH + base, well(base, rates, delay_s=0.2))
    for answer in burst(10, lambda number, client: client.get(f"/rates/{base}")):
        is_fresh(answer, base, rates)
    calls_are(upstream, base, 1)


def test_slow_base_alone(burst, draw, memory, upstream):
    """A base that hangs holds up neither other bases nor the health check."""
    slow, other, rates = new_base(draw, memory), new_base(draw, memory), new_rates(draw)
    upstream.answers(PATH + slow, HANGS)
    upstream.answers(PATH + other, well(other, rates))

    ended = {}

    def ask(number, client):
        if number:
            client.get("/healthz").status_is(200)  # at the same moment as the base that hangs
            time.sleep(0.3)
        answer = client.get((f"/rates/{slow}", f"/rates/{other}", "/healthz")[number])
        ended[number] = time.monotonic()
        return answer

    hung, fresh, health = burst(3, ask)
    is_error(hung, 504, "upstream_timeout")
    is_fresh(fresh, other, rates)
    health.status_is(200).field_is("status", "ok")
    for number, what in ((1, "another base"), (2, "/healthz")):
        expect(ended[number] < ended[0], f"an answer for {what} before the base that hangs is given up", "one after it")


# Hidden: when time has passed


def test_asked_again(api, draw, memory, upstream):
    """Once a pause or a Retry-After is over, the provider is asked again."""
    base, since = memory["broken"]
    busy, busy_rates, _, told = memory["busy"]
    rates = new_rates(draw)
    upstream.answers(PATH + base, well(base, rates))
    wait_until(max(since + 1.3, told + 4.3))
    is_fresh(api.get(f"/rates/{base}"), base, rates)
    is_fresh(api.get(f"/rates/{busy}"), busy, busy_rates)


def test_lifetime(api, draw, memory, upstream, settings):
    """Reading does not keep old rates alive: after TTL_S they are fetched anew."""
    base, first, second = new_base(draw, memory), new_rates(draw), new_rates(draw)
    lasting, rates = new_base(draw, memory), new_rates(draw)
    upstream.answers(PATH + base, well(base, first), well(base, second))
    upstream.answers(PATH + lasting, well(lasting, rates), BROKEN)
    is_fresh(api.get(f"/rates/{base}"), base, first)
    is_fresh(api.get(f"/rates/{lasting}"), lasting, rates)
    told = time.monotonic()
    wait_until(told + 1)
    api.get(f"/rates/{base}").status_is(200)
    wait_until(told + float(settings["TTL_S"]) + 0.2)
    memory["lasting"] = [lasting, rates]
    is_fresh(api.get(f"/rates/{base}"), base, second)
    calls_are(upstream, base, 2)


def test_stale(api, memory, upstream, settings):
    """While the provider is down, old rates are served and marked as stale."""
    base, rates = memory["lasting"]
    for _ in range(2):
        is_stale(api.get(f"/rates/{base}"), base, rates, float(settings["TTL_S"]))
    left_in_peace(upstream, base, 4, float(settings["PAUSE_S"]))
