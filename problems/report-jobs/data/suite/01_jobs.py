"""Reports from post to done, while the service runs."""

import time

from suite import Mismatch, expect, in_time, sample

WITHIN_S = 8.0
LOOK_S = 0.08
TRIES = 3
ENDS = ("done", "failed", "cancelled")


# Words for what clients do


def new_orders(draw):
    """Two customers, one of them with two orders and a refund among them."""
    ann, bo = draw.name() + " " + draw.token(3), draw.name() + " " + draw.token(3)
    cents = [draw.number(100, 90_000), -draw.number(1, 99), draw.number(100, 90_000)]
    return [{"customer": who, "cents": amount} for who, amount in zip((ann, ann, bo), cents)]


def result_of(orders):
    totals = {}
    for order in orders:
        totals[order["customer"]] = totals.get(order["customer"], 0) + order["cents"]
    return {"totals": totals, "total_cents": sum(totals.values()), "orders": len(orders)}


def post(api, client, key, orders, **simulate):
    body = {"orders": orders, **({"simulate": simulate} if simulate else {})}
    return api.post("/reports", json=body, headers={"X-Client": client, "Idempotency-Key": key})


def accepted(api, draw, client, **simulate):
    """The id of a new report."""
    return post(api, client, draw.token(), new_orders(draw), **simulate).status_is(202).field("id")


def state_of(api, report_id):
    return api.get(f"/reports/{report_id}").status_is(200).field("state", str)


def wait_for(api, report_id, *wanted, within_s=WITHIN_S):
    """Look until the report has one of these states. The last answer."""
    deadline = time.monotonic() + within_s
    while True:
        answer = api.get(f"/reports/{report_id}").status_is(200)
        state = answer.field("state", str)
        if state in wanted:
            return answer
        if state in ENDS or time.monotonic() > deadline:
            raise Mismatch(f"state {' or '.join(wanted)} within {within_s:g} s", f"state {state}")
        time.sleep(LOOK_S)


def occupy(api, draw, client, work_ms):
    """Both workers are at work, each on a report of its own, so that what comes next piles up."""
    for _ in range(2):
        wait_for(api, accepted(api, draw, client, work_ms=work_ms), "running", "done")


def is_error(answer, status, code):
    answer.status_is(status).type_is("application/json").field_is("error.code", code)
    answer.field("error.message", str)


def is_done(answer, orders):
    answer.status_is(200).field_is("state", "done").field_is("error", None)
    for name, wanted in result_of(orders).items():
        answer.field_is(f"result.{name}", wanted)


def numbers_are_complete(api, report_ids):
    """The reports of one client that are done have the numbers 1, 2, 3 … in some order."""
    found = [api.get(f"/reports/{report_id}").status_is(200).field("number") for report_id in report_ids]
    right = sorted(found, key=str) == sorted(range(1, len(report_ids) + 1), key=str)
    expect(right, f"each number from 1 to {len(report_ids)} once", f"the numbers {found}")


# What every student sees


@sample
def test_accepted(api, draw):
    """A post is answered with 202, and Location says where the report will be."""
    client = draw.word()
    answer = post(api, client, draw.token(), new_orders(draw)).status_is(202)
    report_id = answer.field("id")
    place = answer.header("Location")
    expect(place.endswith(f"/reports/{report_id}"), f"Location: /reports/{report_id}", f"Location: {place}")
    answer.field_is("client", client)
    found = api.get(place).status_is(200).field_is("id", report_id).field_is("client", client)
    expect(found.field("state") in ("queued", "running", "done"), "queued, running or done", found.field("state"))


@sample
def test_made(api, draw):
    """A worker makes the report: the total of each customer, and of all."""
    orders = new_orders(draw)
    report_id = post(api, draw.word(), draw.token(), orders).status_is(202).field("id")
    answer = wait_for(api, report_id, "done")
    is_done(answer, orders)
    answer.field_is("attempts", 1).field_is("number", 1)


