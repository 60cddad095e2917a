"""What worked goes on working; reservations, one request after the other."""

from datetime import datetime, timedelta, timezone

from suite import expect, sample

NOBODY = 987654321


def add_member(api, draw):
    person = {"name": draw.name(), "email": draw.email()}
    return api.post("/members", json=person).status_is(201).field("id", int)


def add_book(api, draw, title=None, author=None):
    book = {"title": title or draw.words(), "author": author or draw.name()}
    return api.post("/books", json=book).status_is(201).field("id", int)


def add_copy(api, draw, book):
    return api.post(f"/books/{book}/copies", json={"barcode": draw.token(12)}).status_is(201).field("id", int)


def lend(api, member, copy, **more):
    return api.post("/loans", json={"member_id": member, "copy_id": copy, **more})


def give_back(api, loan):
    return api.post(f"/loans/{loan}/return").status_is(200)


def lent_out(api, draw):
    """A book whose one copy is on loan: ids of book, copy, borrower and loan."""
    book, borrower = add_book(api, draw), add_member(api, draw)
    copy = add_copy(api, draw, book)
    return book, copy, borrower, lend(api, borrower, copy).status_is(201).field("id", int)


def ask(api, book, member):
    return api.post("/reservations", json={"book_id": book, "member_id": member})


def reserve(api, book, member):
    return ask(api, book, member).status_is(201).field("id", int)


def look(api, reservation):
    return api.get(f"/reservations/{reservation}").status_is(200)


def cancel(api, reservation):
    return api.post(f"/reservations/{reservation}/cancel")


def refused(answer, code, status=409):
    answer.status_is(status).field_is("error.code", code)


def ids(answer):
    return [item.get("id") for item in answer.status_is(200).field("items", list)]


@sample
def test_lending_as_before(api, draw):
    """A copy is lent, returned and free again, as before."""
    book, copy, borrower, loan = lent_out(api, draw)
    api.get(f"/books/{book}").status_is(200).field_is("available", 0).field_is("copies", 1)
    api.get(f"/members/{borrower}").status_is(200).field_is("loans", 1)
    give_back(api, loan).field_is("fine_cents", 0).field("returned_at", str)
    api.get(f"/copies/{copy}").status_is(200).field_is("status", "available")


@sample
def test_reserving(api, draw):
    """A book whose copies are all out can be reserved."""
    book, _, _, _ = lent_out(api, draw)
    member = add_member(api, draw)
    answer = ask(api, book, member).status_is(201)
    answer.field_is("book_id", book).field_is("member_id", member).field_is("status", "waiting")
    answer.field_is("position", 1).field_is("copy_id", None).field_is("held_until", None)
    look(api, answer.field("id", int)).field_is("status", "waiting").field_is("position", 1)


@sample
def test_holding(api, draw):
    """A returned copy is held for the first in the queue, who then borrows it."""
    book, copy, _, loan = lent_out(api, draw)
    member = add_member(api, draw)
    first = reserve(api, book, member)
    second = reserve(api, book, add_member(api, draw))
    give_back(api, loan)
    held = look(api, first).field_is("status", "ready").field_is("copy_id", copy).field_is("position", None)
    held.field("held_until", str)
    look(api, second).field_is("status", "waiting").field_is("position", 1)
    api.get(f"/copies/{copy}").status_is(200).field_is("status", "on_hold")
    lend(api, member, copy).status_is(201).field_is("copy_id", copy)
    look(api, first).field_is("status", "fulfilled")
    api.get(f"/copies/{copy}").status_is(200).field_is("status", "on_loan")


def test_money_and_limits(api, draw):
    """Fines, payments and the limits of loans and renewals are as before."""
    member, days = add_member(api, draw), draw.number(26, 35)
    copies = [add_copy(api, draw, add_book(api, draw)) for _ in range(4)]
    lent_at = datetime.now(timezone.utc) - timedelta(days=21 + days, hours=draw.number(1, 20))
    loan = lend(api, member, copies[0], lent_at=lent_at.isoformat()).status_is(201).field("id", int)
    refused(api.post(f"/loans/{loan}/renew"), "overdue")
    give_back(api, loan).field_is("fine_cents", 20 * days)
    refused(lend(api, member, copies[0]), "fines_due")
    refused(api.post(f"/members/{member}/payments", json={"amount_cents": 20 * days + 1}), "overpaid")
    rest = draw.number(1, 499)
    paid = api.post(f"/members/{member}/payments", json={"amount_cents": 20 * days - rest})
    paid.status_is(200).field_is("fines_cents", rest)
    loans = [lend(api, member, copy).status_is(201).field("id", int) for copy in copies[:3]]
    refused(lend(api, member, copies[3]), "loan_limit")
    refused(lend(api, add_member(api, draw), copies[0]), "copy_on_loan")
    for renewals in (1, 2):
        api.post(f"/loans/{loans[0]}/renew").status_is(200).field_is("renewals", renewals)
    refused(api.post(f"/loans/{loans[0]}/renew"), "renewal_limit")
    give_back(api, loans[0])
    refused(api.post(f"/loans/{loans[0]}/return"), "already_returned")
    expect(len(ids(api.get(f"/members/{member}/loans"))) == 4, "all four loans in the member's list")


