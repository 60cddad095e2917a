"""Holds that run out, and many requests at the same moment."""

import time
from datetime import datetime

from suite import expect, in_time

ROUNDS = 10
RETURNS = 30
"""A return seldom falls just between two looks of a reservation."""


def add_member(api, draw):
    person = {"name": draw.name(), "email": draw.email()}
    return api.post("/members", json=person).status_is(201).field("id", int)


def add_book(api, draw):
    return api.post("/books", json={"title": draw.words(), "author": draw.name()}).status_is(201).field("id", int)


def lend_new_copy(api, draw, book, borrower=None):
    """Ids of the copy and of its loan."""
    copied = api.post(f"/books/{book}/copies", json={"barcode": draw.token(12)}).status_is(201)
    copy = copied.field("id", int)
    loan = lend(api, borrower or add_member(api, draw), copy).status_is(201)
    return copy, loan.field("id", int)


def lend(api, member, copy):
    return api.post("/loans", json={"member_id": member, "copy_id": copy})


def ask(api, book, member):
    return api.post("/reservations", json={"book_id": book, "member_id": member})


def queue_of(api, draw, copies=1, members=2):
    """A book whose copies are on loan, with a queue; what is in it as a dict of ids."""
    book = add_book(api, draw)
    lent = [lend_new_copy(api, draw, book) for _ in range(copies)]
    queue = [add_member(api, draw) for _ in range(members)]
    made = [ask(api, book, member).status_is(201).field("id", int) for member in queue]
    return {"book": book, "copy": lent[0][0], "loans": [loan for _, loan in lent], "members": queue, "made": made}


def give_back(api, loan):
    return api.post(f"/loans/{loan}/return")


def look(api, reservation):
    return api.get(f"/reservations/{reservation}").status_is(200)


def listed(api, book, status):
    answer = api.get("/reservations", params={"book_id": book, "status": status, "limit": 100})
    return answer.status_is(200).field("items", list)


def all_of(api, book):
    return api.get("/reservations", params={"book_id": book, "limit": 100}).status_is(200).field("items", list)


def in_turn(items, holds, expired=0):
    """So many holds, all before them expired, all behind them waiting. How many have expired: on a slow day more."""
    states = [item.get("status") for item in items]
    gone = max(expired, states.count("expired"))
    wanted = ["expired"] * gone + ["ready"] * holds + ["waiting"] * (len(states) - gone - holds)
    expect(states == wanted, f"in the order of the queue {wanted}", states)
    return gone


def moment(text):
    return datetime.fromisoformat(text).timestamp()


def do_all(rounds, deeds):
    """deeds[round][n](client), those of a round at the same moment. The answers of each round."""
    return rounds(len(deeds), len(deeds[0]), lambda turn, n, client: deeds[turn][n](client))


def asking(book, member):
    return lambda client: ask(client, book, member)


def returning(loan):
    return lambda client: give_back(client, loan)


def counts(answers):
    found = [answer.status for answer in answers]
    return {status: found.count(status) for status in sorted(set(found))}


def test_expiry_passes_on(api, draw, memory, settings):
    """A hold lasts HOLD_TTL_S seconds; then the copy goes to the next in line."""
    alone, line, fast = (queue_of(api, draw, members=count) for count in (1, 4, 1))
    ttl = float(settings["HOLD_TTL_S"])
    in_time(ttl, lambda: lasts(api, draw, ttl))
    for one in (alone, line, fast):
        give_back(api, one["loans"][0]).status_is(200)
    memory.update(alone=alone, line=line, fast=fast)
    time.sleep(ttl + 0.6)
    place = in_time(ttl - 1, lambda: borrow_in_turn(api, line), tries=2)
    memory["still_waiting"] = len(line["made"]) - place - 1


def borrow_in_turn(api, line):
    """Who came late is refused; whose turn it is borrows the copy. The place of that in the line."""
    place = in_turn(all_of(api, line["book"]), holds=1, expired=1)
    look(api, line["made"][place]).field_is("copy_id", line["copy"]).field("held_until", str)
    look(api, line["made"][0]).field_is("copy_id", None).field_is("held_until", None)
    late, taken = (lend(api, line["members"][turn], line["copy"]) for turn in (0, place))
    late.status_is(409).field_is("error.code", "copy_on_hold")
    taken.status_is(201)
    look(api, line["made"][place]).field_is("status", "fulfilled")
    return place


def lasts(api, draw, ttl):
    """A hold is ready at once, and for so many seconds; either clock may be read in whole ones."""
    one = queue_of(api, draw, members=1)
    before = time.time()
    give_back(api, one["loans"][0]).status_is(200)
    after = time.time()
    held = look(api, one["made"][0]).field_is("status", "ready")
    left = moment(held.field("held_until", str)) - before
    in_ttl = ttl - 1 <= left <= ttl + 1 + (after - before)
    expect(in_ttl, f"held_until in {ttl:g} seconds", f"in {left:.1f} seconds")