@sample
def test_same_key(api, draw):
    """The same post again is answered with 200 and the same report."""
    client, key, orders = draw.word(), draw.token(), new_orders(draw)
    first = post(api, client, key, orders).status_is(202)
    again = post(api, client, key, orders).status_is(200).field_is("id", first.field("id"))
    again.header_is("Location", first.header("Location"))
    wait_for(api, first.field("id"), "done")
    post(api, client, key, orders).status_is(200).field_is("id", first.field("id")).field_is("state", "done")


# Hidden: the queue


def test_parallel_posts(api, burst, draw, memory):
    """Sixteen posts at once make sixteen reports, each with its own totals."""
    client, busy = draw.word(), draw.word()
    occupy(api, draw, busy, work_ms=900)
    sent = [(draw.token(), new_orders(draw)) for _ in range(16)]
    answers = burst(16, lambda number, one: post(one, client, *sent[number], work_ms=40))
    reports = [answer.status_is(202).field("id") for answer in answers]
    expect(len(set(reports)) == 16, "sixteen different ids", f"{len(set(reports))} different ids")
    for report, (_, orders) in zip(reports, sent):
        is_done(wait_for(api, report, "done"), orders)
    memory["sixteen"] = reports


def test_numbers(api, memory):
    """A client's reports are numbered 1, 2, 3 … as they are done, without a gap."""
    numbers_are_complete(api, memory["sixteen"])


def test_at_once(api, draw):
    """The answer to a post does not wait for the work."""
    client = draw.word()
    for _ in range(TRIES):  # on a busy machine an answer may be late all the same, but not each time
        began = time.monotonic()
        reports = [accepted(api, draw, client, work_ms=700) for _ in range(4)]
        took_s = time.monotonic() - began
        last = state_of(api, reports[-1])  # two pairs are 1.4 s of work
        for report in reports:
            wait_for(api, report, "done")
        if took_s < 1.5 or last != "done":
            break
    expect(
        took_s < 1.5 or last != "done",
        "four answers within 1.5 s, of posts with 0.7 s of work each",
        f"{took_s:.1f} s, and the last of them is done",
    )


def queue_of(api):
    """How many reports wait, and how many are being made."""
    queue = api.get("/queue").status_is(200)
    return queue.field("queued", int), queue.field("running", int)


def queue_seen(api, draw):
    """What the queue says while four reports of 0.7 s are made by two workers, until it is empty."""
    client = draw.word()
    reports = [accepted(api, draw, client, work_ms=700) for _ in range(4)]
    seen, deadline = [queue_of(api)], time.monotonic() + WITHIN_S
    while seen[-1] != (0, 0) and time.monotonic() < deadline:
        time.sleep(LOOK_S)
        seen.append(queue_of(api))
    expect(seen[-1] == (0, 0), f"an empty queue within {WITHIN_S:g} s", f"(queued, running): {seen[-1]}")
    wait_for(api, reports[-1], "done")
    return seen


def test_two_at_a_time(api, draw, settings):
    """Two reports are made at a time, and the others wait."""
    workers = int(settings["WORKERS"])
    for _ in range(TRIES):  # a busy machine may look when all is over
        seen = queue_seen(api, draw)
        most = max(running for _, running in seen)
        expect(most <= workers, f"at most {workers} running at any moment", f"{most} running")
        both = any(running == workers and queued for queued, running in seen)
        if both:
            break
    expect(both, f"{workers} running while others wait", f"(queued, running): {seen[:8]}")


