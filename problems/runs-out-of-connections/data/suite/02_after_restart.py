"""The next morning: the service was started anew."""

from suite import expect


def part(api, draw, stock):
    sku = draw.word()
    api.post("/parts", json={"sku": sku, "name": draw.words(2), "stock": stock}).status_is(201)
    return sku


def test_not_held_up(api, draw):
    """A part of a refused order can be ordered at once."""
    plenty, short = sorted(part(api, draw, stock=4) for _ in range(2))
    both = [{"sku": plenty, "quantity": 1}, {"sku": short, "quantity": 5}]
    api.post("/orders", json={"customer": draw.email(), "lines": both}).status_is(409)
    api.post("/orders", json={"customer": draw.email(), "lines": both[:1]}).status_is(201)
    api.get(f"/parts/{plenty}").status_is(200).field_is("stock", 3)


def test_after_restart(api, draw, memory):
    """After a restart twenty refused orders do no harm, and an old one can be cancelled."""
    sku = part(api, draw, stock=1)
    for _ in range(20):
        lines = [{"sku": sku, "quantity": 2}]
        api.post("/orders", json={"customer": draw.email(), "lines": lines}).status_is(409)
    api.get(f"/orders/{memory['order']}").status_is(200).field_is("state", "placed")
    api.post(f"/orders/{memory['order']}/cancel").status_is(200).field_is("state", "cancelled")
    stock = api.get(f"/parts/{memory['sku']}").status_is(200).field("stock")
    expect(stock == 1, "one part back in stock", f"{stock}")
