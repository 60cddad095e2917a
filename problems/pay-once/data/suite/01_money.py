"""Accounts, deposits and transfers: one after the other, twice, wrong, and many at once."""

import json

from suite import expect, sample

AT_ONCE = 8


def open_account(api, draw, cents=0):
    """The id of a new account that holds so much."""
    number = api.post("/accounts", json={"owner": draw.name()}).status_is(201).field("id", int)
    if cents:
        deposit(api, number, cents)
    return number


def deposit(api, number, cents):
    return api.post(f"/accounts/{number}/deposits", json={"amount_cents": cents}).status_is(201)


def pay(api, key, sender, receiver, cents):
    return api.post("/transfers", json=order(sender, receiver, cents), headers={"Idempotency-Key": key})


def order(sender, receiver, cents):
    return {"from": sender, "to": receiver, "amount_cents": cents}


def balance(api, number):
    return api.get(f"/accounts/{number}").status_is(200).field("balance_cents", int)


def holds(api, number, cents):
    found = balance(api, number)
    expect(found == cents, f"a balance of {cents} cents", f"{found} cents")


def is_refused(answer, status, error):
    answer.status_is(status).field_is("error", error)


def adds_up(api, number):
    """The statement's entries, which sum to its balance."""
    answer = api.get(f"/accounts/{number}/statement").status_is(200)
    entries, total = answer.field("entries", list), answer.field("balance_cents", int)
    found = sum(answer.field(f"entries.{place}.amount_cents", int) for place in range(len(entries)))
    expect(found == total, f"entries that add up to the balance of {total} cents", f"{found} cents")
    return entries


def statuses(answers):
    found = sorted(answer.status for answer in answers)
    return ", ".join(f"{found.count(status)} × {status}" for status in sorted(set(found)))


@sample
def test_account(api, draw, memory):
    """An account is opened, with nothing in it."""
    owner = draw.name()
    answer = api.post("/accounts", json={"owner": owner}).status_is(201)
    answer.field_is("owner", owner).field_is("balance_cents", 0)
    number = answer.field("id", int)
    again = api.get(f"/accounts/{number}").status_is(200)
    again.field_is("id", number).field_is("owner", owner).field_is("balance_cents", 0)
    memory["first"] = number


@sample
def test_deposit(api, draw, memory):
    """A deposit raises the balance."""
    cents = draw.number(50_000, 90_000)
    deposit(api, memory["first"], cents).field_is("balance_cents", cents)
    holds(api, memory["first"], cents)


@sample
def test_transfer(api, draw, memory):
    """A transfer moves money from one account to the other."""
    sender, receiver = memory["first"], open_account(api, draw)
    before, cents, key = balance(api, sender), draw.number(100, 9_000), draw.token()
    answer = pay(api, key, sender, receiver, cents).status_is(201)
    answer.field("id")
    answer.field_is("from", sender).field_is("to", receiver).field_is("amount_cents", cents)
    holds(api, sender, before - cents)
    holds(api, receiver, cents)
    memory["paid"] = {"key": key, "order": [sender, receiver, cents], "answer": answer.json}


@sample
def test_replay(api, memory):
    """The same key and body get the same answer again, and nothing is booked twice."""
    paid = memory["paid"]
    sender, receiver, _ = paid["order"]
    before = [balance(api, sender), balance(api, receiver)]
    answer = pay(api, paid["key"], *paid["order"]).status_is(201)
    expect(answer.json == paid["answer"], f"the first answer, {json.dumps(paid['answer'])}", answer.text)
    holds(api, sender, before[0])
    holds(api, receiver, before[1])


def test_key_missing(api, draw):
    """A transfer without a key is refused."""
    sender, receiver = open_account(api, draw, 500), open_account(api, draw)
    is_refused(api.post("/transfers", json=order(sender, receiver, 200)), 400, "missing_key")
    holds(api, sender, 500)
    pay(api, draw.token(), sender, receiver, 200).status_is(201)


def test_same_body(api, draw):
    """A body in another order and with other spaces is the same body."""
    sender, receiver, key = open_account(api, draw, 700), open_account(api, draw), draw.token()
    first = pay(api, key, sender, receiver, 300).status_is(201)
    body = f'{{\n  "amount_cents":300,\n  "to":{receiver},   "from":{sender}}}\n'
    headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
    again = api.post("/transfers", body=body, headers=headers).status_is(201)
    expect(again.json == first.json, f"the first answer, {json.dumps(first.json)}", again.text)
    holds(api, sender, 400)


def test_other_body(api, draw, memory):
    """A key that comes back with another body is refused."""
    sender, receiver, key = open_account(api, draw, 900), open_account(api, draw), draw.token()
    first = pay(api, key, sender, receiver, 100).status_is(201)
    is_refused(pay(api, key, sender, receiver, 101), 422, "key_reused")
    is_refused(pay(api, key, receiver, sender, 100), 422, "key_reused")
    holds(api, sender, 800)
    again = pay(api, key, sender, receiver, 100).status_is(201)
    expect(again.json == first.json, f"the first answer, {json.dumps(first.json)}", again.text)