def test_in_order(api, draw):
    """Who came first is served first."""
    client = draw.word()
    occupy(api, draw, client, work_ms=1000)
    early = [accepted(api, draw, client) for _ in range(2)]
    late = [accepted(api, draw, client, work_ms=900) for _ in range(2)]
    deadline, states = time.monotonic() + WITHIN_S, []
    while states != ["done", "done"]:
        # The late ones are looked at first: once they have begun, the early ones must have begun before.
        begun = any(state_of(api, report) != "queued" for report in late)
        states = [state_of(api, report) for report in early]
        if begun and "queued" in states:
            time.sleep(0.15)
            states = [state_of(api, report) for report in early]
            expect("queued" not in states, "the first two begun before the last two", f"the first two: {states}")
        expect(time.monotonic() < deadline, f"the first two done within {WITHIN_S:g} s", f"the first two: {states}")
        time.sleep(LOOK_S)


# Hidden: keys


def test_same_key_at_once(burst, draw):
    """Eight equal posts at the same moment make one report."""
    client = draw.word()
    for _ in range(4):  # a race is lost now and then, not always; many orders make it longer
        key, orders = draw.token(), 300 * new_orders(draw)
        answers = burst(8, lambda number, one, key=key, orders=orders: post(one, client, key, orders))
        for answer in answers:
            answer.status_is(200, 202)
        ids = {answer.field("id") for answer in answers}
        expect(len(ids) == 1, "the same id in all eight answers", f"{len(ids)} different ids")
        new = sum(answer.status == 202 for answer in answers)
        expect(new == 1, "202 once and 200 seven times", f"202 {new} times")


def test_key_of_other_client(api, draw):
    """The same key of another client is another report."""
    key, ours, theirs = draw.token(), new_orders(draw), new_orders(draw)
    first = post(api, draw.word(), key, ours).status_is(202).field("id")
    second = post(api, draw.word(), key, theirs).status_is(202).field("id")
    is_done(wait_for(api, first, "done"), ours)
    is_done(wait_for(api, second, "done"), theirs)


def test_other_body(api, draw):
    """A known key with another body is a 409, and changes nothing."""
    client, key, orders = draw.word(), draw.token(), new_orders(draw)
    report = post(api, client, key, orders).status_is(202).field("id")
    is_error(post(api, client, key, new_orders(draw)), 409, "key_reused")
    is_done(wait_for(api, report, "done"), orders)


# Hidden: attempts


def test_others_meanwhile(api, draw, memory, settings):
    """While two reports wait for their next attempt, others are made."""

    def race():
        client, orders = draw.word(), new_orders(draw)
        memory["posted"] = time.monotonic()
        passing = post(api, client, draw.token(), orders, failures=2).status_is(202).field("id")
        hopeless = accepted(api, draw, client, failures=9)
        memory["retried"] = [client, passing, orders, hopeless]
        quick = accepted(api, draw, client)
        wait_for(api, quick, "done")
        memory["retried_done"] = [quick]
        state = state_of(api, passing)
        expect(state != "done", "the report without failures done before the one with two", "the one with two first")

    in_time(2 * float(settings["RETRY_DELAY_S"]), race)


def test_third_attempt(api, memory, settings):
    """A report that fails twice is done in the third attempt, after two waits."""
    _, passing, orders, _ = memory["retried"]
    answer = wait_for(api, passing, "done")
    took_s = time.monotonic() - memory["posted"]
    is_done(answer, orders)
    answer.field_is("attempts", 3)
    least_s = 2 * float(settings["RETRY_DELAY_S"])
    expect(took_s >= 0.9 * least_s, f"done after {least_s:g} s at the earliest", f"done after {took_s:.1f} s")


def test_failed(api, memory):
    """After three failed attempts a report is failed, with its error."""
    answer = wait_for(api, memory["retried"][3], "failed")
    answer.field_is("attempts", 3).field_is("result", None).field_is("number", None)
    error = answer.field("error", str)
    expect(error.strip(), "a text as error", "an empty one")


# Hidden: cancellation


