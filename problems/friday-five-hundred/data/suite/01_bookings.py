"""Moments with and without an offset, through every route that takes one."""

from datetime import datetime, timedelta, timezone

from suite import expect, sample

HOUR = timedelta(hours=1)


def written(moment, offset=None):
    """A moment of UTC as a clock shows it that is `offset` minutes ahead; without an offset, as UTC."""
    if offset is None:
        return moment.strftime("%Y-%m-%dT%H:%M:%S")
    sign, ahead = "-" if offset < 0 else "+", abs(offset)
    there = moment + timedelta(minutes=offset)
    return there.strftime("%Y-%m-%dT%H:%M:%S") + f"{sign}{ahead // 60:02d}:{ahead % 60:02d}"


def shown(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def some_noon(draw):
    return datetime(2041, 1, 1, 12) + timedelta(days=draw.number(0, 3000))


def new_court(api, draw):
    return api.post("/courts", json={"name": f"Court {draw.word()}"}).status_is(201).field("id", int)


def book(api, draw, court, starts_at, ends_at):
    wish = {"court_id": court, "member": draw.name(), "starts_at": starts_at, "ends_at": ends_at}
    return api.post("/bookings", json=wish)


def has_times(answer, starts_at, ends_at):
    answer.field_is("starts_at", shown(starts_at)).field_is("ends_at", shown(ends_at))


@sample
def test_booked_in_utc(api, draw, memory):
    """A court is booked with times in UTC."""
    noon, court = some_noon(draw), new_court(api, draw)
    answer = book(api, draw, court, written(noon), written(noon + HOUR)).status_is(201)
    answer.field("id", int)
    has_times(answer.field_is("court_id", court), noon, noon + HOUR)
    memory["kept"] = [court, answer.field("id"), shown(noon), shown(noon + HOUR)]


@sample
def test_taken(api, draw):
    """A court that is taken is not given again."""
    noon, court = some_noon(draw), new_court(api, draw)
    book(api, draw, court, written(noon), written(noon + HOUR)).status_is(201)
    book(api, draw, court, written(noon + HOUR / 2), written(noon + 2 * HOUR)).status_is(409).field("error", str)


@sample
def test_app_books(api, draw):
    """The app books with an offset."""
    noon, court = some_noon(draw), new_court(api, draw)
    book(api, draw, court, written(noon, 60), written(noon + HOUR, 60)).status_is(201).field("id", int)


def test_same_moment(api, draw, memory):
    """A time with an offset is kept as the same moment in UTC."""
    noon, court = some_noon(draw), new_court(api, draw)
    ahead = 60 * draw.number(1, 11)
    answer = book(api, draw, court, written(noon, ahead), written(noon + HOUR, ahead)).status_is(201)
    has_times(answer, noon, noon + HOUR)
    memory["kept ahead"] = [court, answer.field("id", int), shown(noon), shown(noon + HOUR)]


def test_zulu(api, draw):
    """A Z at the end means UTC."""
    noon, court = some_noon(draw), new_court(api, draw)
    answer = book(api, draw, court, written(noon) + "Z", written(noon + HOUR) + "Z").status_is(201)
    has_times(answer, noon, noon + HOUR)
    book(api, draw, court, written(noon), written(noon + HOUR)).status_is(409)


def test_west(api, draw, memory):
    """An offset west of Greenwich is counted the other way, half hours too."""
    noon, court = some_noon(draw), new_court(api, draw)
    behind = -60 * draw.number(2, 9) - 30
    answer = book(api, draw, court, written(noon, behind), written(noon + HOUR, behind)).status_is(201)
    has_times(answer, noon, noon + HOUR)
    memory["kept behind"] = [court, answer.field("id", int), shown(noon), shown(noon + HOUR)]


def test_two_zones(api, draw):
    """The app and the website do not get the same hour, but may get the next."""
    noon, court = some_noon(draw), new_court(api, draw)
    ahead = 60 * draw.number(4, 9)
    book(api, draw, court, written(noon), written(noon + HOUR)).status_is(201)
    book(api, draw, court, written(noon, ahead), written(noon + HOUR, ahead)).status_is(409)
    book(api, draw, court, written(noon + HOUR, ahead), written(noon + 2 * HOUR, ahead)).status_is(201)


def test_mixed(api, draw):
    """A beginning with an offset goes with an end without one."""
    noon, court = some_noon(draw), new_court(api, draw)
    answer = book(api, draw, court, written(noon, 120), written(noon + HOUR)).status_is(201)
    has_times(answer, noon, noon + HOUR)
    later = noon + 2 * HOUR
    has_times(book(api, draw, court, written(later), written(later + HOUR, -180)).status_is(201), later, later + HOUR)
    book(api, draw, court, written(noon + 5 * HOUR), written(noon + 5 * HOUR, 60)).status_is(422).field("error", str)


def test_past(api, draw):
    """What is past is decided by the moment, not by the clock on the wall."""
    court, now = new_court(api, draw), datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0)
    soon, past = now + HOUR, now - HOUR
    answer = book(api, draw, court, written(soon, -240), written(soon + HOUR, -240)).status_is(201)
    has_times(answer, soon, soon + HOUR)
    book(api, draw, court, written(past, 240), written(past + HOUR, 240)).status_is(422).field("error", str)
    book(api, draw, court, written(past), written(past + HOUR)).status_is(422).field("error", str)