def test_other_key(api, draw):
    """The same body with another key is another transfer."""
    sender, receiver, key = open_account(api, draw, 900), open_account(api, draw), draw.token()
    first = pay(api, key, sender, receiver, 250).status_is(201).field("id")
    second = pay(api, f"{key}-2", sender, receiver, 250).status_is(201).field("id")
    expect(first != second, "two transfers with two ids", f"the id {first} twice")
    holds(api, sender, 400)


def test_key_race(api, draw, rounds):
    """Eight requests at once with one key book once and get one answer."""
    sender, receiver = open_account(api, draw, 1_000), open_account(api, draw)
    keys = [draw.token() for _ in range(5)]
    found = rounds(len(keys), AT_ONCE, lambda turn, _, client: pay(client, keys[turn], sender, receiver, 10))
    answers = [answer.status_is(201) for round_ in found for answer in round_]
    ids = {json.dumps(answer.field("id")) for answer in answers}
    expect(len(ids) == len(keys), f"{len(keys)} transfers for {len(keys)} keys", f"{len(ids)} transfers")
    holds(api, sender, 950)
    holds(api, receiver, 50)


def test_no_number(api, draw):
    """An amount that is no whole number moves nothing."""
    sender, receiver = open_account(api, draw, 800), open_account(api, draw)
    for amount in ("100", 1.5, True, None, [100]):
        is_refused(pay(api, draw.token(), sender, receiver, amount), 422, "invalid")
        is_refused(api.post(f"/accounts/{sender}/deposits", json={"amount_cents": amount}), 422, "invalid")
    is_refused(api.post(f"/accounts/{sender}/deposits", json={}), 422, "invalid")
    holds(api, sender, 800)


def test_no_amount(api, draw):
    """Nobody can move a negative amount, or nothing, or more than the most."""
    sender, receiver = open_account(api, draw, 800), open_account(api, draw, 800)
    for amount in (-50, 0, 1_000_000_001):
        is_refused(pay(api, draw.token(), sender, receiver, amount), 422, "invalid")
        is_refused(api.post(f"/accounts/{sender}/deposits", json={"amount_cents": amount}), 422, "invalid")
    holds(api, sender, 800)
    holds(api, receiver, 800)


def test_not_json(api, draw):
    """A body that is no JSON object gets 400, an owner without a name gets 422."""
    sender, receiver = open_account(api, draw, 100), open_account(api, draw)
    headers = {"Idempotency-Key": draw.token(), "Content-Type": "application/json"}
    for body in ('{"owner": "', "[]", '"text"', ""):
        is_refused(api.post("/accounts", body=body, headers=headers), 400, "bad_request")
        is_refused(api.post("/transfers", body=body, headers=headers), 400, "bad_request")
    for owner in ("", 7, None, "x" * 101):
        is_refused(api.post("/accounts", json={"owner": owner}), 422, "invalid")
    pay(api, draw.token(), sender, receiver, 100).status_is(201)


def test_unknown(api, draw):
    """Money goes to another account that exists, or stays where it is."""
    sender, receiver = open_account(api, draw, 600), open_account(api, draw)
    nobody = draw.number(1_900_000_000, 2_000_000_000)
    is_refused(pay(api, draw.token(), sender, nobody, 100), 404, "not_found")
    is_refused(pay(api, draw.token(), nobody, sender, 100), 404, "not_found")
    is_refused(pay(api, draw.token(), sender, sender, 100), 422, "invalid")
    is_refused(api.get(f"/accounts/{nobody}"), 404, "not_found")
    is_refused(api.get(f"/accounts/{nobody}/statement"), 404, "not_found")
    is_refused(api.post(f"/accounts/{nobody}/deposits", json={"amount_cents": 1}), 404, "not_found")
    holds(api, sender, 600)
    pay(api, draw.token(), sender, receiver, 600).status_is(201)


def test_too_little(api, draw):
    """An account can be emptied, but not by one cent more."""
    sender, receiver = open_account(api, draw, 300), open_account(api, draw)
    is_refused(pay(api, draw.token(), sender, receiver, 301), 409, "insufficient_funds")
    holds(api, sender, 300)
    holds(api, receiver, 0)
    pay(api, draw.token(), sender, receiver, 300).status_is(201)
    holds(api, sender, 0)


