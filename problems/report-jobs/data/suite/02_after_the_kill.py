"""The service was killed in the middle of its work, and is back."""

import time

from suite import Mismatch, expect

WITHIN_S = 8.0
LOOK_S = 0.1


def result_of(orders):
    totals = {}
    for order in orders:
        totals[order["customer"]] = totals.get(order["customer"], 0) + order["cents"]
    return {"totals": totals, "total_cents": sum(totals.values()), "orders": len(orders)}


def get(api, report_id):
    return api.get(f"/reports/{report_id}").status_is(200)


def is_done_soon(api, report_id, orders, deadline):
    while (state := get(api, report_id).field("state", str)) != "done":
        if time.monotonic() > deadline:
            raise Mismatch(f"state done within {WITHIN_S:g} s after the restart", f"state {state}")
        time.sleep(LOOK_S)
    answer = get(api, report_id)
    for name, wanted in result_of(orders).items():
        answer.field_is(f"result.{name}", wanted)


def test_cut_off(api, memory):
    """What was being made at the kill is made again, and done."""
    kill, deadline = memory["kill"], time.monotonic() + WITHIN_S
    memory["back"] = time.monotonic()
    for report, (_, orders) in list(zip(kill["reports"], kill["sent"]))[:2]:
        is_done_soon(api, report, orders, deadline)


def test_waited(api, memory):
    """What waited at the kill is done, too."""
    kill, deadline = memory["kill"], memory["back"] + WITHIN_S
    for report, (_, orders) in list(zip(kill["reports"], kill["sent"]))[2:4]:
        is_done_soon(api, report, orders, deadline)


def test_numbers_afterwards(api, memory):
    """The kill has left no gap in the numbers, and given none twice."""
    kill = memory["kill"]
    get(api, kill["done"]).field_is("number", 1)
    found = [get(api, report).field("number") for report in kill["reports"][:4]]
    expect(sorted(found, key=str) == [2, 3, 4, 5], "each number from 2 to 5 once", f"the numbers {found}")


def test_as_before(api, memory):
    """What was done, failed or cancelled before the kill is as it was."""
    kill = memory["kill"]
    done = get(api, kill["done"]).field_is("state", "done").field_is("attempts", 1).field_is("number", 1)
    done.field_is("result.totals", result_of(kill["early"][1])["totals"])
    failed = get(api, memory["retried"][3]).field_is("state", "failed").field_is("attempts", 3)
    failed.field("error", str)
    for report in (memory["cancelled"], kill["reports"][4]):
        get(api, report).field_is("state", "cancelled").field_is("attempts", 0).field_is("number", None)


def test_keys_afterwards(api, memory):
    """A key from before the kill still names the same report."""
    kill = memory["kill"]
    key, orders = kill["early"]
    headers = {"X-Client": kill["client"], "Idempotency-Key": key}
    answer = api.post("/reports", json={"orders": orders}, headers=headers)
    answer.status_is(200).field_is("id", kill["done"]).field_is("state", "done")