def test_moved(api, draw):
    """A booking is moved to a time with an offset."""
    noon, court = some_noon(draw), new_court(api, draw)
    booking = book(api, draw, court, written(noon), written(noon + HOUR)).status_is(201).field("id", int)
    later = noon + 3 * HOUR
    wish = {"starts_at": written(later, 330), "ends_at": written(later + HOUR, 330)}
    answer = api.patch(f"/bookings/{booking}", json=wish).status_is(200).field_is("id", booking)
    has_times(answer, later, later + HOUR)
    book(api, draw, court, written(noon), written(noon + HOUR)).status_is(201)


def test_listed(api, draw):
    """A list takes an end with an offset, with a beginning or without."""
    noon, court = some_noon(draw), new_court(api, draw)
    first = book(api, draw, court, written(noon), written(noon + HOUR)).status_is(201).field("id", int)
    book(api, draw, court, written(noon + 4 * HOUR), written(noon + 5 * HOUR)).status_is(201)
    until = written(noon + 2 * HOUR, 300)
    for window in ({"to": until}, {"from": written(noon - HOUR), "to": until}, {"from": written(noon, -60), "to": until}):
        found = api.get(f"/courts/{court}/bookings", params=window).status_is(200).list()
        ids = [one.get("id") if isinstance(one, dict) else one for one in found]
        expect(ids == [first], f"the booking {first} alone", ids)


def test_cancelled(api, draw):
    """A booking can be cancelled, and its hour is free again."""
    noon, court = some_noon(draw), new_court(api, draw)
    booking = book(api, draw, court, written(noon), written(noon + HOUR)).status_is(201).field("id", int)
    api.delete(f"/bookings/{booking}").status_is(204)
    api.delete(f"/bookings/{booking}").status_is(404)
    book(api, draw, court, written(noon), written(noon + HOUR)).status_is(201)


def test_nonsense(api, draw):
    """What is no time, or no slot, is refused with 422."""
    noon, court = some_noon(draw), new_court(api, draw)
    end = written(noon + HOUR)
    for wrong in (draw.word(), "2041-02-30T12:00:00", "", None, 5, end):
        book(api, draw, court, wrong, end).status_is(422).field("error", str)
    book(api, draw, court, written(noon), written(noon + 4 * HOUR)).status_is(422).field("error", str)
    book(api, draw, court, written(noon), end).status_is(201)
