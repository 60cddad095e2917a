from datetime import datetime, timedelta, timezone

import pytest

from library.config import Settings
from library.lending import fine_cents

SETTINGS = Settings(database_url="", fine_cents_per_day=20, max_fine_cents=100)
DUE = datetime(2025, 3, 14, 18, 0, tzinfo=timezone.utc)


def lend(client, member_id, copy_id, days_ago=0):
    lent_at = datetime.now(timezone.utc) - timedelta(days=days_ago)
    return client.post("/loans", json={"member_id": member_id, "copy_id": copy_id, "lent_at": lent_at.isoformat()})


def test_a_lent_copy_is_not_available(client, shelf, member):
    book_id, [copy_id] = shelf()
    assert lend(client, member("ada"), copy_id).status_code == 201
    assert client.get(f"/copies/{copy_id}").json["status"] == "on_loan"
    assert client.get(f"/books/{book_id}").json["available"] == 0


def test_a_lent_copy_is_refused_to_others(client, shelf, member):
    _, [copy_id] = shelf()
    lend(client, member("ada"), copy_id)
    answer = lend(client, member("bo"), copy_id)
    assert (answer.status_code, answer.json["error"]["code"]) == (409, "copy_on_loan")


def test_a_returned_copy_is_available_again(client, shelf, member):
    _, [copy_id] = shelf()
    loan = lend(client, member("ada"), copy_id).json
    assert client.post(f"/loans/{loan['id']}/return").json["returned_at"]
    assert client.get(f"/copies/{copy_id}").json["status"] == "available"


def test_a_loan_is_returned_once(client, shelf, member):
    _, [copy_id] = shelf()
    loan = lend(client, member("ada"), copy_id).json
    client.post(f"/loans/{loan['id']}/return")
    assert client.post(f"/loans/{loan['id']}/return").status_code == 409


def test_who_owes_too_much_cannot_borrow_until_paid(client, shelf, member):
    _, [late, wanted] = shelf(copies=2)
    ada = member("ada")
    loan = lend(client, ada, late, days_ago=21 + 26).json
    assert client.post(f"/loans/{loan['id']}/return").json["fine_cents"] == 26 * 20
    assert lend(client, ada, wanted).json["error"]["code"] == "fines_due"
    assert client.post(f"/members/{ada}/payments", json={"amount_cents": 21}).json["fines_cents"] == 499
    assert lend(client, ada, wanted).status_code == 201


def test_books_come_in_pages(client, shelf):
    made = [shelf(copies=0)[0] for _ in range(5)]
    first = client.get("/books?limit=2").json
    assert [book["id"] for book in first["items"]] == made[:2]
    rest = client.get(f"/books?limit=3&after={first['next_after']}").json
    assert ([book["id"] for book in rest["items"]], rest["next_after"]) == (made[2:], None)


@pytest.mark.parametrize(
    ("late", "cents"),
    [
        (timedelta(days=-3), 0),
        (timedelta(0), 0),
        (timedelta(hours=23), 0),
        (timedelta(days=1), 20),
        (timedelta(days=2, hours=5), 40),
        (timedelta(days=30), 100),
    ],
)
def test_a_fine_counts_full_days_up_to_the_limit(late, cents):
    assert fine_cents(SETTINGS, DUE, DUE + late) == cents
