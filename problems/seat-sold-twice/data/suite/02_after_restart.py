"""The next evening: the service was started anew."""

from suite import expect


def test_after_restart(api, draw, burst, memory):
    """After a restart the bookings are there, and a seat is still sold once."""
    api.get(f"/bookings/{memory['mine']}").status_is(200).field_is("seat", 1).field_is("state", "booked")
    plan = api.get(f"/shows/{memory['show']}").status_is(200)
    expect(plan.field("taken", list) == [1, 3], "seats 1 and 3 taken", plan.field("taken"))
    for _ in range(6):
        show = {"title": draw.words(), "seats": 1, "price_cents": 1000}
        path = f"/shows/{api.post('/shows', json=show).status_is(201).field('id', int)}/bookings"
        emails = [draw.email() for _ in range(6)]
        answers = burst(6, lambda n, client: client.post(path, json={"email": emails[n]}))
        won = [answer.status_is(201, 409).status for answer in answers if answer.status != 409]
        expect(len(won) == 1, "the only seat for one of 6 requests", f"the only seat for {len(won)} of them")