def test_books(api, draw):
    """Books are still found by title and author, page by page."""
    author, word = f"{draw.name()} {draw.token(6)}", draw.token(8)
    made = [add_book(api, draw, f"{draw.words()} {word}", author) for _ in range(5)]
    found = ids(api.get("/books", params={"q": word.upper()}))
    expect(found == made, f"all five books by their title: {made}", found)
    first = api.get("/books", params={"q": author, "limit": 3})
    expect(ids(first) == made[:3], f"the first three books of this author: {made[:3]}", ids(first))
    rest = api.get("/books", params={"q": author, "limit": 2, "after": first.field("next_after", int)})
    expect(ids(rest) == made[3:], f"the last two books of this author: {made[3:]}", ids(rest))
    rest.field_is("next_after", None)


def test_held_for_one(api, draw):
    """A held copy is refused to all others and does not count as available."""
    book, copy, borrower, loan = lent_out(api, draw)
    first, second = add_member(api, draw), add_member(api, draw)
    reserve(api, book, first)
    reserve(api, book, second)
    give_back(api, loan)
    api.get(f"/books/{book}").status_is(200).field_is("available", 0).field_is("copies", 1)
    for other in (borrower, second, add_member(api, draw)):
        refused(lend(api, other, copy), "copy_on_hold")
    ask(api, book, borrower).status_is(201).field_is("position", 2)
    lend(api, first, copy).status_is(201)


def test_nothing_to_wait_for(api, draw):
    """A book is not reserved while a copy is free, nor by who has one."""
    book, _, borrower, _ = lent_out(api, draw)
    refused(ask(api, book, borrower), "already_borrowed")
    second, member = add_copy(api, draw, book), add_member(api, draw)
    refused(ask(api, book, member), "copies_available")
    lend(api, add_member(api, draw), second).status_is(201)
    ask(api, book, member).status_is(201).field_is("position", 1)


def test_no_double_reservation(api, draw):
    """Nobody reserves a book twice, neither while waiting nor while one is held."""
    book, copy, _, loan = lent_out(api, draw)
    member = add_member(api, draw)
    mine = reserve(api, book, member)
    refused(ask(api, book, member), "already_reserved")
    give_back(api, loan)
    look(api, mine).field_is("status", "ready")
    refused(ask(api, book, member), "already_reserved")
    again = lend(api, member, copy).status_is(201).field("id", int)
    give_back(api, again)
    lend(api, add_member(api, draw), copy).status_is(201)
    ask(api, book, member).status_is(201)


def test_limit(api, draw, settings):
    """A member has at most MAX_RESERVATIONS, and only active ones count."""
    most, member = int(settings["MAX_RESERVATIONS"]), add_member(api, draw)
    books = [lent_out(api, draw) for _ in range(most)]
    mine = [reserve(api, book[0], member) for book in books]
    extra = add_book(api, draw)
    refused(ask(api, extra, member), "reservation_limit")
    cancel(api, mine[1]).status_is(200)
    another = reserve(api, extra, member)
    refused(ask(api, add_book(api, draw), member), "reservation_limit")
    give_back(api, books[0][3])
    look(api, mine[0]).field_is("status", "ready")
    refused(ask(api, add_book(api, draw), member), "reservation_limit")
    lend(api, member, books[0][1]).status_is(201)
    reserve(api, add_book(api, draw), member)
    look(api, another).field_is("status", "waiting")


