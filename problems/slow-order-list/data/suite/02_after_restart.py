"""The service was killed and started again, on the tables that it had."""

from suite import expect

MOST_S = 1


def within(answer):
    seconds = answer.status_is(200).exchange.ms / 1000
    expect(seconds <= MOST_S, f"an answer within {MOST_S} s", f"one after {seconds:.1f} s")
    return answer


def test_as_before(api, memory):
    """After a restart lists are as quick and as long as before."""
    orders = within(api.get("/shops/south/orders", params={"state": "returned"})).field("orders", list)
    found = [order.get("ref") for order in orders]
    expect(found == memory["returned"][:20], "the same 20 orders as before", f"{len(found)} orders, others")
    within(api.get("/shops/north/orders", params={"state": "moving"})).field_is("orders.0.ref", memory["moving"])
    summary = within(api.get("/shops/south/summary"))
    for state, number in memory["summary"].items():
        summary.field_is(state, number)
