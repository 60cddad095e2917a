"""The store's day: orders and deliveries that go well, and many that are refused."""

from suite import expect, sample

MANY = 44


def part(api, draw, stock):
    """The sku of a new part."""
    sku = draw.word()
    api.post("/parts", json={"sku": sku, "name": draw.words(2), "stock": stock}).status_is(201).field_is("stock", stock)
    return sku


def order(api, customer, **quantities):
    """Order so many of each: `order(api, email, **{sku: 2})`."""
    lines = [{"sku": sku, "quantity": quantity} for sku, quantity in quantities.items()]
    return api.post("/orders", json={"customer": customer, "lines": lines})


def works(api, draw):
    """An order, from the part to the stock that is left."""
    sku = part(api, draw, stock=5)
    order(api, draw.email(), **{sku: 2}).status_is(201)
    api.get(f"/parts/{sku}").status_is(200).field_is("stock", 3)


@sample
def test_order(api, draw):
    """An order takes its parts from stock."""
    first, second, customer = part(api, draw, stock=10), part(api, draw, stock=4), draw.email()
    placed = order(api, customer, **{first: 3, second: 4}).status_is(201).field_is("state", "placed")
    expect(len(placed.field("lines", list)) == 2, "two lines", f"{len(placed.field('lines'))}")
    api.get(f"/orders/{placed.field('id', int)}").status_is(200).field_is("customer", customer)
    api.get(f"/parts/{first}").status_is(200).field_is("stock", 7)
    api.get(f"/parts/{second}").status_is(200).field_is("stock", 0)
    api.get("/orders", params={"customer": customer}).status_is(200).field_is("orders", [placed.field("id")])


@sample
def test_short(api, draw):
    """An order of more than there is gets 409, and the stock stays."""
    sku = part(api, draw, stock=3)
    order(api, draw.email(), **{sku: 4}).status_is(409)
    api.get(f"/parts/{sku}").status_is(200).field_is("stock", 3)


@sample
def test_dozen(api, draw):
    """After a dozen refused orders a good one goes through."""
    sku = part(api, draw, stock=2)
    for _ in range(12):
        order(api, draw.email(), **{sku: 3}).status_is(409)
    order(api, draw.email(), **{sku: 2}).status_is(201)


def test_out_of_stock(api, draw):
    """Dozens of orders out of stock are refused, and the store works as before."""
    works(api, draw)
    sku = part(api, draw, stock=1)
    for _ in range(MANY):
        order(api, draw.email(), **{sku: 2}).status_is(409)
    works(api, draw)


def test_unknown_part(api, draw):
    """Dozens of orders of unknown parts are refused, and the store works as before."""
    works(api, draw)
    for _ in range(MANY):
        order(api, draw.email(), **{draw.word(): 1}).status_is(404)
    works(api, draw)


def test_cancellations(api, draw):
    """Dozens of cancellations are refused, and the store works as before."""
    sku = part(api, draw, stock=5)
    placed = order(api, draw.email(), **{sku: 5}).status_is(201).field("id", int)
    api.post(f"/orders/{placed}/cancel").status_is(200).field_is("state", "cancelled")
    for number in range(MANY // 2):
        api.post(f"/orders/{placed}/cancel").status_is(409)
        api.post(f"/orders/{placed + 1_000_000 + number}/cancel").status_is(404)
    api.get(f"/parts/{sku}").status_is(200).field_is("stock", 5)
    works(api, draw)


def test_deliveries(api, draw):
    """Dozens of deliveries of unknown parts are refused, and the store works as before."""
    sku = part(api, draw, stock=0)
    for _ in range(MANY):
        api.post(f"/parts/{draw.word()}/deliveries", json={"quantity": 1}).status_is(404)
    api.post(f"/parts/{sku}/deliveries", json={"quantity": 6}).status_is(200).field_is("stock", 6)
    works(api, draw)


def test_full_shelves(api, draw):
    """Dozens of deliveries to a full shelf are refused, and the store works as before."""
    sku = part(api, draw, stock=10)
    for _ in range(MANY):
        api.post(f"/parts/{sku}/deliveries", json={"quantity": 1_000_000}).status_is(409)
    api.get(f"/parts/{sku}").status_is(200).field_is("stock", 10)
    works(api, draw)


def test_all_or_nothing(api, draw):
    """A refused order leaves nothing behind, whatever comes after it."""
    plenty, short = sorted(part(api, draw, stock=9) for _ in range(2))
    customer, other = draw.email(), draw.email()
    kept = order(api, customer, **{plenty: 1}).status_is(201).field("id", int)
    order(api, customer, **{plenty: 2, short: 10}).status_is(409)
    order(api, other, **{short: 9}).status_is(201)
    api.get(f"/parts/{plenty}").status_is(200).field_is("stock", 8)
    api.get("/orders", params={"customer": customer}).status_is(200).field_is("orders", [kept])


def test_same_moment(api, draw, burst):
    """At the same moment good and refused orders do not disturb each other."""
    for _ in range(3):
        skus, emails = [part(api, draw, stock=3) for _ in range(8)], [draw.email() for _ in range(8)]

        def want(number, client, skus=skus, emails=emails):
            for quantity in (2, 5, 1):
                answer = order(client, emails[number], **{skus[number]: quantity})
                answer.status_is(409 if quantity == 5 else 201)
            return answer

        burst(8, want)
        for sku, customer in zip(skus, emails, strict=True):
            api.get(f"/parts/{sku}").status_is(200).field_is("stock", 0)
            found = api.get("/orders", params={"customer": customer}).status_is(200).field("orders", list)
            expect(len(found) == 2, "two orders of this customer", f"{len(found)}")


def test_last_ones(api, draw, burst, memory):
    """The last parts go to as many orders as there are parts."""
    sku, emails = part(api, draw, stock=5), [draw.email() for _ in range(8)]
    answers = burst(8, lambda number, client: order(client, emails[number], **{sku: 1}))
    placed = [answer.field("id", int) for answer in answers if answer.status_is(201, 409).status == 201]
    expect(len(placed) == 5, "five orders placed", f"{len(placed)}")
    api.get(f"/parts/{sku}").status_is(200).field_is("stock", 0)
    memory["order"], memory["sku"] = placed[0], sku
