"""The service was killed and started again."""

import json

from suite import expect


def pay(api, key, sender, receiver, cents):
    body = {"from": sender, "to": receiver, "amount_cents": cents}
    return api.post("/transfers", json=body, headers={"Idempotency-Key": key})


def test_kept(api, draw, memory):
    """A restart changes no balance and no statement, and work goes on."""
    number, entries = memory["statement"]["number"], memory["statement"]["entries"]
    answer = api.get(f"/accounts/{number}/statement").status_is(200)
    total = sum(entry["amount_cents"] for entry in entries)
    answer.field_is("balance_cents", total)
    found = [(entry["amount_cents"], entry["transfer_id"]) for entry in answer.field("entries", list)]
    wanted = [(entry["amount_cents"], entry["transfer_id"]) for entry in entries]
    expect(found == wanted, f"amounts and transfers {json.dumps(wanted)}", json.dumps(found))
    pay(api, draw.token(), number, memory["first"], 70).status_is(201)
    api.get(f"/accounts/{number}").status_is(200).field_is("balance_cents", total - 70)


def test_keys_kept(api, memory):
    """After a restart an old key still gets its old answer, and books nothing."""
    for told, status in ((memory["paid"], 201), (memory["refused"], 409)):
        sender, receiver, cents = told["order"]
        before = api.get(f"/accounts/{sender}").status_is(200).field("balance_cents", int)
        answer = pay(api, told["key"], sender, receiver, cents).status_is(status)
        expect(answer.json == told["answer"], f"the first answer, {json.dumps(told['answer'])}", answer.text)
        pay(api, told["key"], sender, receiver, cents + 1).status_is(422).field_is("error", "key_reused")
        api.get(f"/accounts/{sender}").status_is(200).field_is("balance_cents", before)
