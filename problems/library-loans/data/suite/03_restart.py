"""After the service was killed and started again."""

import time


def look(api, reservation):
    return api.get(f"/reservations/{reservation}").status_is(200)


def test_queue_survives(api, memory):
    """The queue and its order survive a restart."""
    kept = memory["kept"]
    for place, reservation in enumerate(kept["made"], 1):
        look(api, reservation).field_is("status", "waiting").field_is("position", place)
    api.post(f"/loans/{kept['loans'][0]}/return").status_is(200)
    look(api, kept["made"][0]).field_is("status", "ready").field_is("copy_id", kept["copy"])


def test_hold_ends_while_away(api, memory):
    """A hold that began before a restart runs out after it, too."""
    late = memory["late"]
    time.sleep(max(0.0, min(3.0, memory["late_over"] - time.time())))
    look(api, late["made"][0]).field_is("status", "expired")
    look(api, late["made"][1]).field_is("status", "ready").field_is("copy_id", late["copy"])
