"""The box office on a quiet day, and at the moment when the sale opens."""

from suite import expect, sample


def opened(api, draw, seats, price_cents=1000):
    """The id of a new show with so many seats."""
    show = {"title": draw.words(), "seats": seats, "price_cents": price_cents}
    return api.post("/shows", json=show).status_is(201).field("id", int)


def booked(api, show, email, seat=None):
    """The id of a booking that must go well."""
    wish = {"email": email} if seat is None else {"email": email, "seat": seat}
    return api.post(f"/shows/{show}/bookings", json=wish).status_is(201).field("id", int)


def taken(api, show):
    return api.get(f"/shows/{show}").status_is(200).field("taken", list)


def one_won(answers, status, seat):
    """One answer has this status, the others say 409."""
    for answer in answers:
        answer.status_is(status, 409)
    won = [answer for answer in answers if answer.status == status]
    expect(len(won) == 1, f"seat {seat} for one of {len(answers)} requests", f"seat {seat} for {len(won)} of them")
    won[0].field_is("seat", seat)


@sample
def test_plan(api, draw):
    """A seat is booked, and the show's plan lists it."""
    show, email = opened(api, draw, seats=20), draw.email()
    seat = draw.number(1, 20)
    made = api.post(f"/shows/{show}/bookings", json={"email": email, "seat": seat}).status_is(201)
    made.field_is("seat", seat).field_is("email", email).field_is("state", "booked")
    api.get(f"/bookings/{made.field('id', int)}").status_is(200).field_is("seat", seat).field_is("show_id", show)
    expect(taken(api, show) == [seat], f"taken: [{seat}]", taken(api, show))


@sample
def test_taken(api, draw):
    """A seat that is taken is refused, the next one is not."""
    show = opened(api, draw, seats=20)
    seat = draw.number(1, 19)
    booked(api, show, draw.email(), seat)
    api.post(f"/shows/{show}/bookings", json={"email": draw.email(), "seat": seat}).status_is(409)
    booked(api, show, draw.email(), seat + 1)
    expect(taken(api, show) == [seat, seat + 1], "two seats taken", taken(api, show))


@sample
def test_same_moment(api, draw, rounds):
    """Of eight people who want a seat at the same moment, one gets it."""
    show, emails = opened(api, draw, seats=5), [draw.email() for _ in range(8)]

    def book(number, person, client):
        return client.post(f"/shows/{show}/bookings", json={"email": emails[person], "seat": number + 1})

    for seat, answers in enumerate(rounds(5, 8, book), 1):
        one_won(answers, 201, seat)


def test_seat_after_seat(api, draw, rounds):
    """Seat after seat of a house, one booking of eight goes through."""
    show, emails = opened(api, draw, seats=10), [draw.email() for _ in range(8)]

    def book(number, person, client):
        return client.post(f"/shows/{show}/bookings", json={"email": emails[person], "seat": number + 1})

    for seat, answers in enumerate(rounds(10, 8, book), 1):
        one_won(answers, 201, seat)
    expect(taken(api, show) == list(range(1, 11)), "seats 1 to 10, each once", taken(api, show))


def test_moves(api, draw, rounds):
    """Of eight bookings that move to a seat at the same moment, one gets there."""
    show = opened(api, draw, seats=20)
    bookings = [booked(api, show, draw.email(), seat) for seat in range(1, 9)]

    def move(number, person, client):
        return client.patch(f"/bookings/{bookings[person]}", json={"seat": 9 + number})

    for seat, answers in enumerate(rounds(6, 8, move), 9):
        one_won(answers, 200, seat)
    expect(len(set(taken(api, show))) == 8, "eight different seats taken", taken(api, show))


