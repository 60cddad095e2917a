"""After the service was killed and started again."""

import time

from suite import expect


def look(api, reservation):
    return api.get(f"/reservations/{reservation}").status_is(200)


def test_queue_survives(api, memory):
    """The queue and its order survive a restart."""
    kept = memory["kept"]
    for place, reservation in enumerate(kept["made"], 1):
        look(api, reservation).field_is("status", "waiting").field_is("position", place)


def test_hold_ends_while_away(api, memory):
    """A hold that began before a restart runs out after it, too."""
    late = memory["late"]
    time.sleep(max(0.0, min(5.0, memory["late_over"] - time.time())))
    items = api.get("/reservations", params={"book_id": late["book"]}).status_is(200).field("items", list)
    states = [item.get("status") for item in items]
    gone = max(1, states.count("expired"))  # more than one where the restart took its time, or all of them
    wanted = (["expired"] * gone + ["ready"] + ["waiting"] * len(states))[: len(late["made"])]
    expect(states == wanted, f"in the order of the queue {wanted}", states)
    held = items[gone].get("copy_id") if gone < len(items) else late["copy"]
    expect(held == late["copy"], f"the copy {late['copy']} held for the next in line", f"copy_id: {held}")


def test_queue_goes_on(api, memory):
    """The first in the queue gets the copy that returns after a restart."""
    kept = memory["kept"]
    api.post(f"/loans/{kept['loans'][0]}/return").status_is(200)
    look(api, kept["made"][0]).field_is("status", "ready").field_is("copy_id", kept["copy"])