def test_after_expiry(api, draw, memory):
    """With nobody in line the copy is free again, and who came late may queue up anew."""
    lend(api, add_member(api, draw), memory["fast"]["copy"]).status_is(201)
    alone, line = memory["alone"], memory["line"]
    api.get(f"/copies/{alone['copy']}").status_is(200).field_is("status", "available")
    api.get(f"/books/{alone['book']}").status_is(200).field_is("available", 1)
    late = api.post(f"/reservations/{alone['made'][0]}/cancel")
    late.status_is(409).field_is("error.code", "not_active")
    behind = memory["still_waiting"] + 1
    ask(api, line["book"], add_member(api, draw)).status_is(201).field_is("position", behind)
    ask(api, line["book"], line["members"][0]).status_is(201).field_is("position", behind + 1)


def test_equal_reservations(api, rounds, draw):
    """Of many equal reservations at once one is kept."""
    wishes = [(add_book(api, draw), add_member(api, draw)) for _ in range(ROUNDS)]
    answers = do_all(rounds, [[asking(book, member)] * 6 for book, member in wishes])
    for (book, _), round_ in zip(wishes, answers):
        found = counts(round_)
        expect(found == {201: 1, 409: 5}, "201 once, 409 five times", found)
        kept = listed(api, book, "waiting")
        expect(len(kept) == 1, "one reservation", f"{len(kept)} reservations")


def test_limit_in_parallel(api, rounds, draw, settings):
    """The limit of a member holds against parallel reservations."""
    most = int(settings["MAX_RESERVATIONS"])
    books = [add_book(api, draw) for _ in range(6)]
    members = [add_member(api, draw) for _ in range(4)]
    for round_ in do_all(rounds, [[asking(book, member) for book in books] for member in members]):
        found = counts(round_)
        expect(found == {201: most, 409: 6 - most}, f"201 {most} times, 409 {6 - most} times", found)


def test_parallel_queue(api, burst, draw):
    """Members who reserve at once all get a place, and copies go out in that order."""
    book = add_book(api, draw)
    loans = [lend_new_copy(api, draw, book)[1] for _ in range(3)]
    members = [add_member(api, draw) for _ in range(6)]
    for answer in burst(6, lambda n, client: ask(client, book, members[n])):
        answer.status_is(201)
    queue = listed(api, book, "waiting")
    places = [one.get("position") for one in queue]
    expect(places == list(range(1, 7)), "positions 1 to 6, in the order of ids", places)
    for answer in burst(3, lambda n, client: give_back(client, loans[n])):
        answer.status_is(200)
    items = all_of(api, book)
    gone = in_turn(items, holds=3)
    copies = {item.get("copy_id") for item in items[gone : gone + 3]}
    expect(len(copies) == 3, "three different copies held", f"{len(copies)} different")


def test_return_meets_reservations(api, rounds, draw):
    """A copy that returns while members reserve is never left on the shelf."""
    books = [add_book(api, draw) for _ in range(RETURNS)]
    deeds = []
    for book in books:
        _, loan = lend_new_copy(api, draw, book)
        asked = [asking(book, add_member(api, draw)) for _ in range(4)]
        deeds.append([*asked[:2], returning(loan), *asked[2:]])
    for book, answers in zip(books, do_all(rounds, deeds)):
        answers.pop(2).status_is(200)
        accepted = sum(answer.status_is(201, 409).status == 201 for answer in answers)
        free = api.get(f"/books/{book}").status_is(200).field("available", int)
        waiting = len(listed(api, book, "waiting"))
        expect(free == 0 or waiting == 0, "no copy on the shelf while members wait", f"{free} free, {waiting} waiting")
        made = len(all_of(api, book))
        expect(made == accepted, f"{accepted} reservations, as many as were accepted", made)


def test_one_end(api, burst, draw, memory, settings):
    """What many want to do with one copy at once is done once."""
    book = add_book(api, draw)
    copy, loan = lend_new_copy(api, draw, book)
    found = counts(burst(4, lambda _, client: give_back(client, loan)))
    expect(found == {200: 1, 409: 3}, "one of four returns: 200 once, 409 three times", found)
    members = [add_member(api, draw) for _ in range(4)]
    found = counts(burst(4, lambda n, client: lend(client, members[n], copy)))
    expect(found == {201: 1, 409: 3}, "one of four loans: 201 once, 409 three times", found)
    ttl = float(settings["HOLD_TTL_S"])
    for _ in range(2):
        in_time(ttl, lambda: cancel_and_lend(api, burst, draw))
    memory["kept"] = queue_of(api, draw, members=3)
    memory["late"] = queue_of(api, draw, members=6)
    give_back(api, memory["late"]["loans"][0]).status_is(200)
    look(api, memory["late"]["made"][0]).field_is("status", "ready")
    memory["late_over"] = time.time() + ttl + 0.6


def cancel_and_lend(api, burst, draw):
    """A hold that is cancelled and borrowed at the same moment has one end, and the copy is on loan."""
    one = queue_of(api, draw, members=1)
    give_back(api, one["loans"][0]).status_is(200)
    mine, member, held = one["made"][0], one["members"][0], one["copy"]
    deeds = (
        lambda client: client.post(f"/reservations/{mine}/cancel"),
        lambda client: lend(client, member, held),
    )
    cancelled, lent = burst(2, lambda n, client: deeds[n](client))
    lent.status_is(201)
    end = "cancelled" if cancelled.status_is(200, 409).status == 200 else "fulfilled"
    look(api, mine).field_is("status", end).field_is("copy_id", None)
    api.get(f"/copies/{held}").status_is(200).field_is("status", "on_loan")