def test_order(api, draw):
    """The queue is first come, first served, and closes up."""
    book, copy, _, loan = lent_out(api, draw)
    members = [add_member(api, draw) for _ in range(4)]
    queue = [reserve(api, book, member) for member in members]
    look(api, queue[3]).field_is("position", 4)
    cancel(api, queue[1]).status_is(200).field_is("status", "cancelled").field_is("position", None)
    look(api, queue[3]).field_is("position", 3)
    for turn in (0, 2):
        give_back(api, loan)
        look(api, queue[turn]).field_is("status", "ready").field_is("copy_id", copy)
        loan = lend(api, members[turn], copy).status_is(201).field("id", int)
    look(api, queue[3]).field_is("status", "waiting").field_is("position", 1)


def test_cancelled_hold(api, draw):
    """A cancelled hold passes its copy on; with nobody in line the copy is free."""
    book, copy, _, loan = lent_out(api, draw)
    first, second = (reserve(api, book, add_member(api, draw)) for _ in range(2))
    give_back(api, loan)
    cancel(api, first).status_is(200).field_is("status", "cancelled").field_is("copy_id", None)
    look(api, second).field_is("status", "ready").field_is("copy_id", copy).field("held_until", str)
    cancel(api, second).status_is(200).field_is("status", "cancelled")
    api.get(f"/copies/{copy}").status_is(200).field_is("status", "available")
    refused(cancel(api, second), "not_active")


def test_new_copy(api, draw):
    """A new copy goes to the first in the queue."""
    book, old, _, _ = lent_out(api, draw)
    first, second = (reserve(api, book, add_member(api, draw)) for _ in range(2))
    new = add_copy(api, draw, book)
    look(api, first).field_is("status", "ready").field_is("copy_id", new)
    look(api, second).field_is("status", "waiting").field_is("position", 1)
    api.get(f"/copies/{new}").status_is(200).field_is("status", "on_hold")
    api.get(f"/copies/{old}").status_is(200).field_is("status", "on_loan")


def test_no_renewal(api, draw):
    """A loan is not renewed while somebody waits for its book."""
    book, _, _, loan = lent_out(api, draw)
    waiting = reserve(api, book, add_member(api, draw))
    refused(api.post(f"/loans/{loan}/renew"), "reserved")
    cancel(api, waiting).status_is(200)
    api.post(f"/loans/{loan}/renew").status_is(200).field_is("renewals", 1)


def test_list(api, draw):
    """The list filters by book, member and status, page by page, by id."""
    books = [lent_out(api, draw)[0] for _ in range(2)]
    ada, others = add_member(api, draw), [add_member(api, draw) for _ in range(3)]
    made = [reserve(api, books[0], ada), reserve(api, books[1], ada)]
    made += [reserve(api, books[0], other) for other in others]
    cancel(api, made[0]).status_is(200)
    of_member = ids(api.get("/reservations", params={"member_id": ada}))
    expect(of_member == made[:2], f"both reservations of the member: {made[:2]}", of_member)
    both = ids(api.get("/reservations", params={"book_id": books[0], "member_id": ada, "status": "cancelled"}))
    expect(both == made[:1], f"the one that fits all three filters: {made[:1]}", both)
    first = api.get("/reservations", params={"book_id": books[0], "limit": 2})
    expect(ids(first) == [made[0], made[2]], f"the first two of the book: {[made[0], made[2]]}", ids(first))
    first.field_is("items.0.status", "cancelled").field_is("items.1.position", 1)
    rest = api.get("/reservations", params={"book_id": books[0], "limit": 2, "after": first.field("next_after", int)})
    expect(ids(rest) == made[3:], f"the last two of the book: {made[3:]}", ids(rest))
    rest.field_is("next_after", None)


def test_wrong_requests(api, draw):
    """Wrong requests are refused with the codes of this service."""
    book, member = add_book(api, draw), add_member(api, draw)
    mine = reserve(api, book, member)
    for params in ({"status": "lost"}, {"limit": 0}, {"limit": 101}, {"after": "x"}, {"book_id": draw.word()}):
        refused(api.get("/reservations", params=params), "invalid", 400)
    refused(api.post("/reservations", json={"book_id": book}), "invalid", 400)
    refused(api.post("/reservations", json={"book_id": draw.word(), "member_id": member}), "invalid", 400)
    refused(ask(api, NOBODY, member), "not_found", 404)
    refused(ask(api, book, NOBODY), "not_found", 404)
    refused(api.get(f"/reservations/{NOBODY}"), "not_found", 404)
    refused(cancel(api, NOBODY), "not_found", 404)
    cancel(api, mine).status_is(200)
