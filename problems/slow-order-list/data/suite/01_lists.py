"""Small shops of the suite's own, then the large ones that the service seeds: north and south."""

from suite import expect, quick, sample

MOST_S = 1


def place(api, draw, shop):
    return api.post(f"/shops/{shop}/orders", json={"customer": draw.name()}).status_is(201).field("ref", str)


def tell(api, ref, state):
    told = {"ref": ref, "state": state, "carrier": "swift"}
    return api.post("/events", json=told).status_is(201).field_is("ref", ref).field_is("state", state)


def within(ask):
    """An answer within a second. The load of the machine may cost one or two of them more."""
    return quick(MOST_S, lambda: ask().status_is(200))


def listed(api, shop, **params):
    """A page of orders, asked for in time; each has what an order must have."""
    orders = within(lambda: api.get(f"/shops/{shop}/orders", params=params)).field("orders", list)
    for order in orders:
        missing = [f for f in ("ref", "customer", "placed_at", "state", "since") if f not in order]
        expect(not missing, "orders with ref, customer, placed_at, state and since", f"one without {missing}")
    wanted = params.get("state")
    others = [order["state"] for order in orders if wanted and order["state"] != wanted]
    expect(not others, f"orders in the state {wanted}", f"one in the state {others and others[0]}")
    return orders


def summary_of_north(api):
    return within(lambda: api.get("/shops/north/summary"))


def refs(orders):
    return [order["ref"] for order in orders]


@sample
def test_placed(api, draw):
    """An order is placed, and its events change its state."""
    shop = draw.word()
    ref = place(api, draw, shop)
    api.get(f"/orders/{ref}").status_is(200).field_is("state", "placed")
    tell(api, ref, "paid")
    api.get(f"/orders/{ref}").status_is(200).field_is("state", "paid").field_is("events.1.state", "paid")
    found = refs(listed(api, shop, state="paid"))
    expect(found == [ref], f"{ref} alone", found)


@sample
def test_held(api):
    """The held orders of a large shop are listed within a second."""
    found = listed(api, "north", state="held")
    expect(len(found) == 20, "20 orders", f"{len(found)} orders")


def test_small_letters(api, draw):
    """A carrier's event counts, however its letters are written."""
    shop = draw.word()
    ref, other = place(api, draw, shop), place(api, draw, shop)
    tell(api, ref, "shipped")
    tell(api, ref.lower(), "held")
    held = refs(listed(api, shop, state="held"))
    expect(held == [ref], f"{ref} alone", held)
    tell(api, ref.capitalize(), "delivered")
    found = {order["ref"]: order["state"] for order in listed(api, shop)}
    expect(found == {ref: "delivered", other: "placed"}, f"{ref} delivered, {other} placed", found)
    api.get(f"/shops/{shop}/summary").status_is(200).field_is("delivered", 1).field_is("placed", 1)
    api.get(f"/orders/{ref.lower()}").status_is(200).field_is("ref", ref).field_is("state", "delivered")


def test_kept_as_written(api, draw):
    """An event keeps its reference as the carrier wrote it."""
    ref = place(api, draw, draw.word())
    written = [ref, ref.lower(), ref.capitalize()]
    for one in written[1:]:
        tell(api, one, "moving")
    events = api.get(f"/orders/{ref}").status_is(200).field("events", list)
    found = [event.get("ref") for event in events]
    expect(found == written, f"events of {written}", found)


def test_unknown(api, draw):
    """An event for an order that nobody knows is refused with 404."""
    ref = place(api, draw, draw.word())
    told = {"ref": f"ORD-9{draw.number(10**6, 10**7)}", "state": "held", "carrier": "swift"}
    api.post("/events", json=told).status_is(404).field("error", str)
    tell(api, ref, "held")


def test_large_lists(api):
    """Large shops are listed within a second, whatever the state."""
    for shop in ("north", "south"):
        for state in ("held", "returned", "delivered"):
            expect(listed(api, shop, state=state), f"orders of {shop} in the state {state}", "none")
        expect(len(listed(api, shop)) == 20, "20 orders", "fewer")


def test_complete(api, memory):
    """The list of a state is complete, page after page, the newest first."""
    pages = [listed(api, "south", state="returned", page=number) for number in range(1, 6)]
    found = [order for page in pages for order in page]
    sizes = [len(page) for page in pages]
    expect(sizes == [20, 20, 20, 11, 0], "pages of 20, 20, 20, 11 and 0 orders", f"pages of {sizes}")
    expect(len(set(refs(found))) == 71, "71 different orders", "some of them twice")
    times = [order["placed_at"] for order in found]
    expect(times == sorted(times, reverse=True), "the newest order first", "another order")
    memory["returned"] = refs(found)


def test_summary(api, memory):
    """The summary of a large shop is there within a second, and right."""
    found = within(lambda: api.get("/shops/south/summary")).object()
    wanted = {"delivered": 1545, "held": 17, "returned": 71}
    got = {state: number for state, number in found.items() if number}
    expect(got == wanted, f"{wanted}", f"{got}")
    summary_of_north(api).field("delivered", int)
    memory["summary"] = wanted


def test_at_once(api, draw, memory):
    """A new event is in the list and in the summary at once."""
    before = summary_of_north(api).object().get("held", 0)
    listed(api, "north", state="held")
    ref = place(api, draw, "north")
    tell(api, ref.lower(), "held")
    found = refs(listed(api, "north", state="held"))
    expect(found and found[0] == ref, f"{ref} first", f"{found[:1]}")
    summary_of_north(api).field_is("held", before + 1)
    tell(api, ref, "moving")
    found = refs(listed(api, "north", state="held"))
    expect(found and ref not in found, f"a list without {ref}", "it is still there")
    summary_of_north(api).field_is("held", before)
    memory["moving"] = ref


def test_burst(burst):
    """Lists that are asked for at the same time are all answered."""
    answers = burst(4, lambda n, client: client.get("/shops/north/orders", params={"state": "held", "page": 1 + n % 2}))
    for n, answer in enumerate(answers):
        count = len(answer.status_is(200).field("orders", list))
        expect(count == (20, 13)[n % 2], f"{(20, 13)[n % 2]} orders on page {1 + n % 2}", f"{count}")
