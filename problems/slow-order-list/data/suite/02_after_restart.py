"""The service was killed and started again, on the tables that it had."""

from suite import expect, quick

MOST_S = 1


def within(ask):
    """An answer within a second. The load of the machine may cost one or two of them more."""
    return quick(MOST_S, lambda: ask().status_is(200))


def test_as_before(api, memory):
    """After a restart lists are as quick and as long as before."""
    orders = within(lambda: api.get("/shops/south/orders", params={"state": "returned"})).field("orders", list)
    found = [order.get("ref") for order in orders]
    expect(found == memory["returned"][:20], "the same 20 orders as before", f"{len(found)} orders, others")
    within(lambda: api.get("/shops/north/orders", params={"state": "moving"})).field_is("orders.0.ref", memory["moving"])
    summary = within(lambda: api.get("/shops/south/summary"))
    for state, number in memory["summary"].items():
        summary.field_is(state, number)