def test_refusal_stays(api, draw, memory):
    """Too little money is a key's answer for good; a new key may try again."""
    sender, receiver, key = open_account(api, draw, 100), open_account(api, draw), draw.token()
    first = pay(api, key, sender, receiver, 250)
    is_refused(first, 409, "insufficient_funds")
    deposit(api, sender, 400)
    again = pay(api, key, sender, receiver, 250)
    is_refused(again, 409, "insufficient_funds")
    expect(again.json == first.json, f"the first answer, {json.dumps(first.json)}", again.text)
    holds(api, sender, 500)
    pay(api, draw.token(), sender, receiver, 250).status_is(201)
    memory["refused"] = {"key": key, "order": [sender, receiver, 250], "answer": first.json}


def test_key_stays_free(api, draw):
    """A body that was refused leaves its key free."""
    sender, receiver = open_account(api, draw, 400), open_account(api, draw)
    nobody = draw.number(1_900_000_000, 2_000_000_000)
    for wrong, status in ((order(sender, receiver, 0), 422), (order(sender, nobody, 150), 404)):
        key = draw.token()
        api.post("/transfers", json=wrong, headers={"Idempotency-Key": key}).status_is(status)
        pay(api, key, sender, receiver, 150).status_is(201)
    holds(api, sender, 100)


def test_deposits_at_once(api, draw, rounds):
    """Deposits at the same moment all arrive."""
    number = open_account(api, draw)
    rounds(4, AT_ONCE, lambda turn, _, client: deposit(client, number, 100 + turn))
    holds(api, number, AT_ONCE * (100 + 101 + 102 + 103))
    entries = adds_up(api, number)
    expect(len(entries) == 4 * AT_ONCE, f"{4 * AT_ONCE} entries", f"{len(entries)}")


def test_never_overdrawn(api, draw, rounds):
    """Transfers at the same moment never spend more than there is."""
    keys = [[draw.token() for _ in range(AT_ONCE)] for _ in range(4)]
    accounts = [(open_account(api, draw, 100), open_account(api, draw)) for _ in keys]

    def spend(turn, number, client):
        return pay(client, keys[turn][number], *accounts[turn], 30).status_is(201, 409)

    answers = rounds(len(keys), AT_ONCE, spend)
    for found, (sender, receiver) in zip(answers, accounts, strict=True):
        said = statuses(found)
        expect(said == "3 × 201, 5 × 409", "3 × 201, 5 × 409: of 100 cents each wants 30", said)
        holds(api, sender, 10)
        holds(api, receiver, 90)
        adds_up(api, sender)


def test_both_directions(api, draw, rounds):
    """Transfers in both directions at once all go through."""
    one, other = open_account(api, draw, 5_000), open_account(api, draw, 5_000)
    keys = [[draw.token() for _ in range(16)] for _ in range(4)]

    def send(turn, number, client):
        pair = (one, other) if number % 2 else (other, one)
        return pay(client, keys[number][turn], *pair, 10 + turn).status_is(201)

    rounds(16, 4, send)
    holds(api, one, 5_000)
    holds(api, other, 5_000)


def test_statement(api, draw, memory):
    """A statement lists each booking once, oldest first, and adds up."""
    one, other = open_account(api, draw), open_account(api, draw)
    adds_up(api, one)
    deposit(api, one, 1_000)
    there = pay(api, draw.token(), one, other, 350).status_is(201).field("id")
    pay(api, draw.token(), one, other, 9_999).status_is(409)
    back = pay(api, draw.token(), other, one, 20).status_is(201).field("id")
    wanted = {one: [(1_000, None), (-350, there), (20, back)], other: [(350, there), (-20, back)]}
    for number, lines in wanted.items():
        found = [(entry.get("amount_cents"), entry.get("transfer_id", "none")) for entry in adds_up(api, number)]
        expect(found == lines, f"amounts and transfers {json.dumps(lines)}", json.dumps(found))
        holds(api, number, sum(cents for cents, _ in lines))
    memory["statement"] = {"number": one, "entries": adds_up(api, one)}


def test_statement_meanwhile(api, draw, burst):
    """A statement adds up also while money moves."""
    one, other = open_account(api, draw, 9_000), open_account(api, draw, 9_000)
    keys = [[draw.token() for _ in range(40)] for _ in range(AT_ONCE)]

    def work(number, client):
        for key in keys[number]:
            if number % 2:
                adds_up(client, one)
            else:
                pay(client, key, one, other, 7).status_is(201)
        return client.get(f"/accounts/{one}").status_is(200)

    burst(AT_ONCE, work)
    holds(api, one, 9_000 - 7 * 40 * AT_ONCE // 2)
    adds_up(api, other)


def test_large(api, draw):
    """An account can hold three billion cents."""
    rich, other = open_account(api, draw), open_account(api, draw)
    for _ in range(3):
        deposit(api, rich, 1_000_000_000)
    holds(api, rich, 3_000_000_000)
    pay(api, draw.token(), rich, other, 999_999_999).status_is(201)
    holds(api, rich, 2_000_000_001)
    adds_up(api, rich)