def test_cancel(api, draw, memory):
    """A report that waits can be cancelled, and is never made."""
    client, done = memory["retried"][0], []

    def cancel_one():
        busy = [accepted(api, draw, client, work_ms=800) for _ in range(2)]
        waiting = accepted(api, draw, client)
        done.extend(busy)
        told = api.post(f"/reports/{waiting}/cancel")
        if told.status == 409:  # in a busy hour it was begun, and counts among the others
            done.append(waiting)
            wait_for(api, waiting, "done")
        told.status_is(200).field_is("id", waiting).field_is("state", "cancelled")
        return waiting

    waiting = in_time(0.8, cancel_one)
    api.post(f"/reports/{waiting}/cancel").status_is(200).field_is("id", waiting).field_is("state", "cancelled")
    done.append(accepted(api, draw, client))
    for report in done:
        wait_for(api, report, "done")
    answer = wait_for(api, waiting, "cancelled")
    answer.field_is("attempts", 0).field_is("result", None).field_is("number", None)
    memory["cancelled_done"] = done
    memory["cancelled"] = waiting


def test_not_cancellable(api, draw):
    """A report that is being made, or is done, cannot be cancelled."""
    orders = new_orders(draw)
    report = post(api, draw.word(), draw.token(), orders, work_ms=700).status_is(202).field("id")
    wait_for(api, report, "running", "done")
    is_error(api.post(f"/reports/{report}/cancel"), 409, "not_cancellable")
    is_done(wait_for(api, report, "done"), orders)
    is_error(api.post(f"/reports/{report}/cancel"), 409, "not_cancellable")
    is_done(api.get(f"/reports/{report}"), orders)


def test_no_number_lost(api, memory):
    """What failed or was cancelled has used up no number."""
    passing = memory["retried"][1]
    numbers_are_complete(api, [passing, *memory["retried_done"], *memory["cancelled_done"]])


# Hidden: what is refused


def test_invalid(api, draw):
    """What makes no sense is a 400 and makes no report; what does not exist is a 404."""
    client, orders = draw.word(), new_orders(draw)
    customer = orders[0]["customer"]
    for wrong in (
        {},
        {"orders": []},
        {"orders": "many"},
        {"orders": [{"customer": customer, "cents": "12"}]},
        {"orders": [{"customer": customer, "cents": True}]},
        {"orders": [{"customer": customer, "cents": 12.5}]},
        {"orders": [{"customer": "", "cents": 12}]},
        {"orders": orders, "simulate": {"work_ms": -1}},
        {"orders": orders, "simulate": {"failures": 11}},
    ):
        headers = {"X-Client": client, "Idempotency-Key": draw.token()}
        is_error(api.post("/reports", json=wrong, headers=headers), 400, "invalid_request")
    for name in ("X-Client", "Idempotency-Key"):
        is_error(api.post("/reports", json={"orders": orders}, headers={name: client}), 400, "invalid_request")
    unknown = f"no-such-{draw.token(6)}"
    is_error(api.get(f"/reports/{unknown}"), 404, "not_found")
    is_error(api.post(f"/reports/{unknown}/cancel"), 404, "not_found")
    wait_for(api, accepted(api, draw, client), "done").field_is("number", 1)


def test_before_the_kill(api, draw, memory):
    """Now the service is killed: two reports are being made, and others wait."""

    def begin():
        client = draw.word()
        early = [draw.token(), new_orders(draw)]
        done = post(api, client, *early).status_is(202).field("id")
        wait_for(api, done, "done").field_is("number", 1)
        sent = [(draw.token(), new_orders(draw)) for _ in range(5)]
        work_ms = (1500, 1500, 50, 50, 50)
        reports = []
        for (key, orders), ms in zip(sent, work_ms):
            reports.append(post(api, client, key, orders, work_ms=ms).status_is(202).field("id"))
        api.post(f"/reports/{reports[-1]}/cancel").status_is(200).field_is("state", "cancelled")
        for report in reports[:2]:
            wait_for(api, report, "running")
        return {"client": client, "early": early, "done": done, "sent": sent, "reports": reports}

    memory["kill"] = in_time(1.5, begin)