def test_moves_and_bookings(api, draw, rounds):
    """A move and a booking for the same seat do not both go through."""
    show, emails = opened(api, draw, seats=16), [draw.email() for _ in range(4)]
    bookings = [booked(api, show, draw.email(), seat) for seat in range(1, 5)]

    def want(number, person, client):
        if person % 2:
            return client.patch(f"/bookings/{bookings[person // 2]}", json={"seat": 5 + number})
        return client.post(f"/shows/{show}/bookings", json={"email": emails[person // 2], "seat": 5 + number})

    for seat, answers in enumerate(rounds(6, 8, want), 5):
        won = [answer.status_is(200, 201, 409).status for answer in answers if answer.status != 409]
        expect(len(won) == 1, f"seat {seat} for one of 8 requests", f"seat {seat} for {len(won)} of them")


def test_different_seats(api, draw, rounds):
    """At the same moment everybody gets a seat of their own."""
    show, emails = opened(api, draw, seats=32), [draw.email() for _ in range(8)]

    def book(number, person, client):
        return client.post(f"/shows/{show}/bookings", json={"email": emails[person], "seat": 8 * number + person + 1})

    for answers in rounds(4, 8, book):
        for answer in answers:
            answer.status_is(201)
    expect(taken(api, show) == list(range(1, 33)), "seats 1 to 32, each once", taken(api, show))


def test_any_seat(api, draw, rounds):
    """As many people as free seats come without a wish, and all get one."""
    shows, emails = [opened(api, draw, seats=8) for _ in range(4)], [draw.email() for _ in range(8)]

    def book(number, person, client):
        return client.post(f"/shows/{shows[number]}/bookings", json={"email": emails[person]})

    for answers in rounds(4, 8, book):
        seats = sorted(answer.status_is(201).field("seat", int) for answer in answers)
        expect(seats == list(range(1, 9)), "the seats 1 to 8, each once", f"the seats {seats}")


def test_sold_out(api, draw, rounds):
    """When more people come than there are seats, as many get in as fit."""
    shows, emails = [opened(api, draw, seats=5) for _ in range(4)], [draw.email() for _ in range(8)]

    def book(number, person, client):
        return client.post(f"/shows/{shows[number]}/bookings", json={"email": emails[person]})

    for answers in rounds(4, 8, book):
        seats = sorted(a.field("seat", int) for a in answers if a.status_is(201, 409).status == 201)
        expect(seats == list(range(1, 6)), "the seats 1 to 5, each once", f"the seats {seats}")


def test_cancelled(api, draw, rounds):
    """A cancelled seat is sold once more, and not twice."""
    show, emails = opened(api, draw, seats=6), [draw.email() for _ in range(8)]
    bookings = [booked(api, show, draw.email(), seat) for seat in range(1, 7)]
    for booking in bookings:
        api.post(f"/bookings/{booking}/cancel").status_is(200).field_is("state", "cancelled")

    def book(number, person, client):
        return client.post(f"/shows/{show}/bookings", json={"email": emails[person], "seat": number + 1})

    for seat, answers in enumerate(rounds(6, 8, book), 1):
        one_won(answers, 201, seat)
    api.get(f"/bookings/{bookings[0]}").status_is(200).field_is("state", "cancelled")


def test_plan_is_sound(api, draw, rounds):
    """Whatever comes at the same moment, no plan lists a seat twice."""
    shows, emails = [opened(api, draw, seats=20) for _ in range(3)], [draw.email() for _ in range(8)]
    bookings = [[booked(api, show, draw.email(), seat) for seat in (1, 2, 3, 4)] for show in shows]

    def want(number, person, client):
        if person < 4:
            return client.patch(f"/bookings/{bookings[number][person]}", json={"seat": 5})
        return client.post(f"/shows/{shows[number]}/bookings", json={"email": emails[person]})

    rounds(3, 8, want)
    for show in shows:
        seats = taken(api, show)
        expect(len(seats) >= 4 and len(set(seats)) == len(seats), "every taken seat once", f"the seats {seats}")


def test_price(api, draw):
    """The price rises with a full house and falls for regulars."""
    price_cents, regular = 100 * draw.number(10, 40), draw.email()
    shows = [opened(api, draw, seats=4, price_cents=price_cents) for _ in range(4)]
    for show, wanted in zip(shows, (100, 100, 100, 90), strict=True):
        made = api.post(f"/shows/{show}/bookings", json={"email": regular}).status_is(201)
        made.field_is("price_cents", price_cents * wanted // 100)
    for seat, wanted in ((2, 100), (3, 125)):
        made = api.post(f"/shows/{shows[0]}/bookings", json={"email": draw.email(), "seat": seat}).status_is(201)
        made.field_is("price_cents", price_cents * wanted // 100)


def test_refusals(api, draw, memory):
    """A refused move or booking changes nothing."""
    show, email = opened(api, draw, seats=4), draw.email()
    mine, gone = booked(api, show, email, 1), booked(api, show, draw.email(), 2)
    booked(api, show, draw.email(), 3)
    api.patch(f"/bookings/{mine}", json={"seat": 3}).status_is(409)
    api.patch(f"/bookings/{mine}", json={"seat": 5}).status_is(404)
    api.post(f"/shows/{show}/bookings", json={"email": email, "seat": 5}).status_is(404)
    api.post(f"/bookings/{gone}/cancel").status_is(200)
    api.patch(f"/bookings/{gone}", json={"seat": 4}).status_is(409)
    expect(taken(api, show) == [1, 3], "seats 1 and 3 taken", taken(api, show))
    memory["show"], memory["mine"] = show, mine
